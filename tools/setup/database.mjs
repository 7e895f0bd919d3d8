// @ts-check
import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { canInstall, install } from './apt.mjs';
import { find, link, linked } from './find.mjs';
import { withLock } from './lock.mjs';
import { run } from './run.mjs';
import { SetupError } from './setup-error.mjs';

// The names differ between releases of Debian and Ubuntu; mariadb-install-db asks for a program of the client package.
const PACKAGES = [
  ['mariadb-server-core', 'mariadb-client-core'],
  ['mariadb-server-core-10.6', 'mariadb-client-core-10.6'],
];

const LEAST_MARIADB = 1006;
const LEAST_MYSQL = 800;

const TWO_WAYS_OUT = `Keyturn needs a MariaDB (10.6 or newer) or MySQL (8.0 or newer) server program and found none. Either
  install one, as with "apt-get install mariadb-server-core mariadb-client-core"; it need not be running, or
  set DATABASE_URL to a running server, such as the one in docker-compose.yml:
    DATABASE_URL=mysql://user:password@127.0.0.1:3306/keyturn npm start`;

/** Finds or installs the database server program; Keyturn starts its own copy of it and leaves the system's alone.
 * @type {import('./progress.mjs').Work}
 */
export async function database(report) {
  const ready = await look(report);
  if (ready) return ready;
  if (!canInstall()) throw new SetupError(TWO_WAYS_OUT);
  return withLock('database', report, async () => {
    const made = (await look(report)) ?? ((await install(PACKAGES, report)) && (await look(report)));
    if (!made) throw new SetupError(TWO_WAYS_OUT);
    return made;
  });
}

/** @param {import('./progress.mjs').Report} report */
async function look(report) {
  for (const server of [linked('mariadbd'), linked('mysqld'), find(['mariadbd']), find(['mysqld'])]) {
    const usable = server && (await use(server, report));
    if (usable) return usable;
  }
  return null;
}

/**
 * @param {string} server
 * @param {import('./progress.mjs').Report} report
 */
async function use(server, report) {
  const says = await run(server, ['--no-defaults', '--version']).catch(() => '');
  const isMariaDb = says.includes('MariaDB');
  const [version = '', major, minor] = says.match(/(\d+)\.(\d+)\.\d+/) ?? [];
  if (!version) return null;
  if (Number(major) * 100 + Number(minor) < (isMariaDb ? LEAST_MARIADB : LEAST_MYSQL)) {
    report(`${server} is too old`);
    return null;
  }
  if (!isMariaDb) {
    put('mysqld', server);
    return `MySQL ${version}`;
  }
  const installer = findInstaller(realpathSync(server));
  if (!installer) return null;
  put('mariadb-install-db', installer);
  put('mariadbd', server);
  return `MariaDB ${version}`;
}

/**
 * @param {string} name
 * @param {string} target
 */
function put(name, target) {
  const there = linked(name);
  if (!there || realpathSync(there) !== realpathSync(target)) link(name, realpathSync(target));
}

/** @param {string} server */
function findInstaller(server) {
  const home = dirname(dirname(server));
  const nearby = [join(home, 'bin'), join(home, 'scripts')];
  if (!find(['my_print_defaults'], nearby)) return null;
  return find(['mariadb-install-db', 'mysql_install_db'], nearby);
}
