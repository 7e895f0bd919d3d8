/** The cookie that a console session is carried in. */
export interface SessionCookie {
  /** Its token in a Cookie header, or null. */
  valueIn(header: string | undefined): string | null;
  /** The Set-Cookie header that gives it out, and the one that takes it away. */
  set(token: string): string;
  clear(): string;
}

/** In production a name that browsers take over TLS only, for this host alone; on a desk without TLS they would drop it. */
export function sessionCookie(production: boolean): SessionCookie {
  const name = production ? '__Host-keyturn' : 'keyturn';
  const rules = `Path=/; HttpOnly; SameSite=Strict${production ? '; Secure' : ''}`;
  const found = new RegExp(`(?:^|;\\s*)${name}=([A-Za-z0-9_-]{43})(?:;|$)`);
  return {
    valueIn: (header) => found.exec(header ?? '')?.[1] ?? null,
    set: (token) => `${name}=${token}; ${rules}`,
    clear: () => `${name}=; ${rules}; Max-Age=0`,
  };
}
