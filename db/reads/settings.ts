import { DEFAULT_SETTINGS, type Settings } from '../../domain/settings';
import type { Db } from '../create-db';
import { parsedJson } from './select';

/** The policy in force and its version, which rises with every change of any setting. */
export async function readSettingsWithVersion(
  db: Db,
  { lock }: { lock?: true } = {},
): Promise<{ settings: Settings; version: number }> {
  const rows = await db.Setting.findAll({ raw: true, lock });
  const stored = Object.fromEntries(rows.map((row) => [row.name, parsedJson(row.value)]));
  const version = rows.reduce((sum, row) => sum + row.version, 0);
  return { settings: { ...DEFAULT_SETTINGS, ...stored }, version };
}
