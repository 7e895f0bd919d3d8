import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { RefusedError } from '../../db/errors';
import { ABOUT } from './about';
import { FILES } from './files';

const NAMES: readonly string[] = [ABOUT, ...Object.values(FILES).map(({ name }) => name)];

/** Where the files of an import lie until it is loaded or put away. */
export const folderOf = (importDir: string, importId: string): string => join(importDir, importId);

/** Refused: IMPORT_FILE_UNKNOWN, where a folder to import has no file of this name. */
export function assertKnownFile(name: string): void {
  if (NAMES.includes(name)) return;
  const message = `${name} is no file of an import: it may have ${NAMES.join(', ')}`;
  throw new RefusedError({ code: 'IMPORT_FILE_UNKNOWN', message, pointer: '#/fileName' });
}

/** A file that has come whole, beside its place: `keep` puts it there, `drop` takes it away. */
export interface Uploaded {
  bytes: number;
  keep(): Promise<void>;
  drop(): Promise<void>;
}

/** Writes what comes to a file beside its place; half a file is none. Throws an error of status 413 beyond the limit. */
export async function receiveFile(
  folder: string,
  name: string,
  body: Readable,
  { limit }: { limit: number },
): Promise<Uploaded> {
  // What people are called and how they sign in: for nobody else on this machine.
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const part = join(folder, `${name}.${randomBytes(6).toString('hex')}.part`);
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > limit ? Object.assign(new Error('too large'), { status: 413, limit }) : null, chunk);
    },
  });
  const drop = () => rm(part, { force: true });
  try {
    await pipeline(body, counted, createWriteStream(part, { mode: 0o600 }));
  } catch (error) {
    await drop();
    throw error;
  }
  return { bytes, keep: () => rename(part, join(folder, name)), drop };
}

/** The files that are not there as they came: another replica has them, or somebody cleared the folder. */
export async function missingFiles(folder: string, files: { file: string; bytes: number }[]): Promise<string[]> {
  const sizes = await Promise.all(
    files.map(({ file }) =>
      stat(join(folder, file)).then(
        ({ size }) => size,
        () => -1,
      ),
    ),
  );
  return files.flatMap(({ file, bytes }, i) => (sizes[i] === bytes ? [] : [file]));
}

/** Removes the files of an import. */
export const removeFolder = (importDir: string, importId: string): Promise<void> =>
  rm(folderOf(importDir, importId), { recursive: true, force: true });

/** Removes what imports have left that ended while nobody could clear up: every folder but this import's. */
export async function removeOtherFolders(importDir: string, importId: string): Promise<void> {
  const names = await readdir(importDir).catch(() => []);
  const others = names.filter((name) => name.startsWith('import_') && name !== importId);
  await Promise.all(others.map((name) => removeFolder(importDir, name)));
}
