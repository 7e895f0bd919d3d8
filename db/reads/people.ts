/** A person of the office as others see them. */
export interface Person {
  username: string;
  displayName: string;
}

/** A person out of two columns of a row, or null when nobody is joined. */
export function personOf(username: string | null, displayName: string | null): Person | null {
  return username === null || displayName === null ? null : { username, displayName };
}

/** SQL of a location's address in one line; `alias` is the location table's. */
export const addressOf = (alias: string): string =>
  `CONCAT(CONCAT_WS(', ', ${alias}.line1, NULLIF(${alias}.line2, ''), ${alias}.city), ', ', ${alias}.state, ' ', ${alias}.postal_code)`;
