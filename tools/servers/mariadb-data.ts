import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { programIn, type DatabaseServer } from './binaries';

const PASSWORD_LENGTH = 32;

/** The empty database that every data folder of this server version starts as; made once per machine. */
async function templateFor(server: DatabaseServer, cacheDir: string): Promise<string> {
  const template = join(cacheDir, `${server.product}-template-${server.version}`);
  if (existsSync(template)) return template;
  mkdirSync(cacheDir, { recursive: true });
  const draft = mkdtempSync(join(cacheDir, '.template-'));
  try {
    await initialize(server, join(draft, 'data'), cacheDir);
    renameSync(join(draft, 'data'), template);
  } catch (error) {
    // Another process may have made the same one meanwhile; a finished template is never replaced.
    if (!existsSync(template)) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return template;
}

/** Makes the data folder below dataDir on first use, and returns it. */
export async function dataFolder(server: DatabaseServer, dataDir: string, cacheDir: string): Promise<string> {
  const data = join(dataDir, 'data');
  if (existsSync(data)) return data;
  const template = await templateFor(server, cacheDir);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const draft = join(dataDir, 'data.new');
  rmSync(draft, { recursive: true, force: true });
  cpSync(template, draft, { recursive: true, mode: constants.COPYFILE_FICLONE });
  renameSync(draft, data);
  return data;
}

/** The root password of a data folder, made on first use; every start sets it, so a lost one is simply made anew. */
export function passwordIn(dataDir: string): string {
  const file = join(dataDir, 'root-password');
  const kept = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (kept.length === PASSWORD_LENGTH) return kept;
  const password = randomBytes(24).toString('base64url');
  writeFileSync(file, password, { mode: 0o600 });
  return password;
}

/** Statements for the server's start, before it takes connections: a fresh copy has a root without a password. */
export function writeInitFile(dataDir: string, password: string, database: string): string {
  const file = join(dataDir, 'init.sql');
  const statements = [
    `CREATE DATABASE IF NOT EXISTS ${database} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`,
    `CREATE USER IF NOT EXISTS 'root'@'localhost'`,
    `CREATE USER IF NOT EXISTS 'root'@'127.0.0.1'`,
    `ALTER USER 'root'@'localhost' IDENTIFIED BY '${password}'`,
    `ALTER USER 'root'@'127.0.0.1' IDENTIFIED BY '${password}'`,
    `GRANT ALL ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION`,
    `DROP USER IF EXISTS 'root'@'::1'`,
  ];
  writeFileSync(file, statements.map((statement) => `${statement};\n`).join(''), { mode: 0o600 });
  return file;
}

/** As root the server must be told to stay root: another user could not read a folder below a closed home. */
export const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];

async function initialize({ program, product }: DatabaseServer, folder: string, cacheDir: string) {
  const run = promisify(execFile);
  if (product === 'mysql') {
    await run(program, ['--no-defaults', '--initialize-insecure', `--datadir=${folder}`, ...asRoot]);
    return;
  }
  await run(programIn(cacheDir, 'mariadb-install-db'), [
    '--no-defaults',
    `--datadir=${folder}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    '--skip-name-resolve',
    ...asRoot,
  ]);
}
