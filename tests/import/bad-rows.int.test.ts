import type { BadRow } from '../../tools/import/bad-rows';
import { importFolder } from '../../tools/import/import-folder';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { rowWhere, smallTownFolder, type Cells, type Folder } from './support/folder';
import { checksums } from './support/rows';

let database: FreshDatabase;
let folder: Folder;
let empty: Record<string, string>;
beforeAll(async () => {
  database = await freshDatabase();
  folder = smallTownFolder();
  empty = await checksums(database.db);
});
beforeEach(() => folder.restore());
afterAll(async () => {
  folder.remove();
  await database.drop();
});

const run = () => importFolder(database.db, { folder: folder.path, asOf: 'today' });

/** A fault: the file, how its rows are spoilt, the field that is named and what is said. */
type Case = [says: string, file: string, spoil: (rows: Cells[]) => Cells[] | void, field: string, reason: RegExp];

const first =
  (change: Cells, holds: (row: Cells) => unknown = () => true) =>
  (rows: Cells[]) =>
    void Object.assign(rowWhere(rows, holds), change);
const without = (holds: (row: Cells) => unknown) => (rows: Cells[]) => {
  const gone = rowWhere(rows, holds);
  return rows.filter((row) => row !== gone);
};
const active = (row: Cells) => row.status === 'ACTIVE';
const closed = (row: Cells) => row.status === 'CLOSED';
const metered = ({ service }: Cells) => service === 'WATER';
const definition = (change: (definition: { charges: unknown[]; unit: unknown }) => void) => (rows: Cells[]) => {
  const row = rowWhere(rows, () => true);
  const parsed = JSON.parse(row.definition ?? '') as { charges: unknown[]; unit: unknown };
  change(parsed);
  row.definition = JSON.stringify(parsed);
};

const OFFICE: Case[] = [
  ['a type has a name', 'customer-types.csv', first({ name: '' }), 'name', /empty/],
  ['a role is one of the five', 'users.csv', first({ roles: 'mayor' }), 'roles/0', /clerk/],
  ['a role is named once', 'users.csv', first({ roles: 'clerk;clerk' }), 'roles', /twice/],
  ['a password is long', 'users.csv', first({ password: 'short' }), 'password', /12/],
  ['the system signs in nowhere', 'users.csv', first({ username: 'system' }), 'username', /already/],
];
const PRICES: Case[] = [
  [
    'a metered service has a unit',
    'services.csv',
    first({ unit: '' }, ({ metered }) => metered === 'true'),
    'unit',
    /unit/,
  ],
  ['a deposit is cents', 'services.csv', first({ default_deposit_cents: '1.50' }), 'default_deposit_cents', /cents/],
  ['a flag is true or false', 'services.csv', first({ on_new_location: 'yes' }), 'on_new_location', /true or false/],
  ['a definition is JSON', 'rates.csv', first({ definition: '{' }), 'definition', /not JSON/],
  ['a definition has its parts', 'rates.csv', first({ definition: '{}' }), 'definition/charges', /.+/],
  ['a rate charges something', 'rates.csv', definition((d) => (d.charges = [])), 'definition/charges', /no charge/],
  ['tiers have a unit', 'rates.csv', definition((d) => (d.unit = null)), 'definition/unit', /unit/],
  [
    ...(['a share is of a service', 'rates.csv'] as const),
    definition((d) => d.charges.push({ kind: 'SHARE_OF_USAGE', ofService: 'GAS', share: '0.5' })),
    ...(['definition', /GAS/] as const),
  ],
  ['the versions of a rate agree', 'rates.csv', first({ name: 'Other' }), 'name', /other versions/],
  [
    'a rate is of a service',
    'rates.csv',
    first({ service: 'GAS' }, ({ code }) => code === 'COM-WATER'),
    'service',
    /GAS/,
  ],
  [
    ...(['a service has one default', 'rates.csv'] as const),
    first({ is_default: 'true' }, ({ code }) => code === 'COM-WATER'),
    ...(['is_default', /another default/] as const),
  ],
];
const PLACES: Case[] = [
  ['an address has a street', 'locations.csv', first({ line1: '' }), 'line1', /empty/],
  ['a text has its length', 'locations.csv', first({ line1: 'x'.repeat(121) }), 'line1', /120/],
  ['a location is there once', 'locations.csv', (rows) => [...rows, { ...rows[0] }], 'location_number', /same row/],
  [
    ...(['a key has one meaning', 'locations.csv'] as const),
    (rows) => [...rows, { ...rows[0], city: 'Elsewhere' }],
    ...(['location_number', /same key with other values/] as const),
  ],
  [
    'a point is at a location',
    'service-points.csv',
    first({ location_number: 'L999999' }),
    'location_number',
    /no L999999/,
  ],
  ['a point has a service', 'service-points.csv', first({ service: 'GAS' }), 'service', /no GAS/],
  ['a meter has dials', 'meters.csv', first({ dials: '13' }), 'dials', /12/],
  ['a meter counts something', 'meters.csv', first({ multiplier: '0' }), 'multiplier', /above 0/],
  ['a meter is at a metered service', 'meters.csv', first({ service: 'SEWER' }), 'service', /not metered/],
  ['a meter is somewhere since a day', 'meters.csv', first({ installed_on: '' }), 'installed_on', /date/],
  [
    'a meter is removed after it was installed',
    'meters.csv',
    first({ removed_on: '1999-01-01' }),
    'removed_on',
    /before/,
  ],
  [
    ...(['a meter is at one place at a time', 'meters.csv'] as const),
    (rows) => [...rows, { ...rows[0], location_number: 'L000009', installed_on: '2026-01-15' }],
    ...(['installed_on', /another place/] as const),
  ],
  [
    ...(['a point has one meter at a time', 'meters.csv'] as const),
    (rows) => [...rows, { ...rows[0], serial: 'W-1', installed_on: '2026-01-15' }],
    ...(['installed_on', /another meter/] as const),
  ],
  [
    ...(['the rows of a meter agree', 'meters.csv'] as const),
    (rows) => [...rows, { ...rows[0], dials: '5', installed_on: '1990-01-15', removed_on: '1991-01-15' }],
    ...(['dials', /other rows/] as const),
  ],
  ['a meter that was removed was read', 'reads.csv', exchangeRead('W', 0), 'removed_on', /not read/],
  ['a meter that was put in was read', 'reads.csv', exchangeRead('W', 1), 'installed_on', /not read/],
  ['a read is of a meter', 'reads.csv', first({ meter: 'W-0' }), 'meter', /no W-0/],
  ['a register has its digits', 'reads.csv', first({ value: '12345678' }), 'value', /digits/],
  ['a register is a number', 'reads.csv', first({ value: '12,5' }), 'value', /digits/],
  ['a read is not of tomorrow', 'reads.csv', first({ read_on: '2027-02-01' }), 'read_on', /after the office/],
  ['a read is of a day with the meter', 'reads.csv', first({ read_on: '1950-01-01' }), 'read_on', /not installed/],
  ['a date is of the calendar', 'reads.csv', first({ read_on: '2026-02-30' }), 'read_on', /YYYY-MM-DD/],
  [
    'a register runs forward',
    'reads.csv',
    (rows) => void Object.assign(rows[5] ?? {}, { value: '1' }),
    'value',
    /below/,
  ],
  ['a rollover is said', 'reads.csv', first({ rollover: '' }, ({ rollover }) => rollover), 'value', /below/],
  [
    ...(['a rollover is one', 'reads.csv'] as const),
    (rows) => void Object.assign(rows[3] ?? {}, { rollover: 'true' }),
    ...(['rollover', /not roll over/] as const),
  ],
];
const PEOPLE: Case[] = [
  ['a type is known', 'customers.csv', first({ type: 'ROYAL' }), 'type', /no ROYAL/],
  ['a phone is a number', 'customers.csv', first({ phones: 'ask next door' }), 'phones/0/value', /telephone/],
  ['a phone is possible', 'customers.csv', first({ phones: '970-555-01' }), 'phones/0/value', /too short/],
  [
    'a state is one of the US',
    'customers.csv',
    first({ mail_state: 'XX' }, (r) => r.mail_line1),
    'mail_state',
    /state/,
  ],
  [
    'a code is one of its country',
    'customers.csv',
    first({ alt_country: 'CA', alt_state: 'ON' }, (r) => r.alt_line1),
    'alt_postal_code',
    /Canada/,
  ],
  [
    'mail goes on by a ZIP code',
    'accounts.csv',
    first({ forward_postal_code: '1' }, (r) => r.forward_line1),
    'forward_postal_code',
    /ZIP/,
  ],
  ['an e-mail address is one', 'customers.csv', first({ emails: 'a@b@c' }), 'emails/0/value', /e-mail/],
  ['an organization has a name', 'customers.csv', first({ organization_name: '' }), 'organization_name', /name/],
  [
    'a person has a last name',
    'customers.csv',
    first({ last_name: '' }, (r) => r.kind === 'PERSON'),
    'last_name',
    /last name/,
  ],
  ['an address is whole', 'customers.csv', first({ mail_city: '' }), 'mail_city', /rest of the address/],
  [
    'an alternate address has a season',
    'customers.csv',
    first({ alt_season_end: '' }, (r) => r.alt_line1),
    'alt_season_end',
    /season/,
  ],
  [
    'a season is of days',
    'customers.csv',
    first({ alt_season_end: '04-31' }, (r) => r.alt_line1),
    'alt_season_end',
    /MM-DD/,
  ],
  ['a place is in a state', 'locations.csv', first({ state: 'XX' }), 'state', /state/],
  ['an account has a customer', 'accounts.csv', first({ customer_number: 'C999999' }), 'customer_number', /no C999999/],
  ['an account has a location', 'accounts.csv', first({ location_number: 'L999999' }), 'location_number', /no L999999/],
  ['an account is in no case', 'accounts.csv', first({ status: 'PENDING_START' }), 'status', /case/],
  ['an active account has not stopped', 'accounts.csv', first({ stop_on: '2026-11-01' }), 'stop_on', /not stopped/],
  ['an active account has a cycle', 'accounts.csv', first({ bill_cycle: '' }, active), 'bill_cycle', /cycle/],
  [
    'a closed account was billed',
    'accounts.csv',
    first({ final_bill_on: '' }, closed),
    'final_bill_on',
    /final billed/,
  ],
  ['a closed account has no live service', 'accounts.csv', closeFirst, 'status', /account is CLOSED/],
  ['an account stops with its last service', 'accounts.csv', laterStop, 'stop_on', /last service ended/],
  [
    ...(['an account has services', 'accounts.csv'] as const),
    (rows) => [...rows, { ...rows[0], account_number: 'A9000000' }],
    ...(['account_number', /no service/] as const),
  ],
  ['an agreement is at a point', 'agreements.csv', first({ position: '2' }), 'service', /WATER 2/],
  ['an agreement has a rate', 'agreements.csv', first({ rate: 'FREE' }), 'rate', /no FREE/],
  ['a rate is of the service', 'agreements.csv', first({ rate: 'RES-SEWER' }), 'rate', /is a rate of SEWER/],
  ['units are above zero', 'agreements.csv', first({ units: '0' }), 'units', /above 0/],
  [
    'a service starts with its account',
    'agreements.csv',
    first({ start_on: '2019-01-01' }),
    'start_on',
    /account started/,
  ],
  [
    'a service ends with its account',
    'agreements.csv',
    first({ end_on: '2026-11-19', last_billed_through: '2026-11-19' }, closed),
    'end_on',
    /account stopped/,
  ],
  [
    ...(['what goes on is metered', 'meters.csv'] as const),
    first({ removed_on: '2026-11-08' }),
    ...(['service', /No meter is installed/] as const),
  ],
  ['what ended has an end', 'agreements.csv', first({ end_on: '' }, closed), 'end_on', /has ended/],
  [
    'what ended is billed',
    'agreements.csv',
    first({ last_billed_through: '' }, closed),
    'last_billed_through',
    /billed to its end/,
  ],
  [
    'a bill ends with a read',
    'agreements.csv',
    first({ last_billed_through: '2026-10-01' }, active),
    'last_billed_through',
    /not read/,
  ],
  [
    'a point has one holder',
    'agreements.csv',
    (rows) => [...rows, second(rows)],
    'start_on',
    /holds the service point/,
  ],
  ['sewer needs the water it follows', 'agreements.csv', without(metered), 'rate', /no metered WATER/],
  ['an active account has a live service', 'agreements.csv', (rows) => endAll(rows), 'status', /All services/],
];
const MONEY: Case[] = [
  ['a landlord is a customer', 'landlords.csv', first({ customer_number: 'C999999' }), 'customer_number', /no C999999/],
  ['a season has two ends', 'landlords.csv', first({ season_start: '11-15' }), 'season_end', /first and a last/],
  ['a decision is one of three', 'landlords.csv', first({ decision: 'MAYBE' }), 'decision', /ALWAYS/],
  ['a line is of a service there', 'landlords.csv', first({ service: 'GAS' }), 'service', /no such service point/],
  ['the lines of an agreement agree', 'landlords.csv', first({ end_on: '2026-01-01' }), 'end_on', /say otherwise/],
  [
    'a stop reason is known',
    'landlords.csv',
    first({ stop_reasons_excluded: 'RAIN' }),
    'stop_reasons_excluded/0',
    /.+/,
  ],
  [
    ...(['a location has one landlord', 'landlords.csv'] as const),
    (rows) => [...rows, { ...rows[0], customer_number: 'C000002', start_on: '2020-01-01' }],
    ...(['start_on', /another landlord/] as const),
  ],
  ['a deposit is above zero', 'deposits.csv', first({ amount_cents: '0' }), 'amount_cents', /.+/],
  ['a deposit is of an account', 'deposits.csv', first({ account_number: 'A0' }), 'account_number', /no A0/],
  ['a deposit was paid', 'deposits.csv', first({ paid_on: '2027-02-01' }), 'paid_on', /after the office/],
  ['a balance of nothing is left out', 'balances.csv', first({ amount_cents: '0' }), 'amount_cents', /zero/],
  ['a balance is of a service', 'balances.csv', first({ service: 'GAS' }), 'service', /no GAS/],
  [
    ...(['the balances of an account are of one day', 'balances.csv'] as const),
    (rows) => [...rows, { ...rows[0], service: 'REFUSE', balance_on: '2026-01-01' }],
    ...(['balance_on', /another day/] as const),
  ],
  ['a closed account owes nothing', 'balances.csv', ofClosed, 'account_number', /CLOSED/],
];

function exchangeRead(kind: string, which: number) {
  return (rows: Cells[]) => {
    const removed = rowWhere(
      folder.read('meters.csv'),
      ({ serial, removed_on }) => serial?.startsWith(kind) && removed_on,
    );
    const reads = rows.filter(
      (row) => row.read_on === removed.removed_on && row.meter?.endsWith(removed.serial?.slice(3) ?? '?'),
    );
    const gone = reads[which];
    if (!gone) throw new Error('The small town has no such exchange');
    return rows.filter((row) => row !== gone);
  };
}

function laterStop(rows: Cells[]): void {
  Object.assign(rowWhere(rows, closed), { stop_on: '2026-11-19', final_bill_on: '2026-11-20' });
}

function closeFirst(rows: Cells[]): void {
  const stop = { stop_on: '2026-11-08', stop_reason: 'CUSTOMER', final_bill_on: '2026-11-09' };
  Object.assign(rowWhere(rows, active), { status: 'CLOSED', ...stop });
}

/** Another account's agreement at the point of the first. */
function second(rows: Cells[]): Cells {
  return { ...rows[0], start_on: rows[0]?.last_billed_through ?? '', last_billed_through: '' };
}

function endAll(rows: Cells[]): Cells[] {
  const { account_number } = rows[0] ?? {};
  const end = { status: 'CLOSED', end_on: '2026-11-08', last_billed_through: '2026-11-08' };
  return rows.map((row) => (row.account_number === account_number ? { ...row, ...end } : row));
}

function ofClosed(rows: Cells[]): void {
  const account = rowWhere(folder.read('accounts.csv'), closed);
  Object.assign(rows[0] ?? {}, { account_number: account.account_number });
}

describe('A bad row is named, and nothing is loaded', () => {
  it.each([...OFFICE, ...PRICES, ...PLACES, ...PEOPLE, ...MONEY])('%s (%s)', async (_, file, spoil, field, reason) => {
    folder.change(file, spoil);
    const { ok, badRows, counts } = await run();
    expect(ok).toBe(false);
    const found = badRows.find((bad) => bad.field === field && reason.test(bad.reason));
    expect(found ?? badRows).toMatchObject({ field });
    expect(found?.line).toBeGreaterThan(1);
    expect(counts.every(({ loaded }) => loaded === 0)).toBe(true);
  });

  it('with the line in which it begins, over blank lines and cells of several lines', async () => {
    folder.writeText(
      'customer-types.csv',
      '\ufeffcode,name\n\nRESIDENTIAL,"Two\nlines"\nSENIOR,Senior\nCOMMERCIAL,\nLANDLORD,L\n',
    );
    const { badRows } = await run();
    const types = badRows.filter(({ file }) => file === 'customer-types.csv');
    expect(types.map(({ line, field }) => [line, field])).toEqual([
      [3, 'name'],
      [6, 'name'],
    ]);
  });

  it('when a row has another number of cells than the header, or is not UTF-8', async () => {
    folder.writeText('customer-types.csv', 'code,name\nRESIDENTIAL\nSENIOR,Se\ufffdnior\nCOMMERCIAL,C\nLANDLORD,L\n');
    const { badRows } = await run();
    expect(badRows[0]).toMatchObject({ line: 2, reason: 'The row has 1 cells, the header has 2' });
    expect(badRows[1]).toMatchObject({ line: 3, field: 'name', reason: 'This is not UTF-8' });
  });
});

describe('A file that is not what it is to be stops the import', () => {
  const faults: [says: string, file: string, text: string, fault: Partial<BadRow>][] = [
    [
      'a column is missing',
      'customer-types.csv',
      'code\nA\n',
      { line: 1, field: 'name', reason: 'The column is missing' },
    ],
    [
      'a column is unknown',
      'customer-types.csv',
      'code,name,size\n',
      { field: 'size', reason: 'There is no such column' },
    ],
    [
      'a column is there twice',
      'customer-types.csv',
      'code,name,name\n',
      { field: 'name', reason: 'The column is there twice' },
    ],
    ['there is no header', 'customer-types.csv', '', { reason: 'There is no header' }],
    [
      'a quote is left open',
      'customer-types.csv',
      'code,name\nA,"B\n',
      { reason: expect.stringContaining('not CSV') as string },
    ],
    ['nobody knows the file', 'pets.csv', 'name\nRex\n', { file: 'pets.csv', reason: 'There is no such file' }],
    ['about.json is not JSON', 'about.json', '{', { file: 'about.json', reason: 'This is not JSON' }],
    [
      'about.json sets what is no setting',
      'about.json',
      '{"describes":"2026-11-20","settings":{"pets":1}}',
      { field: 'settings' },
    ],
    ['about.json has no such zone', 'about.json', '{"describes":"2026-11-20","zone":"Mars"}', { field: 'zone' }],
  ];
  it.each(faults)('%s (%s)', async (_, file, text, fault) => {
    folder.writeText(file, text);
    await expect(run()).rejects.toMatchObject({ faults: [expect.objectContaining(fault)] });
  });
});

it('After all of that the office is as empty as before', async () => {
  expect(await checksums(database.db)).toEqual(empty);
});
