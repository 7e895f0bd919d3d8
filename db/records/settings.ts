import { DEFAULT_SETTINGS, type Settings } from '../../domain/settings';
import type { Db } from '../create-db';
import type { Tx } from '../transaction';

/** The policy in force: what the office has set, over the defaults. */
export async function readSettings(db: Db): Promise<Settings> {
  const rows = await db.Setting.findAll({ raw: true });
  const stored = Object.fromEntries(rows.map((row) => [row.name, parsed(row.value)]));
  return { ...DEFAULT_SETTINGS, ...stored };
}

/** Sets one setting, raising its version, with audit. */
export async function putSetting<K extends keyof Settings>(tx: Tx, name: K, value: Settings[K]): Promise<void> {
  const row = await tx.db.Setting.findByPk(name, { lock: true });
  const before = row ? parsed(row.value) : DEFAULT_SETTINGS[name];
  const stamp = { updatedBy: tx.actorId, updatedAt: tx.now };
  if (row) await row.update({ value, version: row.version + 1, ...stamp });
  else await tx.db.Setting.create({ name, value, ...stamp });
  tx.audit({ action: 'settings.changed', entity: 'settings', entityId: name, data: { before, after: value } });
}

// MariaDB's JSON is text; with `raw` it comes back unparsed there and parsed from MySQL.
function parsed(value: unknown): unknown {
  return typeof value === 'string' ? JSON.parse(value) : value;
}
