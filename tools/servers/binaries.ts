import { execFileSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/** The database server that the set-up found. */
export interface DatabaseServer {
  program: string;
  product: 'mariadb' | 'mysql';
  version: string;
}

/** The database server program; the set-up step leaves it, or a link to it, in the cache. */
export function databaseServer(cacheDir: string): DatabaseServer {
  const program = programIn(cacheDir, 'mariadbd', 'mysqld');
  const says = execFileSync(program, ['--no-defaults', '--version'], { encoding: 'utf8' });
  return {
    program,
    product: says.includes('MariaDB') ? 'mariadb' : 'mysql',
    version: says.match(/\d+\.\d+\.\d+/)?.[0] ?? 'unknown',
  };
}

/** A program that the set-up step has put into the cache, as a real path: servers find their files beside it. */
export function programIn(cacheDir: string, ...names: string[]): string {
  const found = names.map((name) => join(cacheDir, 'bin', name)).find((path) => existsSync(path));
  if (!found) throw new Error(`There is no ${names.join(' or ')} in ${join(cacheDir, 'bin')}: run "npm run prestart"`);
  return realpathSync(found);
}
