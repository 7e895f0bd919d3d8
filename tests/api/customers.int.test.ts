import { INVARIANTS } from '../../tools/invariants';
import { canonicalJson, sha256 } from '../../db/canonical';
import { customerFaults } from '../../db/reads/customer-faults';
import { putSetting } from '../../db/records/settings';
import { inTransaction } from '../../db/transaction';
import { addDays } from '../../domain/dates';
import { DEFAULT_SETTINGS, type Settings } from '../../domain/settings';
import { makeFlats, makeSmallTown, type SmallTown } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { addUser, testApi, type Answered, type TestApi } from './support/api';

let system: TestSystem;
let town: SmallTown;
let api: TestApi;
let token: Record<'cora' | 'cliff' | 'sam' | 'sue' | 'fred' | 'ada', string>;
beforeAll(async () => {
  system = await testSystem();
  town = await makeSmallTown(system.db);
  await system.startWorker();
  api = await testApi(system);
  token = await api.allSignedIn({ ...town.users, ada: await addUser(system.db, 'ada', ['admin']) });
});
afterAll(async () => {
  try {
    for (const { name, find } of INVARIANTS) expect({ name, rows: await find(system.db) }).toEqual({ name, rows: [] });
  } finally {
    await api.close();
    await system.end();
  }
});

const codeOf = ({ status, body }: Answered) => [status, body.code ?? body.status];
const faultsOf = ({ body }: Answered) =>
  body.errors.map(({ pointer, code }: { pointer: string; code: string }) => [pointer, code]);
const set = <K extends keyof Settings>(name: K, value: Settings[K]) =>
  inTransaction(system.db, 1, (tx) => putSetting(tx, name, value));
const changed = (method: 'PUT' | 'PATCH', path: string, body: unknown, who: keyof typeof token, etag?: string | null) =>
  api.call(method, `/api/v1${path}`, { token: token[who], body, ...(etag && { headers: { 'if-match': etag } }) });

let places = 0;
/** A whole form at a new place, without meters. */
const form = (customer: object, more: object = {}) => ({
  customer: { name: { line: 'Ottoline Quackenbush' }, ...customer },
  location: {
    address: { line1: `${++places} Zephyrine Walk`, city: 'Millbrook', state: 'Colorado', postalCode: '800001234' },
  },
  ...{ startDate: town.today, services: [{ serviceCode: 'REFUSE', rateCode: 'RES-REFUSE' }], ...more },
});
const save = (customer: object, more: object = {}, who: 'cora' | 'cliff' = 'cora') =>
  api.post('/cases/onboarding', form(customer, more), token[who]);
const customerOf = (saved: Answered) => api.get(`/customers/${saved.body.customerNumber}`, token.cora);

describe('S2 the numbers of customers', () => {
  afterEach(() => set('customerNumbers', DEFAULT_SETTINGS.customerNumbers));

  it('go on from the value that an administrator sets; gaps stay, and none is given out twice', async () => {
    const first = (await save({})).body.customerNumber as string;
    expect(codeOf(await changed('PUT', '/customers/next-number', { nextValue: 500 }, 'cora'))).toEqual([403, 'ROLE']);
    for (const nextValue of [0, -1, 1_000_000])
      expect(codeOf(await changed('PUT', '/customers/next-number', { nextValue }, 'ada'))).toEqual([
        ...[422, 'NEXT_VALUE_OUT_OF_RANGE'],
      ]);
    const atOnce = await Promise.all(
      [500, 500, 500].map((nextValue) => changed('PUT', '/customers/next-number', { nextValue }, 'ada')),
    );
    expect(atOnce.map(({ body }) => body.customerNumber)).toEqual(Array(3).fill('C000500'));
    const numbers = await Promise.all([save({}), save({}, {}, 'cliff')]);
    expect(numbers.map(({ body }) => body.customerNumber).sort()).toEqual(['C000500', 'C000501']);
    const back = await changed('PUT', '/customers/next-number', { nextValue: 1 }, 'ada');
    expect(back.body.customerNumber).not.toBe(first);
    await changed('PUT', '/customers/next-number', { nextValue: 500 }, 'ada');
    expect((await save({})).body.customerNumber).toBe('C000502');
    const audit = await api.get('/audit?entity=number_counter', token.ada);
    expect(audit.body.data[0]).toMatchObject({ action: 'number.nextValueSet', data: { asked: 500, after: 502 } });
  });

  it('are all typed where the office gives out none, in any letters only once', async () => {
    await set('customerNumbers', { autoIncrement: false, checkDigit: 'NONE' });
    const next = await api.get('/customers/next-number', token.cora);
    expect(next.body).toEqual({ customerNumber: null, autoIncrement: false, copyTicked: true });
    const none = await save({});
    expect([codeOf(none), faultsOf(none)]).toEqual([
      [422, 'NUMBER_MISSING'],
      [['#/customer/number', 'NUMBER_MISSING']],
    ]);
    expect((await save({ number: 'Old-17' })).body.customerNumber).toBe('Old-17');
    expect(codeOf(await save({ number: 'OLD-17' }))).toEqual([409, 'NUMBER_TAKEN']);
  });

  it('end in a check digit where the office wants one; a typed one that is wrong names the right one', async () => {
    await set('customerNumbers', { autoIncrement: true, checkDigit: 'LUHN' });
    const given = (await save({})).body.customerNumber as string;
    expect(given).toMatch(/^C\d{7}$/);
    const wrong = given.slice(0, -1) + String((Number(given.at(-1)) + 1) % 10);
    const refused = await save({ number: wrong });
    expect([codeOf(refused), faultsOf(refused)]).toEqual([
      ...[[422, 'NUMBER_CHECK_DIGIT'], [['#/customer/number', 'NUMBER_CHECK_DIGIT']]],
    ]);
    expect(refused.body.detail).toContain(`ends in ${given.at(-1)}`);
    expect(codeOf(await save({ number: given }))).toEqual([409, 'NUMBER_TAKEN']);
  });
});

describe('S3 the name of a customer', () => {
  it('is shown in parts while it is typed, and what the clerk corrects wins', async () => {
    const split = async (line: string) => (await api.post('/names/split', { line }, token.cora)).body;
    expect(await split('Smith Trust')).toEqual({ kind: 'ORGANIZATION', organization: 'Smith Trust' });
    expect(await split('Quackenbush, Ottoline & Barnaby')).toMatchObject({
      ...{ kind: 'PERSON', first: 'Ottoline', last: 'Quackenbush', second: { first: 'Barnaby', last: null } },
    });
    expect(codeOf(await api.post('/names/split', { line: 'x' }, token.fred))).toEqual([403, 'ROLE']);
    const couple = (await customerOf(await save({ name: { line: 'Ottoline and Barnaby Quackenbush' } }))).body;
    expect(couple).toMatchObject({
      ...{ kind: 'PERSON', displayName: 'Quackenbush, Ottoline & Barnaby', firstName: 'Ottoline' },
      ...{ nameLine: 'Ottoline and Barnaby Quackenbush', second: { first: 'Barnaby', last: null } },
    });
    const trust = (await customerOf(await save({ name: { line: 'Quackenbush Family Trust' } }))).body;
    expect(trust).toMatchObject({ kind: 'ORGANIZATION', displayName: 'Quackenbush Family Trust', lastName: null });
    // A person whom the words would take for an organization.
    const name = { first: 'Ottoline', last: 'Trust' };
    expect((await customerOf(await save({ name }))).body).toMatchObject({
      kind: 'PERSON',
      displayName: 'Trust, Ottoline',
    });
    const long = await save({ name: { line: 'Q'.repeat(81) } });
    expect(faultsOf(long)).toEqual([['#/customer/name/line', 'NAME_PART_TOO_LONG']]);
  });

  it('is found by its words in any order and part, by number, telephone number and e-mail, page by page', async () => {
    const saved = await save({
      name: { line: "García-Márquez, Ottoline O'Brien" },
      ...{ phones: [{ value: '(303) 555-0199 x7' }], emails: [{ value: 'Gabo.Quackenbush@EXAMPLE.com' }] },
    });
    const { customerNumber } = saved.body as { customerNumber: string };
    const found = async (q: string) =>
      (await api.get(`/customers?q=${encodeURIComponent(q)}&limit=100`, token.cora)).body.data.map(
        (row: { customerNumber: string }) => row.customerNumber,
      ) as string[];
    const ways = ['garcia marquez', 'MARQUEZ gar', 'obrien', "O'Brien ottoline", 'marquez-garcia', customerNumber];
    for (const q of [...ways, '3035550199', '303-555-0199', '+1 303 555 0199', '5550199', 'gabo.quackenbush@example'])
      expect({ q, found: (await found(q)).includes(customerNumber) }).toEqual({ q, found: true });
    for (const q of ['garcia lopez', '303-555-0198', 'nobody@example.com', '%', "' OR 1=1"])
      expect({ q, found: await found(q) }).toEqual({ q, found: [] });
    // Customers from before numbers were kept as E.164.
    expect(await found('555-0147')).toEqual(expect.arrayContaining(['C900001', 'C900002']));
    await makeFlats(system.db, 2, {}, 60);
    const page = await api.get('/customers?q=quackenbush&limit=2', token.cora);
    expect(page.body.data).toHaveLength(2);
    const next = await api.get(`/customers?q=quackenbush&limit=2&cursor=${page.body.nextCursor}`, token.cora);
    expect(next.body.data[0].customerNumber).not.toBe(page.body.data[1].customerNumber);
  });
});

describe('S4 customer types', () => {
  it('bring bill cycle, tax and penalty exemption; the form comes first, and one not in use is nobody new’s', async () => {
    const bad = { code: 'CITY', name: 'City buildings', rateClass: 'MUNI', billCycle: 'C9' };
    expect(codeOf(await api.post('/customer-types', bad, token.cora))).toEqual([422, 'RATE_CLASS_UNKNOWN']);
    expect(codeOf(await api.post('/rate-classes', { code: 'MUNI', name: 'x' }, token.cora))).toEqual([403, 'ROLE']);
    for (const path of ['/rate-classes', '/bill-cycles']) {
      const code = path === '/rate-classes' ? 'MUNI' : 'C9';
      expect((await api.post(path, { code, name: 'New' }, token.ada)).status).toBe(201);
      expect(codeOf(await api.post(path, { code, name: 'New' }, token.ada))).toEqual([409, 'CODE_TAKEN']);
      expect((await api.get(path, token.cora)).body.data).toContainEqual({ code, name: 'New' });
    }
    const type = { ...bad, depositPercent: 0, taxExempt: true, penaltyExempt: true };
    // A deposit that is not asked for needs a second person's approval: no clerk makes a type that lets off.
    expect(codeOf(await api.post('/customer-types', type, token.cora))).toEqual([403, 'ROLE']);
    expect((await api.post('/customer-types', type, token.ada)).status).toBe(201);
    expect((await api.get('/customer-types', token.cora)).body.data).toContainEqual({ ...type, inUse: true });
    const accountOf = async (saved: Answered) =>
      (await api.get(`/accounts/${saved.body.accountNumber}`, token.cora)).body;
    expect(await accountOf(await save({ typeCode: 'CITY' }))).toMatchObject({
      ...{ billCycle: 'C9', taxExempt: true, penaltyExempt: true },
    });
    expect(await accountOf(await save({ typeCode: 'CITY' }, { billCycle: 'C1', taxExempt: false }))).toMatchObject({
      ...{ billCycle: 'C1', taxExempt: false, penaltyExempt: true },
    });
    expect(await accountOf(await save({}))).toMatchObject({ billCycle: 'C1', taxExempt: false, penaltyExempt: false });
    const { headers } = await api.get('/customer-types/CITY', token.cora);
    const less = await changed('PATCH', '/customer-types/CITY', { taxExempt: false }, 'cora', headers.get('etag'));
    expect([codeOf(less), faultsOf(less)]).toEqual([[403, 'ROLE'], [['#/taxExempt', undefined]]]);
    const off = await changed('PATCH', '/customer-types/CITY', { inUse: false }, 'cora', headers.get('etag'));
    expect(off.body).toEqual({ ...type, inUse: false });
    const stale = await changed('PATCH', '/customer-types/CITY', { inUse: true }, 'cora', headers.get('etag'));
    expect(codeOf(stale)).toEqual([412, 'PRECONDITION_FAILED']);
    const refused = await save({ typeCode: 'CITY' });
    expect([codeOf(refused), faultsOf(refused)]).toEqual([
      ...[[422, 'CUSTOMER_TYPE_NOT_IN_USE'], [['#/customer/typeCode', 'CUSTOMER_TYPE_NOT_IN_USE']]],
    ]);
  });
});

describe('S4 a tax-exempt account', () => {
  it('is final billed without tax, and each line says so', async () => {
    const { db, desk } = system;
    await db.sequelize.transaction(async () => {
      const rate = await db.Rate.findOne({ where: { code: 'RES-REFUSE' }, rejectOnEmpty: true });
      const version = await db.RateVersion.findOne({ where: { rateId: rate.id }, rejectOnEmpty: true });
      const taxes = [{ code: 'CITY', name: 'City tax', percent: '5' }];
      const definition = canonicalJson({ ...(JSON.parse(version.definition) as object), taxes });
      await version.update({ definition, definitionHash: sha256(definition) });
    });
    const billOf = async (taxExempt: boolean) => {
      const saved = (await save({}, { taxExempt, startDate: addDays(town.today, -5) })).body;
      const { accountNumber, caseId } = saved;
      // What the type does not let off, a second person sees.
      expect(saved.step).toBe(taxExempt ? 'PENDING_APPROVAL' : 'ACTIVE');
      if (taxExempt) await desk.decide(town.users.sue, 'APPROVE_SETUP', 'APPROVE', {}, caseId);
      await desk.ended(caseId);
      const dates = { stopDate: town.today, vacateDate: town.today, forwardingAddress: null, newTenant: 'NO' };
      const { body } = await api.post('/cases/move-out', { accountNumber, ...dates }, token.cora);
      await desk.openTask('APPROVE_FINAL_BILL', body.caseId);
      return (await api.get(`/cases/${body.caseId}/final-bill`, token.sam)).body;
    };
    const [taxed, exempt] = [await billOf(false), await billOf(true)];
    // $12.00 for 5 of 30 days (the day of the start is not the newcomer's), and 5 percent.
    expect([taxed.totalCents, exempt.totalCents]).toEqual([210, 200]);
    const lines = exempt.content.bill.lines as { kind: string; steps: { text: string }[] }[];
    expect(lines.map(({ kind, steps }) => [kind, steps.at(-1)?.text])).toEqual([
      ['FLAT', 'No tax: the account is tax exempt'],
    ]);
  });
});

describe('S5 S11 S12 how customers are reached', () => {
  const home = { line1: 'PO Box 9', city: 'Millbrook', state: 'colorado', postalCode: '800001234' };

  it('names every fault of the form at once, each with its field and rule, and keeps nothing', async () => {
    const before = await system.db.Customer.count();
    const refused = await save({
      typeCode: 'NOBODY',
      phones: [{ value: '123' }, { value: '970-555-0147' }, { value: '(970) 555-0147' }, { value: '97055501470000' }],
      emails: [{ value: 'a@example.com' }, { value: 'a@EXAMPLE.com' }],
      mailingAddress: { ...home, state: 'Atlantis', postalCode: '8000' },
      alternateAddress: { ...home, country: 'CA', seasonStart: '11-15', seasonEnd: '03-31' },
    });
    expect(faultsOf(refused)).toEqual([
      ['#/customer/typeCode', 'CUSTOMER_TYPE_UNKNOWN'],
      ['#/customer/phones/0/value', 'PHONE_NOT_POSSIBLE'],
      ['#/customer/phones/3/value', 'PHONE_NOT_POSSIBLE'],
      ['#/customer/mailingAddress/state', 'ADDRESS_STATE'],
      ['#/customer/mailingAddress/postalCode', 'ADDRESS_ZIP'],
      ['#/customer/alternateAddress/state', 'ADDRESS_STATE'],
      ['#/customer/alternateAddress/postalCode', 'ADDRESS_POSTAL_CODE'],
    ]);
    expect(refused.body.errors[1].detail).toContain('TOO_SHORT');
    const place = form({}, {});
    place.location.address.state = 'ZZ';
    const noPlace = await api.post('/cases/onboarding', place, token.cora);
    expect(faultsOf(noPlace)).toEqual([['#/location/address/state', 'ADDRESS_STATE']]);
    const alone = await api.post('/locations', { address: { ...home, state: 'ZZ' } }, token.cora);
    expect(faultsOf(alone)).toEqual([['#/address/state', 'ADDRESS_STATE']]);
    expect(await system.db.Customer.count()).toBe(before);
  });

  it('warns of what is unusual, which stands against nothing', async () => {
    const twice = { value: '970-555-0147', purpose: null };
    const customer = {
      ...{ name: { prefix: null, first: 'Quackenbush', middle: null, last: 'Bank', suffix: null } },
      phones: [twice, { value: '111-111-1111', purpose: null }, { ...twice, value: '+1 970 555 0147' }],
      emails: ['a@example.com', 'A@example.com'].map((value) => ({ value, purpose: null })),
    };
    const faults = await customerFaults(system.db, DEFAULT_SETTINGS, customer);
    expect(faults.map(({ severity, code, pointer }) => [severity, code, pointer])).toEqual([
      ['WARNING', 'NAME_LOOKS_LIKE_ORGANIZATION', '#/customer/name'],
      ['WARNING', 'PHONE_UNUSUAL', '#/customer/phones/1/value'],
      ['WARNING', 'PHONE_TWICE', '#/customer/phones/2/value'],
      ['WARNING', 'EMAIL_TWICE', '#/customer/emails/1/value'],
    ]);
    const saved = await save(customer);
    expect((await customerOf(saved)).body).toMatchObject({ kind: 'PERSON', displayName: 'Bank, Quackenbush' });
  });

  it('keeps numbers as E.164 and addresses as their country writes them, and shows numbers as the office reads them', async () => {
    const saved = await save({
      phones: [{ value: '555-0147 x12', purpose: 'work' }, { value: '+44 20 7946 0958' }],
      emails: [{ value: ' Ottoline@EXAMPLE.com ', purpose: 'bills' }],
      mailingAddress: home,
      alternateAddress: {
        ...{ line1: '1 Zephyrine Strand', city: 'Norderney', country: 'de', postalCode: '26548' },
        ...{ seasonStart: '12-20', seasonEnd: '02-29' },
      },
    });
    const { body } = await customerOf(saved);
    expect(body.phones).toEqual([
      { value: '(970) 555-0147 ext. 12', number: '+19705550147;ext=12', purpose: 'work' },
      { value: '+44 20 7946 0958', number: '+442079460958', purpose: null },
    ]);
    expect(body.emails).toEqual([{ value: 'Ottoline@example.com', purpose: 'bills' }]);
    expect(body.mailingAddress).toMatchObject({ state: 'CO', postalCode: '80000-1234', country: 'US' });
    const mailsTo = async (day: string) =>
      (await api.get(`/customers/${saved.body.customerNumber}?mailOn=${day}`, token.cora)).body.mailsTo.country;
    expect(await Promise.all(['2027-01-05', '2027-03-01', '2028-02-29', '2026-12-19'].map(mailsTo))).toEqual([
      ...['DE', 'US', 'DE', 'US'],
    ]);
    await set('contacts', { country: 'US', areaCode: null });
    expect(faultsOf(await save({ phones: [{ value: '555-0147' }] }))).toEqual([
      ['#/customer/phones/0/value', 'PHONE_NOT_POSSIBLE'],
    ]);
    await set('contacts', DEFAULT_SETTINGS.contacts);
  });

  it('S3 S4 S5 S11 S12 is corrected after Save, field by field, told to other systems, and only by who has read it', async () => {
    const saved = await save({ phones: [{ value: '970-555-0101' }], emails: [{ value: 'a@example.com' }] });
    const { customerNumber, accountNumber } = saved.body as { customerNumber: string; accountNumber: string };
    const path = `/customers/${customerNumber}`;
    const read = await customerOf(saved);
    const etag = read.headers.get('etag');
    const mailingAddress = { ...home, line1: 'PO Box 77' };
    const patch = {
      name: { line: 'Barnaby Featherstonehaugh' },
      phones: [{ value: '555-0147', purpose: null }],
      mailingAddress,
    };
    expect(codeOf(await changed('PATCH', path, patch, 'cora'))).toEqual([428, 'PRECONDITION_REQUIRED']);
    expect(codeOf(await changed('PATCH', path, patch, 'sam', etag))).toEqual([403, 'ROLE']);
    const wrong = await changed(
      'PATCH',
      path,
      { ...patch, typeCode: 'NOBODY', phones: [{ value: '1', purpose: null }] },
      'cora',
      etag,
    );
    expect(codeOf(wrong)[0]).toBe(400);
    const refused = await changed('PATCH', path, { ...patch, typeCode: 'NOBODY' }, 'cora', etag);
    expect(faultsOf(refused)).toEqual([['#/typeCode', 'CUSTOMER_TYPE_UNKNOWN']]);
    expect((await customerOf(saved)).headers.get('etag')).toBe(etag);
    const done = await changed('PATCH', path, patch, 'cora', etag);
    expect(done.body).toMatchObject({
      ...{ displayName: 'Featherstonehaugh, Barnaby', phones: [{ number: '+19705550147' }] },
      ...{ emails: [{ value: 'a@example.com' }], mailsTo: { line1: 'PO Box 77', state: 'CO' } },
    });
    expect(codeOf(await changed('PATCH', path, patch, 'cora', etag))).toEqual([412, 'PRECONDITION_FAILED']);
    const found = await api.get('/customers?q=featherston%20barnaby&limit=100', token.cora);
    expect(JSON.stringify(found.body)).toContain(customerNumber);
    const changes = (await api.get('/feeds/changes', token.ada)).body.data as {
      kind: string;
      accountNumber: string;
    }[];
    const told = changes.filter((one) => one.kind === 'ADDRESS_CHANGED' && one.accountNumber === accountNumber);
    expect(told).toHaveLength(1);
    // Contacts alone are a new version too, and no new address.
    const later = await changed('PATCH', path, { emails: [] }, 'cora', done.headers.get('etag'));
    expect(later.body).toMatchObject({ emails: [], phones: [{ number: '+19705550147' }] });
    expect(later.headers.get('etag')).not.toBe(done.headers.get('etag'));
    const cleared = await changed('PATCH', path, { mailingAddress: null }, 'cora', later.headers.get('etag'));
    expect(cleared.body.mailsTo).toBeNull();
    const audit = await api.get(`/audit?entity=customer&entityId=${customerNumber}`, token.ada);
    expect(audit.body.data.map(({ data }: { data: { fields?: string[] } }) => data.fields)).toEqual([
      ...[['mailingAddress'], ['emails'], ['mailingAddress', 'name', 'phones'], undefined],
    ]);
    expect(JSON.stringify(audit.body)).not.toMatch(/Barnaby|5550147|PO Box/);
  });
});
