import { stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { hashPassword } from '../api/passwords';
import { newUserBody } from '../api/schemas/users';
import { loadConfig } from '../config';
import { createDb } from '../db/create-db';
import { createUser } from '../db/records/users';
import { inTransaction } from '../db/transaction';
import { SYSTEM_USER_ID } from '../domain/roles';
import { runningSystem } from './running-system';

const HELP = `npm run admin -- create USERNAME [--name "Display Name"]
Adds an administrator, who adds everybody else in the console. The password is asked for, or read from standard input
when that is no terminal. Works on the database at DATABASE_URL, or on the running system.`;

async function main(): Promise<string> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { name: { type: 'string' }, help: { type: 'boolean' } },
  });
  const [act, username, ...more] = positionals;
  if (values.help) return HELP;
  if (act !== 'create' || !username || more.length > 0) throw new Error(HELP);
  const config = loadConfig();
  const url = config.database.url ?? runningSystem(config).databaseUrl;
  const asked = { username, displayName: values.name ?? username, password: await password(), roles: ['admin'] };
  const { data, error } = newUserBody.safeParse(asked);
  if (!data) throw new Error(error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
  const db = createDb(url);
  try {
    const passwordHash = await hashPassword(data.password);
    await inTransaction(db, SYSTEM_USER_ID, (tx) => createUser(tx, { ...data, passwordHash }));
  } finally {
    await db.close();
  }
  return `${username} is an administrator now`;
}

/** A line of standard input; of a terminal asked for twice, without showing it. */
async function password(): Promise<string> {
  if (!stdin.isTTY) return (await text(stdin)).replace(/\r?\n$/, '');
  const first = await askedFor('Password: ');
  if ((await askedFor('Once more: ')) !== first) throw new Error('password: the two are not the same');
  return first;
}

async function askedFor(question: string): Promise<string> {
  stdout.write(question);
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: unseen, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    stdout.write('\n');
  }
}

main().then(console.log, (error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
