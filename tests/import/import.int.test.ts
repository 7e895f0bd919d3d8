import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { passwordMatches } from '../../api/passwords';
import type { Db } from '../../db/create-db';
import { openCase } from '../../db/records/cases';
import { nextNumber } from '../../db/records/numbers';
import { draftVersion } from '../../db/records/rate-versions';
import { inTransaction } from '../../db/transaction';
import type { RateVersion } from '../../domain/billing/rate/rate-version';
import { addDays, daysBetween } from '../../domain/dates';
import { columnsOf, FILES } from '../../tools/import/files';
import { importFolder, type ImportResult } from '../../tools/import/import-folder';
import { createProgress } from '../../tools/import/progress';
import { createRandom, pick, type Random } from '../../tools/make-town/random';
import { INVARIANTS } from '../../tools/invariants';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { rowWhere, smallTownFolder, type Cells, type Folder } from './support/folder';
import { checksums } from './support/rows';

let database: FreshDatabase;
let folder: Folder;
beforeAll(() => {
  folder = smallTownFolder();
});
beforeEach(async () => {
  folder.restore();
  database = await freshDatabase();
});
afterEach(() => database.drop());
afterAll(() => folder.remove());

const run = (options: { asOf?: string; skipBad?: boolean } = { asOf: 'today' }): Promise<ImportResult> =>
  importFolder(database.db, { folder: folder.path, ...options });
const sum = ({ counts }: ImportResult, of: 'read' | 'loaded' | 'already' | 'bad') =>
  counts.reduce((total, each) => total + each[of], 0);

async function broken(db: Db): Promise<string[]> {
  const found: string[] = [];
  for (const { name, find } of INVARIANTS) for (const row of await find(db)) found.push(`${name}: ${row}`);
  return found;
}

describe('An import', () => {
  it('loads every row, and a second one loads nothing and leaves every table as it is', async () => {
    const first = await run();
    expect(first).toMatchObject({ ok: true, badRows: [] });
    expect(sum(first, 'loaded')).toBe(sum(first, 'read'));
    expect(await broken(database.db)).toEqual([]);
    const before = await checksums(database.db);

    const second = await run({ asOf: '2026-12-24' });

    expect(second).toMatchObject({ ok: true, badRows: [] });
    expect(sum(second, 'already')).toBe(sum(second, 'read'));
    expect(await checksums(database.db)).toEqual(before);
  });

  it('loads once when two run at once', async () => {
    const results = await Promise.all([run(), run()]);
    expect(results.map((result) => sum(result, 'loaded')).sort((a, b) => a - b)).toEqual([0, sum(results[0], 'read')]);
    expect(await broken(database.db)).toEqual([]);
  });

  it('moves every date by the same days, but not seasons', async () => {
    await run({ asOf: '2026-11-13' });
    const { db } = database;
    const shift = daysBetween('2026-11-20', '2026-11-13');
    const [given] = folder.read('accounts.csv');
    const account = await db.Account.findOne({ where: { accountNumber: given?.account_number }, rejectOnEmpty: true });
    expect(account.startOn).toBe(addDays(given?.start_on ?? '', shift));
    const version = await db.RateVersion.findAll({ order: [['effectiveFrom', 'DESC']] });
    expect(version[0]?.effectiveFrom).toBe(addDays('2026-07-01', shift));
    expect(JSON.parse(version[0]?.definition ?? '')).toMatchObject({ effectiveFrom: addDays('2026-07-01', shift) });
    const away = rowWhere(folder.read('customers.csv'), (row) => row.alt_season_start);
    const customer = await db.Customer.findOne({ where: { customerNumber: away.customer_number } });
    expect(customer?.altSeasonStart).toBe(away.alt_season_start);
  });

  it('sets the settings of about.json, and says when the office has set them otherwise', async () => {
    await run();
    expect(await database.db.Setting.findByPk('utility')).toMatchObject({ value: { name: 'Millbrook Utilities' } });
    folder.writeText('about.json', '{"describes":"2026-11-20","settings":{"utility":{"name":"Elsewhere"}}}');
    const { ok, badRows } = await run();
    expect(ok).toBe(false);
    expect(badRows).toEqual([expect.objectContaining({ file: 'about.json', field: 'utility' })]);
  });

  it('keeps names in their parts, ways of contact with their purpose, and passwords only as a hash', async () => {
    folder.change('customers.csv', (rows) => {
      const person = rowWhere(rows, ({ kind }) => kind === 'PERSON');
      const names = { name_prefix: 'Dr.', first_name: 'Ana', middle_name: 'M.', last_name: 'Ruiz', name_suffix: 'Jr.' };
      Object.assign(person, names, { phones: '970-555-0101 [work]; (970) 555-0102', emails: 'ana@example.com' });
      person.customer_number = 'C000777';
    });
    folder.change('accounts.csv', (rows) => {
      for (const row of rows)
        if (!folder.read('customers.csv').some((c) => c.customer_number === row.customer_number))
          row.customer_number = 'C000777';
    });
    folder.change('landlords.csv', (rows) => {
      for (const row of rows)
        if (!folder.read('customers.csv').some((c) => c.customer_number === row.customer_number))
          row.customer_number = 'C000777';
    });
    const { badRows } = await run();
    expect(badRows).toEqual([]);
    const { db } = database;
    const customer = await db.Customer.findOne({ where: { customerNumber: 'C000777' }, rejectOnEmpty: true });
    expect(customer).toMatchObject({ displayName: 'Ruiz, Ana M. Jr.', namePrefix: 'Dr.' });
    const contacts = await db.CustomerContact.findAll({
      where: { customerId: customer.id },
      order: ['position'],
      raw: true,
    });
    expect(contacts.map(({ kind, value, purpose }) => [kind, value, purpose])).toEqual([
      ['PHONE', '+19705550101', 'work'],
      ['PHONE', '+19705550102', null],
      ['EMAIL', 'ana@example.com', null],
    ]);
    const [cora, sam] = [
      await db.AppUser.findOne({ where: { username: 'cora' } }),
      await db.AppUser.findOne({ where: { username: 'sam' } }),
    ];
    expect(await passwordMatches(cora?.passwordHash ?? null, 'keyturn-demo')).toBe(true);
    expect(sam?.passwordHash).toBeNull();
  });

  it('raises the series above the numbers that came in, and above no other', async () => {
    folder.change('customers.csv', (rows) => [
      ...rows,
      { ...rows[0], customer_number: 'C004711' },
      { ...rows[0], customer_number: 'OLD-99999' },
    ]);
    await run();
    expect(await inTransaction(database.db, 1, (tx) => nextNumber(tx, 'customer'))).toBe('C004712');
    const accounts = folder.read('accounts.csv').length;
    expect(await inTransaction(database.db, 1, (tx) => nextNumber(tx, 'account'))).toBe(
      `A${String(accounts + 1).padStart(7, '0')}`,
    );
  });
});

describe('What is in the records already', () => {
  it('is a bad row when it was imported with other values', async () => {
    await run();
    folder.change('locations.csv', (rows) => void Object.assign(rows[3] ?? {}, { line1: '1 Other Street' }));
    const before = await checksums(database.db);
    const { ok, badRows } = await run();
    expect(ok).toBe(false);
    expect(badRows).toEqual([
      { file: 'locations.csv', line: 5, field: 'location_number', reason: 'Was imported before with other values' },
    ]);
    expect(await checksums(database.db)).toEqual(before);
  });

  it('is a bad row when somebody else made it', async () => {
    const made = {
      customerNumber: 'C000003',
      kind: 'PERSON' as const,
      firstName: 'Ana',
      lastName: 'Ruiz',
      displayName: 'Ruiz, Ana',
    };
    await inTransaction(database.db, 1, (tx) => tx.db.Customer.create({ ...made, createdAt: tx.now }));
    const { ok, badRows } = await run();
    expect(ok).toBe(false);
    expect(badRows).toContainEqual({
      ...{ file: 'customers.csv', line: 4, field: 'customer_number' },
      reason: 'Is in Keyturn already, and not from this file',
    });
  });

  it('is a bad row where a draft of the same rate waits from the same day', async () => {
    await run({});
    const [row] = folder.read('rates.csv');
    const definition = JSON.parse(row?.definition ?? '{}') as Omit<RateVersion, 'effectiveFrom'>;
    const effectiveFrom = '2090-01-01';
    await inTransaction(database.db, 1, (tx) => draftVersion(tx, row?.code ?? '', { ...definition, effectiveFrom }));
    folder.change('rates.csv', (rows) => [...rows, { ...row, effective_from: effectiveFrom }]);
    const { ok, badRows } = await run({});
    expect(ok).toBe(false);
    expect(badRows).toContainEqual(
      expect.objectContaining({ field: 'effective_from', reason: expect.stringMatching(/draft/i) as string }),
    );
  });

  it('can be named by rows that come later: a follower at a place, its reads and its money', async () => {
    const follower = followerOf();
    const later = (row: Cells) =>
      row.account_number === follower.account_number ||
      (follower.serials.includes(row.meter ?? '') && (row.read_on ?? '') > (follower.start_on ?? ''));
    for (const file of ['accounts.csv', 'agreements.csv', 'deposits.csv', 'balances.csv', 'reads.csv'])
      folder.change(file, (rows) => rows.filter((row) => !later(row)));
    const before = await run();
    expect(before.badRows).toEqual([]);

    folder.restore();
    const result = await run();
    expect(result.badRows).toEqual([]);
    expect(sum(result, 'loaded')).toBe(sum(result, 'read') - sum(before, 'read'));
    expect(sum(result, 'loaded')).toBeGreaterThan(6);
    expect(await broken(database.db)).toEqual([]);
    const account = await database.db.Account.findOne({ where: { accountNumber: follower.account_number } });
    const agreements = await database.db.ServiceAgreement.findAll({ where: { accountId: account?.id } });
    expect(agreements.every(({ followsId }) => followsId !== null)).toBe(true);
  });

  it('refuses an account that overlaps who holds the place', async () => {
    await run({});
    const [tenant] = folder.read('accounts.csv');
    const account = { ...tenant, account_number: 'A8000001' };
    folder.change('accounts.csv', (rows) => [...rows, account]);
    folder.change('agreements.csv', (rows) => [...rows, { ...rows[0], account_number: 'A8000001' }]);
    const { badRows } = await run({});
    expect(badRows[1]).toMatchObject({
      file: 'agreements.csv',
      field: 'start_on',
      reason: expect.stringMatching(/holds/) as string,
    });
  });

  it('keeps an import out while a case is open', async () => {
    await inTransaction(database.db, 1, (tx) =>
      openCase(tx, {
        ...{ caseId: 'payment-X', type: 'PAYMENT', step: 'REQUESTED', waitingOn: 'SYSTEM', occurrenceKey: 'PAYMENT:X' },
        ...{ locationId: null, accountId: null, startedBy: 1 },
      }),
    );
    await expect(run()).rejects.toMatchObject({ refusal: { code: 'CASES_OPEN' } });
    expect(await database.db.Location.count()).toBe(0);
  });
});

/** An account that follows another at its place, and the meters there. */
function followerOf(): Cells & { serials: string[] } {
  const accounts = folder.read('accounts.csv');
  const left = new Set(accounts.filter(({ status }) => status === 'CLOSED').map((row) => row.location_number));
  const account = rowWhere(accounts, (row) => row.status === 'ACTIVE' && left.has(row.location_number));
  const meters = folder.read('meters.csv').filter((row) => row.location_number === account.location_number);
  return Object.assign({ ...account }, { serials: meters.map(({ serial = '' }) => serial) });
}

describe('With --skip-bad', () => {
  const spoil = () => {
    folder.change('customers.csv', (rows) => void Object.assign(tenantOf(rows), { emails: 'nowhere' }));
    folder.change('locations.csv', (rows) => void Object.assign(rows[10] ?? {}, { state: '' }));
    folder.change(
      'rates.csv',
      (rows) =>
        void Object.assign(
          rowWhere(rows, ({ code }) => code === 'COM-WATER'),
          { definition: '[]' },
        ),
    );
    folder.change('reads.csv', (rows) => rows.filter((row) => row.meter !== 'E-100018'));
    folder.change('deposits.csv', (rows) => void Object.assign(rows.at(-1) ?? {}, { amount_cents: '-5' }));
  };
  const tenantOf = (rows: ReturnType<Folder['read']>) =>
    rowWhere(rows, ({ customer_number }) => customer_number === folder.read('accounts.csv')[4]?.customer_number);

  it('leaves out bad rows and what depends on them, and a second run with better rows brings the rest', async () => {
    spoil();
    const spoilt = await run({ asOf: 'today', skipBad: true });
    expect(spoilt.ok).toBe(true);
    const bad = new Set(spoilt.badRows.map(({ file, line }) => `${file}:${line}`));
    expect(bad.size).toBe(sum(spoilt, 'bad'));
    expect(sum(spoilt, 'loaded')).toBe(sum(spoilt, 'read') - bad.size);
    const reasons = spoilt.badRows.map(({ file, field, reason }) => `${file} ${field}: ${reason}`).join('\n');
    expect(reasons).toMatch(/^accounts.csv customer_number: Depends on customers.csv line \d+, which is bad$/m);
    expect(reasons).toMatch(/^agreements.csv account_number: Depends on accounts.csv line \d+, which is bad$/m);
    expect(reasons).toMatch(/^service-points.csv location_number: Depends on locations.csv line 12, which is bad$/m);
    expect(reasons).toMatch(/^meters.csv location_number: Depends on service-points.csv line \d+, which is bad$/m);
    expect(reasons).toMatch(/^reads.csv meter: Depends on meters.csv line \d+, which is bad$/m);
    expect(reasons).toMatch(/^agreements.csv rate: Depends on rates.csv line \d+, which is bad$/m);
    expect(reasons).toMatch(/^agreements.csv start_on: Meter E-100018 was not read on /m);
    expect(reasons).toMatch(/^balances.csv account_number: Depends on accounts.csv line \d+, which is bad$/m);
    expect(await broken(database.db)).toEqual([]);

    folder.restore();
    const rest = await run();
    expect(rest).toMatchObject({ ok: true, badRows: [] });
    expect(sum(rest, 'loaded') + sum(rest, 'already')).toBe(sum(rest, 'read'));
    expect(await broken(database.db)).toEqual([]);
    for (const [model, file] of [
      ['Account', 'accounts'],
      ['MeterRead', 'reads'],
      ['ServiceAgreement', 'agreements'],
      ['Deposit', 'deposits'],
    ] as const)
      expect([file, await (database.db[model] as { count(): Promise<number> }).count()]).toEqual([
        file,
        folder.read(FILES[file].name).length,
      ]);
  });
});

describe('However the files are spoilt', () => {
  it.each([1, 2, 3, 4, 5, 6])('with --skip-bad what is loaded holds together (%i)', async (seed) => {
    const random = createRandom(seed);
    // Without types, services and rates hardly anything would be left to hold together.
    for (const { name } of Object.values(FILES).slice(3)) folder.change(name, (rows) => spoilSome(random, rows));
    const result = await run({ asOf: 'today', skipBad: true });
    expect(result.ok).toBe(true);
    expect(sum(result, 'loaded')).toBe(sum(result, 'read') - sum(result, 'bad'));
    expect(await broken(database.db)).toEqual([]);
    expect(sum(await run({ asOf: 'today', skipBad: true }), 'loaded')).toBe(0);
  });
});

/** Empties cells, swaps them between rows, leaves rows out and doubles them. */
function spoilSome(random: Random, rows: Cells[]): Cells[] {
  const count = Math.max(1, Math.round(rows.length / 200));
  for (let i = 0; i < count; i++) {
    const [row, other] = [pick(random, rows), pick(random, rows)];
    const cell = pick(random, Object.keys(row));
    const how = random(1, 4);
    if (how === 1) row[cell] = '';
    if (how === 2) row[cell] = other[cell] ?? '';
    if (how === 3) rows.splice(rows.indexOf(row), rows.length > 1 ? 1 : 0);
    if (how === 4) rows.push({ ...row, [cell]: other[cell] ?? '' });
  }
  return rows;
}

it.each([
  [
    'a line now and then where it is piped',
    false,
    /^ {2}reads: 50 %, 10 rows, \d+ rows\/s, \d+ s left\n {2}reads: 20 rows, /,
  ],
  [
    'one line that is written over on a terminal',
    true,
    /^\r\u001b\[K {2}reads: 50 %, .*\r\u001b\[K {2}reads: 20 rows, .*\n$/,
  ],
])('progress is %s', (_, isTTY, shown) => {
  const clock = jest.spyOn(performance, 'now').mockReturnValue(0);
  let said = '';
  const task = createProgress({ isTTY, write: (text: string) => Boolean((said += text)) }).task('reads', 1000);
  clock.mockReturnValue(isTTY ? 300 : 6_000);
  task.at(500, 10);
  task.at(501, 11);
  task.done(20);
  clock.mockRestore();
  expect(said).toMatch(shown);
});

it('docs/import.md describes every file and every column', () => {
  const docs = readFileSync(join(__dirname, '../../docs/import.md'), 'utf8');
  const sections = docs.split('\n### ');
  for (const spec of Object.values(FILES)) {
    const section = sections.find((each) => each.startsWith(`\`${spec.name}\``)) ?? '';
    for (const { column } of columnsOf(spec)) expect(section).toContain(`\`${column}\``);
  }
});

describe('npm run import', () => {
  const script = join(__dirname, '../../tools/import.ts');
  const cli = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', script, ...args], {
      env: { ...process.env, DATABASE_URL: database.url },
      encoding: 'utf8',
    });

  it('says what it loaded and how fast, and of bad rows where they are, also as CSV without formulas', () => {
    const report = join(folder.path, '..', `report-${process.pid}.csv`);
    folder.change('customers.csv', (rows) => void Object.assign(rows[0] ?? {}, { phones: '=cmd()' }));
    folder.change('rates.csv', (rows) => [...rows, { ...rows[0], code: '=A1' }]);
    const bad = cli(folder.path, '--as-of', 'today', '--report', report);
    expect(bad.status).toBe(1);
    expect(bad.stdout).toMatch(/customers\.csv:2 {2}phones\/0\/value: Give a telephone number/);
    expect(bad.stdout).toMatch(/Nothing was loaded: \d+ faults/);
    expect(readFileSync(report, 'utf8')).toMatch(/^file,line,field,reason\nrates\.csv,10,code,/);

    folder.restore();
    const good = cli(folder.path, '--as-of', 'today');
    expect(good.stderr).toBe('');
    expect(good.stdout).toMatch(/reads\.csv read: \d+ rows, \d+ rows\/s/);
    expect(good.stdout).toMatch(/\d+ rows loaded \(\d+\.\d s, \d+ rows\/s\)/);
    expect(good.status).toBe(0);
    expect(cli(folder.path, '--as-of', 'today').stdout).toMatch(/^0 rows loaded/m);
    expect(cli().status).toBe(2);
  });
});
