/** SQL for a sum of cents as a whole number: a bare SUM is a DECIMAL that drivers hand out as text. */
export const sumOfCents = (column: string): string => `CAST(COALESCE(SUM(${column}), 0) AS SIGNED)`;
