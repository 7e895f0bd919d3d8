import type { MoveOutForm, OnboardForm } from '../../contract/forms';
import { addDays } from '../../domain/dates';
import type { CaseType } from '../../domain/states';
import { INVARIANTS } from '../../tools/invariants';
import { eventually } from './eventually';
import { copiedForm } from './set-up';
import type { SmallTown } from './small-town';
import type { TestSystem } from './system';

/** What happens around the small town's flat, in the words of its stories. */
export function flatStories(here: () => { system: TestSystem; town: SmallTown }) {
  const db = () => here().system.db;

  /** The case of this type that is open at the flat. */
  const openCaseOf = (type: CaseType) => db().Case.findOne({ where: { type, closedAt: null }, rejectOnEmpty: true });
  const openOrder = async (caseId: string) =>
    (await db().ServiceOrder.findOne({ where: { caseId, status: 'SCHEDULED' }, rejectOnEmpty: true })).orderNumber;

  function dayOf(date: string): string {
    const { today } = here().town;
    const days = Array.from({ length: 61 }, (_, i) => i - 30).find((n) => addDays(today, n) === date);
    return days === undefined ? date : `T${days < 0 ? days : `+${days}`}`;
  }

  return {
    openCaseOf,
    openOrder,

    /** Cora moves a customer out: the tenant, today, unless it is said otherwise. */
    moveOut(more: Partial<MoveOutForm> = {}) {
      const { system, town } = here();
      const { accountId, accountNumber, today } = town;
      return system.desk.moveOut(town.users.cora, {
        ...{ accountId, accountNumber, stopDate: today, vacateDate: today },
        ...{ stopReason: 'CUSTOMER', forwardingAddress: null, newTenant: 'YES', ...more },
      });
    },

    /** Fred reads the meter for the order of a case. */
    async report(caseId: string, value: string, readOn = here().town.today) {
      const { system, town } = here();
      const read = { meterId: town.meterId, value, readOn };
      return system.desk.report(town.users.fred, await openOrder(caseId), read);
    },

    /** Cliff sets up a new tenant with the leaver's services. */
    setUpAt(startDate = here().town.today, more: Partial<OnboardForm> = {}) {
      const { system, town } = here();
      return system.desk.setUp(town.users.cliff, copiedForm(town, { startDate, ...more }));
    },

    /** The move-out that handing over to a newcomer opened for the landlord. */
    landlordsMoveOut: (startedByCase: string) =>
      db().Case.findOne({ where: { type: 'MOVE_OUT', startedByCase }, rejectOnEmpty: true }),

    /** Waits until a case stands at a step. */
    stepOf: (caseId: string, step: string) =>
      eventually(async () => expect((await db().Case.findByPk(caseId))?.step).toBe(step)),

    /** The agreements of a service in the order in which they were made: role, status, from and to. */
    async chain(serviceCode = 'WATER'): Promise<string[]> {
      const { today } = here().town;
      const agreements = await db().ServiceAgreement.findAll({ where: { serviceCode }, order: ['id'] });
      const links: string[] = [];
      for (const { accountId, status, startOn, endOn } of agreements) {
        const { role } = await db().Account.findByPk(accountId, { rejectOnEmpty: true });
        const from = startOn === addDays(today, -400) ? '' : dayOf(startOn);
        links.push(`${role} ${status} ${from}..${endOn ? dayOf(endOn) : ''}`);
      }
      return links;
    },

    /** The tenant has left, the landlord has the services and nothing is open. */
    async handedToLandlord(): Promise<void> {
      const { system, town } = here();
      const left = await this.moveOut({ newTenant: 'NO' });
      await this.report(left.caseId, '1500');
      await system.desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
      await system.desk.ended(left.caseId);
    },
  };
}

/** Every invariant holds, at the latest when what is under way has come to rest. */
export const invariantsHold = (system: TestSystem): Promise<void> =>
  eventually(async () => {
    for (const { name, find } of INVARIANTS) expect({ name, rows: await find(system.db) }).toEqual({ name, rows: [] });
  });
