import { putSetting } from '../../db/records/settings';
import { inTransaction } from '../../db/transaction';
import type { Settings } from '../../domain/settings';
import { testApi, type Answered, type TestApi } from '../api/support/api';
import { eventually } from './eventually';
import { flatStories } from './flat';
import { makeFlats, makeSmallTown, type SmallTown, type SmallTownOptions } from './small-town';
import { testSystem, type TestSystem } from './system';

/** After two reminders, 30 days late at the earliest, from $10.00 on. */
export const SOON: Settings['collections'] = {
  ...{ afterReminders: 2, afterDays: 30, minCents: 1_000, autoHandOver: false, writeOffAfterDays: null },
};

/** The small town over HTTP, with a tenant who was final billed $17.83: water $13.83, refuse $4.00. */
export type SettledTown = Awaited<ReturnType<typeof settledTown>>;

export async function settledTown(options: SmallTownOptions = {}, policy: Partial<Settings> = {}) {
  const system: TestSystem = await testSystem();
  const town: SmallTown = await makeSmallTown(system.db, options);
  await system.startWorker();
  const api: TestApi = await testApi(system);
  const token = await api.allSignedIn(town.users);
  const flat = flatStories(() => ({ system, town }));
  type Who = keyof SmallTown['users'];
  const { db, desk } = system;

  const here = {
    ...{ system, town, api, token, flat, db, desk },

    async set(more: Partial<Settings>): Promise<void> {
      await inTransaction(db, 1, async (tx) => {
        for (const name of Object.keys(more) as (keyof Settings)[]) await putSetting(tx, name, more[name]!);
      });
    },

    async finalBilled(): Promise<string> {
      const { caseId } = await flat.moveOut({ newTenant: 'NO' });
      await flat.report(caseId, '4500');
      await desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
      await desk.ended(caseId);
      const [bill] = (await here.accountNow()).bills;
      return bill.billNumber as string;
    },

    accountNow: async (accountNumber = town.accountNumber) =>
      (await api.get(`/accounts/${accountNumber}`, token.cora)).body,
    standsAt: (status: string, balanceCents: number, depositsHeldCents = 0) =>
      eventually(async () =>
        expect(await here.accountNow()).toMatchObject({ status, balanceCents, depositsHeldCents }),
      ),

    /** The postings of each entry of this kind on the tenant's account, in their order. */
    async moved(kind: string): Promise<string[][]> {
      const entries = await db.JournalEntry.findAll({ where: { kind, accountId: town.accountId }, order: ['id'] });
      const of = async (entryId: number) =>
        (await db.Posting.findAll({ where: { entryId }, order: ['id'] })).map(
          (line) => `${line.ledgerAccount} ${line.serviceCode} ${line.amountCents}`,
        );
      return Promise.all(entries.map(({ id }) => of(id)));
    },

    pay: (receiptNumber: string, amountCents: number) =>
      desk.pay(town.users.cora, {
        ...{ accountId: town.accountId, accountNumber: town.accountNumber, receiptNumber, amountCents },
        ...{ receivedOn: town.today, method: 'CASH', applyTo: 'ACCOUNT' },
      }),

    settlement: () => flat.openCaseOf('SETTLEMENT'),

    /** Decides on the open task over HTTP. */
    async decide(who: Who, type: Parameters<typeof desk.openTask>[0], outcome: string, more: object = {}) {
      const { id, version } = await desk.openTask(type);
      const comment = outcome === 'APPROVE' || outcome === 'HAND_OVER' ? null : 'Said so';
      return api.post(`/tasks/${id}/complete`, { version, outcome, comment, ...more }, token[who]);
    },

    post: (path: string, body: unknown = undefined, who: Who = 'cora', key?: string) =>
      api.post(path, body, token[who], key),
    get: (path: string, who: Who = 'cora') => api.get(path, token[who]),

    /** Corrects the final bill's read, approved. */
    async correct(billNumber: string, value: string): Promise<void> {
      const reads = [{ meterId: town.meterId, value, readOn: town.today, source: 'ACTUAL' }];
      const asked = await here.post(`/bills/${billNumber}/cancel`, { reason: 'Misread', reads });
      expect(asked.status).toBe(201);
      await desk.decide(town.users.sam, 'APPROVE_CORRECTION', 'APPROVE');
      await desk.ended(asked.body.caseId);
    },

    /** Another flat of the same tenant, with an account that owes nothing. */
    async secondAccount(): Promise<{ id: number; accountNumber: string }> {
      const [other] = await makeFlats(db, 1, { depositCents: 0 });
      const { customerId } = await db.Account.findByPk(town.accountId, { rejectOnEmpty: true });
      await db.sequelize.transaction(() => db.Account.update({ customerId }, { where: { id: other!.accountId } }));
      return { id: other!.accountId, accountNumber: other!.accountNumber };
    },

    async end(): Promise<void> {
      await api.close();
      await system.end();
    },
  };
  await here.set(policy);
  return here;
}

/** Status and code of an answer, or its own status. */
export const codeOf = ({ status, body }: Answered) => [status, body.code ?? body.status];
