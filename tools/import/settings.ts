import { hashOf } from '../../db/canonical';
import { putSetting } from '../../db/records/settings';
import type { Tx } from '../../db/transaction';
import type { Settings } from '../../domain/settings';
import { ABOUT, type About } from './about';
import type { BadRow } from './bad-rows';

/** The settings of about.json beside those in force. */
export interface NewSettings {
  settings: Settings;
  fresh: { name: keyof Settings; hash: string }[];
  faults: BadRow[];
}

/** What about.json sets that is not set yet; what it says otherwise than the office has set is a fault. */
export async function checkSettings(tx: Tx, about: About): Promise<NewSettings> {
  const { clock } = tx.settings;
  const given: Partial<Settings> = {
    ...about.settings,
    ...(about.zone ? { clock: { ...clock, zone: about.zone } } : {}),
  };
  const result: NewSettings = { settings: { ...tx.settings, ...given }, fresh: [], faults: [] };
  for (const name of Object.keys(given) as (keyof Settings)[]) {
    const part = (settings: Partial<Settings>) => (name === 'clock' ? settings.clock?.zone : settings[name]);
    const hash = hashOf(part(given));
    const imported = await tx.db.ImportRow.findOne({ where: { file: ABOUT, rowKey: name } });
    if (imported?.rowHash === hash) continue;
    const set = imported ?? (await tx.db.Setting.findByPk(name));
    if (set && hashOf(part(tx.settings)) === hash) continue;
    if (set) result.faults.push({ file: ABOUT, line: 0, field: name, reason: 'The office has set this otherwise' });
    else result.fresh.push({ name, hash });
  }
  if (!result.fresh.some(({ name }) => name === 'clock')) result.settings.clock = clock;
  return result;
}

/** Sets them, and notes that they came from this file. */
export async function writeSettings(tx: Tx, { settings, fresh }: NewSettings): Promise<void> {
  for (const { name } of fresh) await putSetting(tx, name, settings[name]);
  await tx.db.ImportRow.bulkCreate(
    fresh.map(({ name, hash }) => ({ file: ABOUT, rowKey: name, rowHash: hash, importedAt: tx.now })),
  );
}
