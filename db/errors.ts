import type { Refusal } from '../domain/refusal';

/** A business rule said no. The transaction rolls back and the caller gets the code; nothing is retried. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  constructor(
    readonly refusal: Refusal,
    readonly details: Record<string, string> = {},
    /** Each place at fault, where there are several. */
    readonly places: { pointer: string; code: string; detail: string }[] = [],
  ) {
    super(refusal.message);
  }
}

/** Throws the refusal, if there is one. */
export function rejectIf(refusal: Refusal | null): void {
  if (refusal) throw new RefusedError(refusal);
}

/** Throws the first refusal with all of them as its `blockers`, if there are any; details name the records at fault. */
export function rejectAll(refusals: readonly Refusal[], details: Record<string, string> = {}): void {
  const [first] = refusals;
  if (first) throw new RefusedError(first, { ...details, blockers: JSON.stringify(refusals) });
}

/** Throws a refusal with this code unless the condition holds. */
export function ensure(
  condition: unknown,
  code: string,
  message: string,
  details?: Record<string, string>,
): asserts condition {
  if (!condition) throw new RefusedError({ code, message }, details);
}

interface DriverError {
  errno?: number;
  code?: string;
  sqlMessage?: string;
}

/** The driver's own error under Sequelize's wrapping, or null when the error did not come from the database. */
export function driverError(error: unknown): DriverError | null {
  for (let e = error as { parent?: unknown; original?: unknown } & DriverError; e;) {
    if (typeof e.errno === 'number' || (typeof e.code === 'string' && /^(E[A-Z_]+|PROTOCOL_\w+|ER_\w+)$/.test(e.code)))
      return e;
    const inner = e.parent ?? e.original;
    if (!inner || inner === e) return null;
    e = inner as typeof e;
  }
  return null;
}

/** The name of the unique key that a 1062 hit, or null for any other error. */
export function duplicateKeyOf(error: unknown): string | null {
  const found = driverError(error);
  if (found?.errno !== 1062) return null;
  // MySQL writes 'table.key', MariaDB writes 'key'.
  return /for key '(?:[^'.]*\.)?([^']+)'/.exec(found.sqlMessage ?? '')?.[1] ?? 'unknown';
}

const RETRY_WHOLE = new Set([1020, 1205, 1213]);

/** Lost a race for a lock: the whole transaction is run again (design.md decision 3). */
export function isLostRace(error: unknown): boolean {
  const errno = driverError(error)?.errno;
  return errno !== undefined && RETRY_WHOLE.has(errno);
}

const OUTAGE_ERRNO = new Set([1020, 1021, 1040, 1053, 1114, 1205, 1213, 1290, 1836, 1927, 2002, 2003, 2006, 2013]);
const OUTAGE_CODE = /^(ECONN|ENOTFOUND|ETIMEDOUT|EPIPE|EHOSTUNREACH|PROTOCOL_|ER_SERVER_SHUTDOWN)/;
const OUTAGE_NAME = /^Sequelize(Connection|HostNot|AccessDenied|InvalidConnection|ConnectionAcquireTimeout)/;

/** The database cannot be used now; time heals it (design.md decision 7). */
export function isOutage(error: unknown): boolean {
  const name = (error as { name?: string } | null)?.name ?? '';
  if (OUTAGE_NAME.test(name)) return true;
  const found = driverError(error);
  if (!found) return false;
  return (found.errno !== undefined && OUTAGE_ERRNO.has(found.errno)) || OUTAGE_CODE.test(found.code ?? '');
}
