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

/** SQL for "comes after the position" in an order by these columns, and its replacements. */
export function afterPosition(columns: readonly string[], direction: '>' | '<', after: readonly unknown[] | null) {
  if (!after) return { sql: 'TRUE', replacements: {} };
  const rest = columns.map((column, i) => {
    const equal = columns.slice(0, i).map((before, j) => `${before} = :after${j} AND `);
    return `(${equal.join('')}${column} ${direction} :after${i})`;
  });
  const replacements = Object.fromEntries(columns.map((_, i) => [`after${i}`, after[i]]));
  return { sql: `(${rest.join(' OR ')})`, replacements };
}

/** A position whose first part is an instant, as the driver takes it. */
export function withInstant(after: PageRequest['after']): readonly unknown[] | null {
  return after && [new Date(after[0] ?? NaN), after[1]];
}
