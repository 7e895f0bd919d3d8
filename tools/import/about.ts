import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { civilDate } from '../../api/schemas/common';
import { settingsPatch } from '../../api/schemas/office';
import type { CivilDate } from '../../domain/dates';
import type { Settings } from '../../domain/settings';
import { FileFault } from './bad-rows';

export const ABOUT = 'about.json';

const about = z.strictObject({
  describes: civilDate,
  zone: z
    .string()
    .refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC', 'No zone of this name')
    .optional(),
  settings: settingsPatch.optional(),
});

/** What a folder says about itself: the day that its rows describe, and the policy of its office. */
export interface About {
  describes: CivilDate | null;
  zone?: string;
  settings: Partial<Settings>;
}

/** Reads about.json; a folder without one has no day to count from and brings no settings. */
export async function readAbout(folder: string): Promise<About> {
  const text = await readFile(join(folder, ABOUT), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return null;
  });
  if (text === null) return { describes: null, settings: {} };
  const parsed = about.safeParse(jsonOf(text));
  if (parsed.success) return { settings: {}, ...parsed.data };
  const fault = ({ path, message }: { path: PropertyKey[]; message: string }) => ({
    file: ABOUT,
    line: 0,
    field: path.join('/'),
    reason: message,
  });
  throw new FileFault(parsed.error.issues.map(fault));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FileFault([{ file: ABOUT, line: 0, field: '', reason: 'This is not JSON' }]);
  }
}
