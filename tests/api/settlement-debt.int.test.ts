import { addDays } from '../../domain/dates';
import { eventually } from '../support/eventually';
import { invariantsHold } from '../support/flat';
import { codeOf, settledTown, SOON, type SettledTown } from '../support/settled';
import { copiedForm, deposit, scratchForm } from '../support/set-up';

let here: SettledTown;
afterEach(() => here.end());

const owing = (more: Parameters<typeof settledTown>[1] = {}) =>
  settledTown({ depositCents: 0 }, { collections: SOON, ...more });
const linesTold = async () =>
  (await here.db.CollectionsLine.findAll({ order: ['id'] })).map(({ kind, balanceCents }) => `${kind} ${balanceCents}`);
const told = (...lines: string[]) => eventually(async () => expect(await linesTold()).toEqual(lines));
const stepOf = async (caseId: string) => (await here.db.Case.findByPk(caseId))?.step;

/** The bill stays unpaid until it is asked what becomes of it. */
async function unpaid(): Promise<{ billNumber: string; caseId: string }> {
  const billNumber = await here.finalBilled();
  const { caseId } = await here.settlement();
  await here.desk.advance(60);
  await here.desk.openTask('HAND_TO_COLLECTIONS');
  return { billNumber, caseId };
}

async function withCollections(): Promise<{ billNumber: string; caseId: string }> {
  const about = await unpaid();
  expect(codeOf(await here.decide('cliff', 'HAND_TO_COLLECTIONS', 'HAND_OVER'))).toEqual([200, 'APPLIED']);
  await here.standsAt('COLLECTIONS', 1783);
  return about;
}

async function writtenOff(): Promise<{ billNumber: string; caseId: string }> {
  const about = await unpaid();
  await here.decide('cliff', 'HAND_TO_COLLECTIONS', 'WRITE_OFF');
  expect(codeOf(await here.decide('sam', 'APPROVE_WRITE_OFF', 'APPROVE'))).toEqual([200, 'APPLIED']);
  await here.desk.ended(about.caseId);
  await here.standsAt('WRITTEN_OFF', 0);
  return about;
}

describe('COLLECTIONS: a balance that stays unpaid', () => {
  it('BALANCE_DUE > COLLECTIONS > PAID: reminded as often as the policy says, handed over once, money ends it', async () => {
    here = await owing();
    const { caseId } = await unpaid();
    expect(await here.db.CaseEvent.count({ where: { caseId, kind: 'BALANCE_REMINDED' } })).toBe(2);
    const shown = (await here.get(`/cases/${caseId}`)).body;
    expect(shown).toMatchObject({ step: 'BALANCE_DUE', waitingOn: 'CLERK' });
    expect(shown.waitsFor).toMatch(/^Waits for a clerk to hand the unpaid balance to collections/);
    expect(codeOf(await here.decide('cliff', 'HAND_TO_COLLECTIONS', 'HAND_OVER'))).toEqual([200, 'APPLIED']);
    await here.standsAt('COLLECTIONS', 1783);
    expect(await stepOf(caseId)).toBe('COLLECTIONS');
    const file = await here.post('/collections-files');
    expect(file).toMatchObject({ status: 201, body: { fileNumber: 'CF000001', lineCount: 1, totalCents: 1783 } });
    expect(codeOf(await here.post('/collections-files'))).toEqual([409, 'NO_COLLECTIONS']);
    const text = (await here.get('/collections-files/CF000001')).body as string;
    expect(text).toContain(`HANDED_OVER,${here.town.accountNumber},`);
    expect(text).toContain('12 Zephyrine Walk');

    await here.pay('R-1', 1000);
    await told('HANDED_OVER 1783', 'CHANGED 783');
    await here.standsAt('COLLECTIONS', 783);
    await here.pay('R-2', 783);
    await here.desk.ended(caseId);
    await here.standsAt('CLOSED', 0);
    expect(await stepOf(caseId)).toBe('PAID');
    expect(await linesTold()).toEqual(['HANDED_OVER 1783', 'CHANGED 783', 'PAID 0']);
    expect((await here.post('/collections-files')).body).toMatchObject({ fileNumber: 'CF000002', lineCount: 2 });
    expect((await here.get('/collections-files')).body.data).toHaveLength(2);
    expect((await here.get('/collections-files/CF000001')).body).toBe(text);
    expect(codeOf(await here.get('/collections-files/UF000001'))).toEqual([404, 'NOT_FOUND']);
    await invariantsHold(here.system);
  });

  it('BALANCE_DUE: the customer gets more time, then it is asked again; too little is not handed over', async () => {
    here = await owing({ collections: { ...SOON, minCents: 2000 } });
    const { caseId } = await unpaid();
    const until = addDays(here.town.today, 70);
    const wait = (day: string) => here.decide('cora', 'HAND_TO_COLLECTIONS', 'WAIT', { data: { until: day } });
    expect(codeOf(await wait(here.town.today))).toEqual([422, 'WAIT_IN_PAST']);
    expect(codeOf(await wait(addDays(here.town.today, 800)))).toEqual([422, 'WAIT_TOO_LONG']);
    expect(codeOf(await here.decide('cora', 'HAND_TO_COLLECTIONS', 'HAND_OVER'))).toEqual([409, 'BELOW_COLLECTIONS']);
    expect(codeOf(await wait(until))).toEqual([200, 'APPLIED']);
    await eventually(async () =>
      expect(await here.db.Case.findByPk(caseId)).toMatchObject({ step: 'BALANCE_DUE', waitingOn: 'CUSTOMER' }),
    );
    expect(await here.db.HumanTask.count({ where: { type: 'HAND_TO_COLLECTIONS', status: 'OPEN' } })).toBe(0);
    await here.desk.advance(10);
    await here.desk.openTask('HAND_TO_COLLECTIONS');
    await here.pay('R-1', 1783);
    await here.desk.ended(caseId);
    await here.standsAt('CLOSED', 0);
    await invariantsHold(here.system);
  });

  it('COLLECTIONS: by the system itself where the policy says so; written off after so long, RECALLED then', async () => {
    here = await owing({ collections: { ...SOON, autoHandOver: true, writeOffAfterDays: 100 } });
    await here.finalBilled();
    const { caseId } = await here.settlement();
    await here.desk.advance(60);
    await here.standsAt('COLLECTIONS', 1783);
    await here.desk.advance(100);
    expect((await here.desk.openTask('APPROVE_WRITE_OFF')).amountCents).toBe(1783);
    expect(codeOf(await here.decide('sue', 'APPROVE_WRITE_OFF', 'REJECT'))).toEqual([200, 'APPLIED']);
    await eventually(async () => expect(await here.db.Case.findByPk(caseId)).toMatchObject({ waitingOn: 'CUSTOMER' }));
    await here.desk.advance(100);
    expect(codeOf(await here.decide('sam', 'APPROVE_WRITE_OFF', 'APPROVE'))).toEqual([200, 'APPLIED']);
    await here.desk.ended(caseId);
    await here.standsAt('WRITTEN_OFF', 0);
    expect(await linesTold()).toEqual(['HANDED_OVER 1783', 'RECALLED 0']);
    await invariantsHold(here.system);
    const handle = here.system.client.workflow.getHandle(caseId);
    await handle.result();
    // The longest way of a settlement that people do not lengthen: far below a thousand.
    expect(((await handle.fetchHistory()).events ?? []).length).toBeLessThan(250);
  });
});

describe('WRITTEN_OFF: a debt that is taken off the books', () => {
  it('is asked for, approved by another person within their limit, posted by service and remembered', async () => {
    here = await owing({ approvalLimitsCents: { supervisor: 2_000 } });
    const { caseId } = await unpaid();
    await here.decide('cliff', 'HAND_TO_COLLECTIONS', 'WRITE_OFF');
    const task = await here.desk.openTask('APPROVE_WRITE_OFF');
    expect(task).toMatchObject({ amountCents: 1783, draftedBy: here.town.users.cliff });
    await here.set({ approvalLimitsCents: { supervisor: 1_782 } });
    expect(codeOf(await here.decide('sam', 'APPROVE_WRITE_OFF', 'APPROVE'))).toEqual([403, 'OVER_LIMIT']);
    await here.set({ approvalLimitsCents: { supervisor: 1_783 } });
    await here.db.sequelize.transaction(() =>
      here.db.UserRole.create({ userId: here.town.users.cliff, role: 'supervisor' }),
    );
    expect(codeOf(await here.decide('cliff', 'APPROVE_WRITE_OFF', 'APPROVE'))).toEqual([403, 'OWN_WORK']);
    expect(codeOf(await here.decide('sam', 'APPROVE_WRITE_OFF', 'APPROVE'))).toEqual([200, 'APPLIED']);
    await here.desk.ended(caseId);
    await here.standsAt('WRITTEN_OFF', 0);
    expect(await stepOf(caseId)).toBe('WRITTEN_OFF');
    expect(await here.moved('WRITE_OFF')).toEqual([
      ['RECEIVABLE REFUSE -400', 'WRITE_OFF REFUSE 400', 'RECEIVABLE WATER -1383', 'WRITE_OFF WATER 1383'],
    ]);
    // Rule 18: the debt still finds whoever owes it.
    const { customerNumber } = (await here.accountNow()).customer;
    const { data } = (await here.get(`/customers/${customerNumber}/old-debts`)).body;
    expect(data).toContainEqual(expect.objectContaining({ accountNumber: here.town.accountNumber, owedCents: 1783 }));
    await invariantsHold(here.system);
  });

  it('a "no" leaves the debt; one for another amount is asked anew; a clerk asks at any time', async () => {
    here = await owing();
    await here.finalBilled();
    const { caseId } = await here.settlement();
    await here.flat.stepOf(caseId, 'BALANCE_DUE');
    const ask = () => here.post(`/accounts/${here.town.accountNumber}/write-off`, { reason: 'Left the country' });
    expect(codeOf(await ask())).toEqual([201, 'APPLIED']);
    expect(codeOf(await ask())).toEqual([409, 'WRITE_OFF_ASKED']);
    const first = await here.desk.openTask('APPROVE_WRITE_OFF');
    await here.pay('R-1', 83);
    await eventually(async () => {
      const again = await here.desk.openTask('APPROVE_WRITE_OFF');
      expect([again.id === first.id, again.amountCents, again.draftedBy]).toEqual([false, 1700, here.town.users.cora]);
    });
    expect(codeOf(await here.decide('sue', 'APPROVE_WRITE_OFF', 'REJECT'))).toEqual([200, 'APPLIED']);
    await here.standsAt('FINAL_BILLED', 1700);
    expect(codeOf(await ask())).toEqual([201, 'APPLIED']);
    await here.desk.openTask('APPROVE_WRITE_OFF');
    await here.pay('R-2', 1700);
    await here.desk.ended(caseId);
    await here.standsAt('CLOSED', 0);
    expect(codeOf(await ask())).toEqual([409, 'NO_BALANCE_DUE']);
    expect(await here.db.WriteOff.count({ where: { status: 'REQUESTED' } })).toBe(0);
    await invariantsHold(here.system);
  });

  it('ZERO: a small balance the system itself takes off the books, and forgives', async () => {
    here = await owing({ deMinimisBalanceCents: 100 });
    await here.finalBilled();
    const { caseId } = await here.settlement();
    await here.flat.stepOf(caseId, 'BALANCE_DUE');
    await here.pay('R-1', 1700);
    await here.desk.ended(caseId);
    await here.standsAt('CLOSED', 0);
    expect(await stepOf(caseId)).toBe('ZERO');
    expect(await here.moved('SMALL_WRITE_OFF')).toEqual([['RECEIVABLE REFUSE -83', 'WRITE_OFF REFUSE 83']]);
    const { customerNumber } = (await here.accountNow()).customer;
    expect((await here.get(`/customers/${customerNumber}/old-debts`)).body.data).toEqual([]);
    await invariantsHold(here.system);
  });

  it('money on it re-opens it: recovered up to the debt, the rest is the customer’s', async () => {
    here = await owing();
    await writtenOff();
    await here.pay('R-1', 783);
    await eventually(async () =>
      expect(await here.moved('WRITE_OFF_RECOVERED')).toEqual([
        ['RECEIVABLE null 783', 'WRITE_OFF REFUSE 0', 'WRITE_OFF WATER -783'].filter((line) => !line.endsWith(' 0')),
      ]),
    );
    await here.standsAt('WRITTEN_OFF', 0);
    await here.pay('R-2', 1200);
    const refund = await eventually(async () => {
      const task = await here.desk.openTask('APPROVE_REFUND');
      expect(task.amountCents).toBe(200);
      return task;
    });
    await here.decide('sam', 'APPROVE_REFUND', 'APPROVE');
    await here.desk.ended(refund.caseId);
    await here.standsAt('CLOSED', 0);
    await invariantsHold(here.system);
  });
});

describe('FINAL_BILLED again: a payment on a written off debt comes back', () => {
  const takenBack = async () => {
    await writtenOff();
    await here.pay('R-1', 783);
    await here.standsAt('WRITTEN_OFF', 0);
    await eventually(async () => expect(await here.moved('WRITE_OFF_RECOVERED')).toHaveLength(1));
    expect(codeOf(await here.post('/payments/R-1/reverse', { reason: 'Not honored' }, 'sam'))).toEqual([
      201,
      'APPLIED',
    ]);
    await here.standsAt('FINAL_BILLED', 783);
  };

  it('a small rest is forgiven, and the account stays written off for what is remembered', async () => {
    here = await owing({ deMinimisBalanceCents: 100 });
    await takenBack();
    await here.pay('R-2', 700);
    await here.standsAt('WRITTEN_OFF', 0);
    expect(await here.moved('SMALL_WRITE_OFF')).toHaveLength(1);
    expect(await here.db.Case.count({ where: { type: 'SETTLEMENT', closedAt: null } })).toBe(0);
    await invariantsHold(here.system);
  });

  it('whoever took it back does not approve that it is written off', async () => {
    here = await owing();
    await takenBack();
    const { caseId } = await here.settlement();
    await here.flat.stepOf(caseId, 'BALANCE_DUE');
    const asked = await here.post(`/accounts/${here.town.accountNumber}/write-off`, { reason: 'Left the country' });
    expect(codeOf(asked)).toEqual([201, 'APPLIED']);
    expect(codeOf(await here.decide('sam', 'APPROVE_WRITE_OFF', 'APPROVE'))).toEqual([403, 'OWN_WORK']);
    expect(codeOf(await here.decide('sue', 'APPROVE_WRITE_OFF', 'APPROVE'))).toEqual([200, 'APPLIED']);
    await here.desk.ended(caseId);
    await here.standsAt('WRITTEN_OFF', 0);
    await invariantsHold(here.system);
  });
});

it('a payment on a canceled set-up comes back: with collections, paid, and the account is canceled as before', async () => {
  here = await owing();
  const opened = await here.desk.setUp(here.town.users.cliff, scratchForm(here.town, { deposits: [deposit(5_000)] }));
  const accountNumber = opened.accountNumber!;
  const pay = (receiptNumber: string) =>
    here.post(`/accounts/${accountNumber}/payments`, {
      ...{ receiptNumber, amountCents: 2_000, receivedOn: here.town.today, method: 'CHECK', applyTo: 'ACCOUNT' },
    });
  const standsAt = (status: string, balanceCents: number) =>
    eventually(async () => expect(await here.accountNow(accountNumber)).toMatchObject({ status, balanceCents }));
  expect(codeOf(await pay('R-1'))[0]).toBe(201);
  await here.desk.command(here.town.users.cliff, opened.caseId, 'CANCEL');
  await here.desk.openTask('APPROVE_REFUND');
  await here.decide('sue', 'APPROVE_REFUND', 'APPROVE');
  await standsAt('CANCELED', 0);
  await eventually(async () =>
    expect(await here.db.Case.count({ where: { type: 'SETTLEMENT', closedAt: null } })).toBe(0),
  );
  expect(codeOf(await here.post('/payments/R-1/reverse', { reason: 'Not honored' }, 'sam'))).toEqual([201, 'APPLIED']);
  await standsAt('CANCELED', 2_000);
  const { caseId } = await here.settlement();
  await here.flat.stepOf(caseId, 'BALANCE_DUE');
  await here.desk.advance(70);
  await here.desk.openTask('HAND_TO_COLLECTIONS');
  expect(codeOf(await here.decide('cliff', 'HAND_TO_COLLECTIONS', 'HAND_OVER'))).toEqual([200, 'APPLIED']);
  await standsAt('COLLECTIONS', 2_000);
  await invariantsHold(here.system);
  expect(codeOf(await pay('R-2'))[0]).toBe(201);
  await here.desk.ended(caseId);
  await standsAt('CANCELED', 0);
  await invariantsHold(here.system);
});

describe('undo: a bill that was posted with a wrong read', () => {
  it('with collections: they are told what is owed now, and that they have it no more', async () => {
    here = await owing();
    const { billNumber, caseId } = await withCollections();
    await here.correct(billNumber, '3500');
    await told('HANDED_OVER 1783', 'CHANGED 1483');
    await here.standsAt('COLLECTIONS', 1483);
    await here.pay('R-1', 1400);
    await told('HANDED_OVER 1783', 'CHANGED 1483', 'CHANGED 83');
    const [newest] = (await here.accountNow()).bills;
    await here.correct(newest.billNumber, '2500');
    const refund = await eventually(async () => {
      const task = await here.desk.openTask('APPROVE_REFUND');
      expect([task.caseId, task.amountCents]).toEqual([caseId, 217]);
      return task;
    });
    expect((await linesTold()).at(-1)).toBe('RECALLED 0');
    await here.decide('sam', 'APPROVE_REFUND', 'APPROVE');
    await here.desk.ended(refund.caseId);
    await here.standsAt('CLOSED', 0);
    await invariantsHold(here.system);
  });

  it('written off: a smaller bill lowers the remembered debt, a larger one is owed again', async () => {
    here = await owing();
    const { billNumber } = await writtenOff();
    await here.correct(billNumber, '3500');
    await eventually(async () =>
      expect((await here.moved('WRITE_OFF_RECOVERED')).flat()).toEqual([
        'RECEIVABLE WATER 300',
        'WRITE_OFF WATER -300',
      ]),
    );
    await here.standsAt('WRITTEN_OFF', 0);
    const [newest] = (await here.accountNow()).bills;
    await here.correct(newest.billNumber, '5500');
    await here.standsAt('FINAL_BILLED', 600);
    await here.pay('R-1', 600);
    await here.standsAt('WRITTEN_OFF', 0);
    const { customerNumber } = (await here.accountNow()).customer;
    expect((await here.get(`/customers/${customerNumber}/old-debts`)).body.data).toContainEqual(
      expect.objectContaining({ owedCents: 1483 }),
    );
    await invariantsHold(here.system);
  });
});

it('S17 undo: the wrong person was moved out: the same customer begins anew on the read that ended them, deposit and all', async () => {
  here = await settledTown();
  const billNumber = await here.finalBilled();
  await here.desk.openTask('APPROVE_REFUND');
  // The landlord took over, on the same day: the tenant's new agreements come in the place of the landlord's.
  await here.desk.decide(here.town.users.cora, 'RECONNECT_TO_LANDLORD', 'RECONNECT');
  await eventually(async () =>
    expect(await here.db.Case.count({ where: { type: 'VACANCY', closedAt: null } })).toBe(0),
  );
  const { customerNumber } = (await here.accountNow()).customer;
  const form = copiedForm(here.town, {
    ...{ customer: { existing: customerNumber }, startDate: here.town.today },
    deposits: [{ serviceCode: 'WATER', amountCents: 8217, waivedBecause: null }],
  });
  const setUp = await here.desk.setUp(here.town.users.cliff, form);
  if (setUp.step === 'PENDING_APPROVAL') await here.desk.decide(here.town.users.sam, 'APPROVE_SETUP', 'APPROVE');
  const toAccountNumber = setUp.accountNumber!;
  const moved = await here.post(`/accounts/${here.town.accountNumber}/transfers`, {
    ...{ toAccountNumber, kind: 'CREDIT', applyTo: 'DEPOSIT', reason: 'The wrong person was moved out' },
  });
  expect(codeOf(moved)).toEqual([201, 'APPLIED']);
  await here.desk.ended(setUp.caseId);
  await here.standsAt('CLOSED', 0);
  expect(await here.accountNow(toAccountNumber)).toMatchObject({
    status: 'ACTIVE',
    balanceCents: 0,
    depositsHeldCents: 8217,
  });
  // The old agreements and the bill of their days stay; the new ones begin on the read that ended them.
  expect((await here.get(`/bills/${billNumber}`)).body).toMatchObject({ status: 'POSTED', totalCents: 1783 });
  expect((await here.flat.chain()).map((link) => link.split(' ').slice(0, 2).join(' '))).toEqual([
    ...['TENANT CLOSED', 'LANDLORD CANCELED', 'TENANT ACTIVE'],
  ]);
  const [old, , anew] = await here.db.ServiceAgreement.findAll({ where: { serviceCode: 'WATER' }, order: ['id'] });
  expect(anew!.startReadId).toBe(old!.stopReadId);
  await invariantsHold(here.system);
});
