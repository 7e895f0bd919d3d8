// @ts-check
import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this clone. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** What all clones on this machine share; config.ts has the same default. */
export const cache = resolve(process.env.KEYTURN_CACHE?.trim() || join(homedir(), '.cache', 'keyturn'));

/** The server binaries that the product runs: files, or links to what the system has. */
export const bin = join(cache, 'bin');

/** A name for this clone among those that share the cache. */
export const cloneName = createHash('sha256').update(root).digest('hex').slice(0, 12);
