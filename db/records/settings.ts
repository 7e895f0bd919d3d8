import { literal } from 'sequelize';
import { DEFAULT_SETTINGS, type Settings } from '../../domain/settings';
import type { Db } from '../create-db';
import { settingValue } from '../reads/settings';
import type { Tx } from '../transaction';

/** The policy in force: what the office has set, over the defaults. */
export async function readSettings(db: Db): Promise<Settings> {
  const rows = await db.Setting.findAll({ raw: true });
  const stored = Object.fromEntries(rows.map((row) => [row.name, settingValue(row.value)]));
  return { ...DEFAULT_SETTINGS, ...stored };
}

/** Sets one setting, raising its version, with audit. */
export async function putSetting<K extends keyof Settings>(tx: Tx, name: K, value: Settings[K]): Promise<void> {
  const row = await tx.db.Setting.findByPk(name, { lock: true, raw: true });
  const before = row ? settingValue(row.value) : DEFAULT_SETTINGS[name];
  const stamp = { updatedBy: tx.actorId, updatedAt: tx.now };
  // Sequelize takes a null for no value at all; the JSON null is a value.
  const stored = value === null ? literal("'null'") : value;
  if (row) await tx.db.Setting.update({ value: stored, version: row.version + 1, ...stamp }, { where: { name } });
  else await tx.db.Setting.create({ name, value: stored, ...stamp });
  tx.audit({ action: 'settings.changed', entity: 'settings', entityId: name, data: { before, after: value } });
}
