import type { Page, PageRequest } from '../../db/reads/page';
import { ENTRY_KINDS, type Entry, type EntryKind } from './entry';

/** Where a page ends: instant, kind and id of its last entry. */
type Position = [at: string, kind: string, id: string];

const positionOf = ({ at, kind, id }: Entry): Position => [at.toISOString(), kind, id];
const rankOf = (kind: string): number => ENTRY_KINDS.indexOf(kind as EntryKind);

/** By instant, then by kind in their order, then by id, numbers as numbers: no two entries are equal. */
function compare([at, kind, id]: Position, [otherAt, otherKind, otherId]: Position): number {
  if (at !== otherAt) return at < otherAt ? -1 : 1;
  if (kind !== otherKind) return rankOf(kind) - rankOf(otherKind);
  if (id === otherId) return 0;
  const [number, other] = [Number(id), Number(otherId)];
  if (!Number.isNaN(number) && !Number.isNaN(other)) return number - other;
  return id < otherId ? -1 : 1;
}

/** One page of the entries of all sources, in the order of time. A position that is gone meanwhile still divides them. */
export function pageOfEntries(sources: Entry[][], { limit, after }: PageRequest): Page<Entry> {
  const position = after?.map(String) as Position | undefined;
  const left = sources
    .flat()
    .filter((entry) => !position || compare(positionOf(entry), position) > 0)
    .sort((a, b) => compare(positionOf(a), positionOf(b)));
  const rows = left.slice(0, limit);
  const last = rows.at(-1);
  return { rows, next: left.length > limit && last ? positionOf(last) : null };
}
