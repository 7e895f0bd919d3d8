import type { Entry, EntryKind } from './entry';
import { pageOfEntries } from './merge';

const entry = (at: string, kind: EntryKind, id: string): Entry => ({
  ...{ at: new Date(`2026-11-24T${at}:00.000Z`), kind, id, text: 'Seen.', actor: { username: 'a', displayName: 'A' } },
  data: {},
});
const events = [entry('09:00', 'EVENT', '2'), entry('09:00', 'EVENT', '10'), entry('11:00', 'EVENT', '11')];
const steps = [entry('09:00', 'STEP_DONE', 'x/openVacancy/1'), entry('10:00', 'STEP_DONE', 'x/remind/1')];
const money = [entry('09:00', 'MONEY', '7')];
const idsOf = (rows: Entry[]) => rows.map(({ kind, id }) => `${kind} ${id}`);

describe('the entries of a timeline', () => {
  it('stand in the order of time; at one instant by kind, then by number', () => {
    const { rows, next } = pageOfEntries([steps, events, money], { limit: 100, after: null });
    expect(idsOf(rows)).toEqual([
      ...['EVENT 2', 'EVENT 10', 'MONEY 7', 'STEP_DONE x/openVacancy/1', 'STEP_DONE x/remind/1', 'EVENT 11'],
    ]);
    expect(next).toBeNull();
  });

  it('come page by page, none twice and none left out, however many are asked for at once', () => {
    for (const limit of [1, 2, 3, 4]) {
      const seen: string[] = [];
      for (let after: (string | number)[] | null = null; ;) {
        const page = pageOfEntries([money, events, steps], { limit, after });
        seen.push(...idsOf(page.rows));
        after = page.next;
        if (!after) break;
      }
      expect(seen).toEqual(idsOf(pageOfEntries([events, steps, money], { limit: 100, after: null }).rows));
    }
  });

  it('go on after an entry that is gone meanwhile, and show what has come since', () => {
    const tried = entry('10:00', 'STEP_TRIED', '5');
    const first = pageOfEntries([[...events, tried]], { limit: 3, after: null });
    expect(idsOf(first.rows).at(-1)).toBe('STEP_TRIED 5');
    const later = [...events, entry('12:00', 'EVENT', '12')];
    const second = pageOfEntries([later], { limit: 3, after: first.next });
    expect(idsOf(second.rows)).toEqual(['EVENT 11', 'EVENT 12']);
  });
});
