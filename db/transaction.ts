import type { CivilDate } from '../domain/dates';
import type { Settings } from '../domain/settings';
import { civilDateOf, officeNow } from './clock';
import type { Db } from './create-db';
import { isLostRace } from './errors';
import { keepingJournal } from './keep-journal';
import { appendAudit, type AuditEntry } from './records/audit';
import { appendChanges, type ChangeEntry } from './records/changes';
import { readSettings } from './records/settings';

/** What records/ get: the open transaction (through Sequelize's CLS), the office's clock and policy, and the audit. */
export interface Tx {
  readonly db: Db;
  readonly now: Date;
  readonly today: CivilDate;
  readonly settings: Settings;
  /** Who acts: a user id. */
  readonly actorId: number;
  /** Adds a line to the audit chain, written just before the commit. */
  audit(entry: Omit<AuditEntry, 'actorId'> & { actorId?: number }): void;
  /** Tells other systems of a change, numbered just before the commit. */
  change(entry: ChangeEntry): void;
}

/** The same transaction, in the name of another person: the one whose act a step carries out. */
export function actingAs(tx: Tx, actorId: number): Tx {
  return { ...tx, actorId, audit: (entry) => tx.audit({ actorId, ...entry }) };
}

const TRIES = 8;

/**
 * Runs the act in one transaction and commits, unless a journal entry that it wrote does not balance; a lost race for a
 * lock runs it again from its beginning.
 */
export async function inTransaction<T>(db: Db, actorId: number, act: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.sequelize.transaction(async () => {
        const settings = await readSettings(db);
        const now = officeNow(settings.clock);
        const entries: AuditEntry[] = [];
        const changes: ChangeEntry[] = [];
        const tx: Tx = {
          db,
          now,
          today: civilDateOf(settings.clock, now),
          settings,
          actorId,
          audit: (entry) => entries.push({ actorId, ...entry }),
          change: (entry) => changes.push(entry),
        };
        const result = await keepingJournal(db.sequelize, () => act(tx));
        await appendAudit(tx, entries);
        await appendChanges(tx, changes);
        return result;
      });
    } catch (error) {
      if (!isLostRace(error) || attempt === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10 * attempt + Math.random() * 20 * attempt));
    }
  }
}
