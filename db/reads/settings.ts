import { DEFAULT_SETTINGS, type Settings } from '../../domain/settings';
import type { Db } from '../create-db';

/**
 * A setting's value as a raw row brings it: MariaDB's JSON is text; MySQL's is parsed, a word like POLICY too, which is no
 * JSON itself.
 */
export function settingValue(stored: unknown): unknown {
  if (typeof stored !== 'string') return stored;
  try {
    return JSON.parse(stored);
  } catch {
    return stored;
  }
}

/** The policy in force and its version, which rises with every change of any setting. */
export async function readSettingsWithVersion(
  db: Db,
  { lock }: { lock?: true } = {},
): Promise<{ settings: Settings; version: number }> {
  const rows = await db.Setting.findAll({ raw: true, lock });
  const stored = Object.fromEntries(rows.map((row) => [row.name, settingValue(row.value)]));
  const version = rows.reduce((sum, row) => sum + row.version, 0);
  // A value that was stored before it had all its parts has the others by default.
  const moveOut = { ...DEFAULT_SETTINGS.moveOut, ...(stored.moveOut as object | undefined) };
  return { settings: { ...DEFAULT_SETTINGS, ...stored, moveOut }, version };
}
