import { addDays } from '../../domain/dates';
import type { RateVersion } from '../../domain/billing/rate/rate-version';
import { inTransaction, type Tx } from '../../db/transaction';
import { makeSmallTown, type SmallTown } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { addUser, testApi, type Answered, type TestApi } from './support/api';

let system: TestSystem;
let town: SmallTown;
let api: TestApi;
let token: Record<'cora' | 'cliff' | 'sam' | 'sue' | 'fred' | 'olive' | 'ada', string>;

beforeEach(async () => {
  system = await testSystem();
  town = await makeSmallTown(system.db);
  api = await testApi(system);
  token = await api.allSignedIn({ ...town.users, ada: await addUser(system.db, 'ada', ['admin']) });
});
afterEach(async () => {
  await api.close();
  await system.end();
});

type Who = keyof typeof token;
const RATE = '/rates/RES-WATER';
const faultOf = ({ status, body }: Answered) => [status, body.code, body.errors?.[0]?.pointer];
const changed = <T>(act: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(system.db, 1, act);

/** Twice the price of water from a day on. */
const version = (more: object = {}): RateVersion => ({
  effectiveFrom: town.today,
  unit: 'gal',
  charges: [
    { kind: 'BASE', amount: '20.00' },
    { kind: 'TIERS', per: '1000', tierProration: 'WHOLE', tiers: [{ upTo: null, rate: '6.00' }] },
  ],
  rounding: { mode: 'HALF_UP', place: 'LINE' },
  proration: {
    ...{ newConnect: 'PRORATE_BASE_AND_MIN', finalDisconnect: 'PRORATE_BASE_AND_MIN' },
    ...{ divisor: 'FIXED_30', normalDays: 30, tolerance: null, capAtOne: false },
  },
  taxes: [],
  ...more,
});
const draft = (body: unknown = version(), who: Who = 'sam') => api.post(`${RATE}/versions`, body, token[who]);
const one = (effectiveFrom = town.today) => `${RATE}/versions/${effectiveFrom}`;
const publish = (definitionHash: string, who: Who = 'sue', effectiveFrom = town.today) =>
  api.post(`${one(effectiveFrom)}/publish`, { definitionHash }, token[who]);
const send = (method: string, path: string, who: Who, ifMatch: string, body?: unknown) =>
  api.call(method, `/api/v1${path}`, { token: token[who], body, headers: { 'if-match': ifMatch } });
const quoted = async () => {
  const reads = [{ meterId: town.meterId, value: '4500' }];
  const { body } = await api.post(
    `/accounts/${town.accountNumber}/quote`,
    { stopOn: addDays(town.today, 10), reads },
    token.cora,
  );
  return body.totalCents as number;
};

describe('publishing a version of a rate', () => {
  it('takes two people, and only then bills use it', async () => {
    const before = await quoted();
    const drafted = await draft();
    expect(drafted.status).toBe(201);
    expect(drafted.body).toMatchObject({
      ...{ effectiveFrom: town.today, status: 'DRAFT', definition: version() },
      ...{ draftedBy: { username: 'sam' }, publishedBy: null, publishedAt: null },
    });
    expect(await quoted()).toBe(before);

    const { definitionHash } = drafted.body;
    expect(faultOf(await publish(definitionHash, 'sam'))).toEqual([403, 'OWN_WORK', undefined]);
    expect(faultOf(await publish(definitionHash, 'cora'))).toEqual([403, 'ROLE', undefined]);
    expect(faultOf(await publish('0'.repeat(64)))).toEqual([409, 'DRAFT_CHANGED', '#/definitionHash']);
    const published = await publish(definitionHash);
    expect(published.body).toMatchObject({ status: 'PUBLISHED', publishedBy: { username: 'sue' }, definitionHash });

    // Nine of twenty days at the old price, eleven at the new: base $3.00 + $7.33 for $6.67, usage $4.73 + $11.55 for $10.50.
    expect((await quoted()) - before).toBe(300 + 733 - 667 + (473 + 1155 - 1050));
    expect(faultOf(await publish(definitionHash))).toEqual([409, 'RATE_PUBLISHED', undefined]);
    const rate = (await api.get(RATE, token.cora)).body;
    expect(rate).toMatchObject({ code: 'RES-WATER', serviceCode: 'WATER' });
    expect(rate.versions).toMatchObject([
      { effectiveFrom: '2020-01-01', status: 'PUBLISHED', draftedBy: null, publishedBy: null },
      { effectiveFrom: town.today, status: 'PUBLISHED' },
    ]);
    const audited = await system.db.AuditLog.findAll({ where: { entity: 'rate_version' }, order: ['seq'] });
    expect(audited.map(({ action }) => action)).toEqual(['rate.drafted', 'rate.published']);
  });

  it('is held by the database alone', async () => {
    await draft();
    const [sam, sue] = [town.users.sam, town.users.sue];
    const draftOf = { effectiveFrom: town.today };
    const write = (values: object) => changed(({ db }) => db.RateVersion.unscoped().update(values, { where: draftOf }));
    const published = { status: 'PUBLISHED', publishedAt: new Date() };
    await expect(write({ ...published, publishedBy: sam })).rejects.toThrow('rate_version_four_eyes');
    await expect(write({ ...published })).rejects.toThrow('rate_version_publisher');
    await expect(write({ publishedBy: sue })).rejects.toThrow('rate_version_drafter');
    await expect(write({ status: 'PUBLISHED' })).rejects.toThrow('rate_version_status');
    await expect(write({ draftedBy: null, draftedAt: null })).rejects.toThrow('rate_version_drafter');
    await write({ ...published, publishedBy: sue });
  });

  it('lets a draft be replaced and withdrawn as it was seen; whoever replaces it has drafted it', async () => {
    const first = await draft();
    const etag = first.headers.get('etag') ?? '';
    const next = version({ charges: [{ kind: 'BASE', amount: '21.00' }] });
    expect(faultOf(await draft(next, 'sue'))).toEqual([409, 'RATE_VERSION_THERE', '#/effectiveFrom']);
    const replaced = await send('PUT', one(), 'sue', etag, next);
    expect(replaced.body).toMatchObject({ draftedBy: { username: 'sue' }, definition: next });
    expect(faultOf(await publish(first.body.definitionHash, 'ada'))[1]).toBe('DRAFT_CHANGED');
    expect((await publish(replaced.body.definitionHash, 'sue')).body.code).toBe('OWN_WORK');
    expect((await send('PUT', one(), 'sam', etag, next)).status).toBe(412);
    const moved = await send('PUT', one(), 'sam', replaced.body.definitionHash, {
      ...next,
      effectiveFrom: '2099-01-01',
    });
    expect(faultOf(moved)).toEqual([422, 'RATE_DATE', '#/effectiveFrom']);
    expect((await send('DELETE', one(), 'sam', etag)).status).toBe(412);
    expect((await send('DELETE', one(), 'sam', replaced.headers.get('etag') ?? '')).status).toBe(204);
    expect((await api.get(one(), token.cora)).status).toBe(404);
    expect((await draft()).status).toBe(201);
    expect((await send('DELETE', one('2020-01-01'), 'sam', etag)).body.code).toBe('RATE_PUBLISHED');
  });
});

describe('a version that is not right', () => {
  it('is refused with every problem at once, each with its pointer', async () => {
    const wrong = version({
      ...{ effectiveTo: '2019-01-01', unit: 'CCF' },
      charges: [
        { kind: 'BASE', amount: 'ten' },
        { kind: 'TIERS', per: '0', tierProration: 'WHOLE', tiers: [{ upTo: '5', rate: '1' }] },
      ],
    });
    const { status, body } = await draft(wrong);
    expect(status).toBe(422);
    const pointers = body.errors.map(({ pointer }: { pointer: string }) => pointer);
    for (const pointer of ['#/effectiveTo', '#/unit']) expect(pointers).toContain(pointer);
    for (const place of ['#/charges/0', '#/charges/1'])
      expect(pointers.some((pointer: string) => pointer.startsWith(place))).toBe(true);
    for (const { code, detail } of body.errors)
      expect([code, detail]).toEqual([expect.stringMatching(/^RATE_/), expect.any(String)]);
    const { body: shape } = await draft({
      ...version(),
      unit: 5,
      rounding: { mode: 'NEVER', place: 'LINE' },
      extra: 1,
    });
    expect(shape.code).toBe('MALFORMED');
    expect(shape.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '#/extra',
      '#/rounding/mode',
      '#/unit',
    ]);
    expect((await api.get(RATE, token.cora)).body.versions).toHaveLength(1);
  });

  it('is refused where its figures lie too deep in each other', async () => {
    const amount = `${'{"sum":['.repeat(4000)}"1"${']}'.repeat(4000)}`;
    const text = JSON.stringify({ ...version(), charges: [{ kind: 'BASE', amount: 'deep' }] });
    const deep = await draft(text.replace('"deep"', amount));
    expect(faultOf(deep)).toEqual([400, 'MALFORMED', '#']);
  });

  it('is refused where its days are billed, at the draft and again when it is published', async () => {
    const billed = addDays(town.today, -10);
    expect(faultOf(await draft(version({ effectiveFrom: billed })))).toEqual([
      409,
      'RATE_DAYS_BILLED',
      '#/effectiveFrom',
    ]);
    const { body } = await draft(version({ effectiveFrom: addDays(billed, 1) }));
    await changed(({ db }) =>
      db.ServiceAgreement.update({ lastBilledThrough: town.today }, { where: { accountId: town.accountId } }),
    );
    expect(faultOf(await publish(body.definitionHash, 'sue', addDays(billed, 1)))[1]).toBe('RATE_DAYS_BILLED');
  });

  it('is refused where another version has its days', async () => {
    const later = addDays(town.today, 30);
    const { body } = await draft(version({ effectiveFrom: later }));
    expect((await publish(body.definitionHash, 'sue', later)).status).toBe(200);
    const over = await draft(version({ effectiveTo: addDays(later, 1) }));
    expect(faultOf(over)).toEqual([422, 'RATE_OVERLAP', '#/effectiveTo']);
  });
});

describe('who sees and drafts rates', () => {
  it('clerks see them, supervisors and administrators draft them', async () => {
    expect((await draft(version(), 'cora')).body.code).toBe('ROLE');
    expect((await api.get('/rates', token.fred)).status).toBe(403);
    await draft(version(), 'ada');
    const { body } = await api.get('/rates?limit=1', token.cora);
    expect(body.data).toMatchObject([{ code: 'RES-REFUSE', serviceCode: 'REFUSE', isDefault: true }]);
    const rest = await api.get(`/rates?cursor=${body.nextCursor}`, token.cora);
    expect(rest.body.data).toMatchObject([
      { code: 'RES-WATER', versions: [{ status: 'PUBLISHED' }, { status: 'DRAFT', effectiveFrom: town.today }] },
    ]);
    expect((await api.get('/rates/res-water', token.cora)).status).toBe(404);
  });

  it('get the schema of a version', async () => {
    const { body } = await api.get('/rates/schema', token.cora);
    expect(body).toMatchObject({ type: 'object', additionalProperties: false });
    expect(body.required.sort()).toEqual(['charges', 'effectiveFrom']);
    expect(Object.keys(body.properties)).toEqual(expect.arrayContaining(['rounding', 'proration', 'taxes']));
  });
});
