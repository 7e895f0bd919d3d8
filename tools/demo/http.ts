import { randomUUID } from 'node:crypto';

/** What a caller of the API gets: the status, the version of what was asked for, and the JSON of the body. */
export interface Answer<T = Record<string, never>> {
  status: number;
  etag: string | null;
  body: T & { code?: string; detail?: string; status?: unknown; errors?: { pointer: string }[] };
}

/** Somebody signed in, who calls the API. */
export interface Caller {
  username: string;
  get<T>(path: string): Promise<Answer<T>>;
  post<T>(path: string, body: object): Promise<Answer<T>>;
  /** Replaces what has not changed since it was read with this version. */
  put<T>(path: string, body: object, etag: string | null): Promise<Answer<T>>;
}

interface Call {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  token?: string;
  body?: object;
  etag?: string | null;
}

/** Signs in at the API and returns the caller. */
export async function signIn(apiUrl: string, username: string, password: string): Promise<Caller> {
  const base = `${apiUrl}/api/v1`;
  const call = async <T>({ method, path, token, body, etag }: Call): Promise<Answer<T>> => {
    const response = await fetch(base + path, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
        ...(method === 'POST' && { 'idempotency-key': randomUUID() }),
        ...(etag && { 'if-match': etag }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const { status, headers } = response;
    return { status, etag: headers.get('etag'), body: (text ? JSON.parse(text) : {}) as Answer<T>['body'] };
  };
  const signedIn = await call<{ token: string }>({ method: 'POST', path: '/tokens', body: { username, password } });
  if (signedIn.status !== 201 && signedIn.status !== 200)
    throw new Error(`${username} cannot sign in: ${signedIn.body.code}`);
  const { token } = signedIn.body;
  return {
    username,
    get: (path) => call({ method: 'GET', path, token }),
    post: (path, body) => call({ method: 'POST', path, token, body }),
    put: (path, body, etag) => call({ method: 'PUT', path, token, body, etag }),
  };
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
