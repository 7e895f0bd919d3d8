/** One page of a list: at most `limit` rows that come after `after`, the position of the last row seen. */
export interface PageRequest {
  limit: number;
  after: readonly (string | number)[] | null;
}

export interface Page<T> {
  rows: T[];
  /** The position of the page's last row when there are more. */
  next: (string | number)[] | null;
}

/** Cuts a page out of rows that were read with `limit + 1`. */
export function pageOf<T>(rows: T[], limit: number, positionOf: (row: T) => (string | number)[]): Page<T> {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  return { rows: kept, next: rows.length > limit && last ? positionOf(last) : null };
}

/** SQL for "comes after the position" in an order by two columns, and its replacements. */
export function afterPosition(columns: [string, string], direction: '>' | '<', after: readonly unknown[] | null) {
  if (!after) return { sql: 'TRUE', replacements: {} };
  const [first, second] = columns;
  const sql = `(${first} ${direction} :after0 OR (${first} = :after0 AND ${second} ${direction} :after1))`;
  return { sql, replacements: { after0: after[0], after1: after[1] } };
}

/** A position whose first part is an instant, as the driver takes it. */
export function withInstant(after: PageRequest['after']): readonly unknown[] | null {
  return after && [new Date(after[0] ?? NaN), after[1]];
}
