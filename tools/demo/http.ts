import { randomUUID } from 'node:crypto';

/** What a caller of the API gets: the status and the JSON of the body. */
export interface Answer<T = Record<string, never>> {
  status: number;
  body: T & { code?: string; detail?: string; status?: unknown };
}

/** Somebody signed in, who calls the API. */
export interface Caller {
  username: string;
  get<T>(path: string): Promise<Answer<T>>;
  post<T>(path: string, body: object): Promise<Answer<T>>;
}

/** Signs in at the API and returns the caller. */
export async function signIn(apiUrl: string, username: string, password: string): Promise<Caller> {
  const base = `${apiUrl}/api/v1`;
  const call = async <T>(method: string, path: string, token: string | null, body?: object): Promise<Answer<T>> => {
    const response = await fetch(base + path, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body ? { 'content-type': 'application/json', 'idempotency-key': randomUUID() } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : {}) as Answer<T>['body'] };
  };
  const signedIn = await call<{ token: string }>('POST', '/tokens', null, { username, password });
  if (signedIn.status !== 201 && signedIn.status !== 200)
    throw new Error(`${username} cannot sign in: ${signedIn.body.code}`);
  const { token } = signedIn.body;
  return { username, get: (path) => call('GET', path, token), post: (path, body) => call('POST', path, token, body) };
}

/** Tries until the act returns something, for at most a generous while. */
export async function waitFor<T>(what: string, act: () => Promise<T | null | undefined | false>): Promise<T> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const found = await act();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}
