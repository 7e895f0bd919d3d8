import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

/** What a browser got. */
export interface Got {
  status: number;
  headers: IncomingHttpHeaders;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers of every shape
  body: any;
}

/** Opens a request with headers that fetch would not let pass; the answer's body is still to be read. */
export function opened(
  url: string,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: unknown } = {},
): Promise<IncomingMessage> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method,
      agent: false,
      headers: {
        ...(text && { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }),
        ...headers,
      },
    });
    sent.once('response', resolve).once('error', reject).end(text);
  });
}

/** A request as the console's page makes it, answered in full. */
export async function asPage(url: string, given: Parameters<typeof opened>[1] = {}): Promise<Got> {
  const answer = await opened(url, { ...given, headers: { 'sec-fetch-site': 'same-origin', ...given.headers } });
  return read(answer);
}

/** The whole answer. */
export async function read(answer: IncomingMessage): Promise<Got> {
  const got = await text(answer);
  const isJson = /json/.test(answer.headers['content-type'] ?? '');
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: isJson ? JSON.parse(got) : got };
}

/** The cookie that an answer sets, as it is sent back. */
export const cookieOf = ({ headers }: Got): string => headers['set-cookie']?.[0]?.split(';')[0] ?? '';
