import type { TestSystem } from '../support/system';
import { daysBetween } from '../../domain/dates';
import { balanceOf, heldCentsOf } from '../../db/records/journal';
import { inTransaction } from '../../db/transaction';
import type { HumanTask } from '../../db/models/cases';
import { isDrafted, partyOf, SERVICES, type Flat, type Party } from './model';

/** A flat as a clerk would see it: who was there, who has what, what is asked and what is open. */
export interface View {
  accounts: string[];
  chains: Record<string, string[]>;
  tasks: string[];
  cases: string[];
}

/** What the model says there should be. */
export function modelView(flat: Flat): View {
  const named = (say: (party: Party, index: number) => string[]) =>
    flat.parties.flatMap((party, index) => say(party, index).map((what) => `${what} ${index}`)).sort();
  const chain = (service: (typeof SERVICES)[number]) =>
    flat.chain.flatMap((index) => {
      const { link, start, end } = partyOf(flat, index);
      return link[service] === 'NONE' ? [] : [`${index} ${link[service]} ${start}..${end ?? ''}`];
    });
  return {
    accounts: flat.parties.map(({ role, status, netCents }) => `${role} ${status} ${netCents}`),
    chains: Object.fromEntries(SERVICES.map((service) => [service, chain(service)])),
    tasks: named(tasksOf),
    cases: named(casesOf),
  };
}

function tasksOf(party: Party): string[] {
  const { vacancy, moveOut, settling, netCents } = party;
  return [
    ...(isDrafted(party) ? [moveOut?.sentBack ? 'CORRECT_FINAL_BILL' : 'APPROVE_FINAL_BILL'] : []),
    ...(vacancy?.open && vacancy.choice === 'ASK_TENANT' ? ['NEW_TENANT'] : []),
    ...(vacancy?.open && vacancy.choice === 'ASK_LANDLORD' ? ['RECONNECT_TO_LANDLORD'] : []),
    ...(settling && netCents < 0 ? [`APPROVE_REFUND ${-netCents}`] : []),
  ];
}

function casesOf({ moveOut, vacancy, settling, settingUp }: Party): string[] {
  return [
    ...(moveOut?.open ? ['MOVE_OUT'] : []),
    ...(vacancy?.open ? ['VACANCY'] : []),
    ...(settling ? ['SETTLEMENT'] : []),
    ...(settingUp ? ['ONBOARD'] : []),
  ];
}

const ENDED: Record<string, string> = {
  FINAL_BILLED: 'SETTLED',
  CLOSED: 'SETTLED',
  COLLECTIONS: 'SETTLED',
  WRITTEN_OFF: 'SETTLED',
};

/** A refund is approved of a sum: one that is about to be asked for anew, of another sum, is not the one to answer. */
const askedIn = ({ type, amountCents }: HumanTask): string =>
  type === 'APPROVE_REFUND' ? `${type} ${amountCents}` : type;

/** What there is. */
export async function realView({ db }: TestSystem, locationNumber: string, firstDay: string): Promise<View> {
  const { id: locationId } = await db.Location.findOne({ where: { locationNumber }, rejectOnEmpty: true });
  const accounts = await db.Account.findAll({ where: { locationId }, order: ['id'] });
  const indexOf = new Map(accounts.map(({ id }, index) => [id, index]));
  const open = await db.Case.findAll({ where: { locationId, closedAt: null } });
  const tasks = await db.HumanTask.findAll({ where: { caseId: open.map(({ caseId }) => caseId), status: 'OPEN' } });
  const accountOf = new Map(open.map(({ caseId, accountId }) => [caseId, indexOf.get(accountId ?? 0)]));
  const day = (date: string) => daysBetween(firstDay, date);
  const sums = await inTransaction(db, 1, async (tx) => {
    const nets: number[] = [];
    for (const { id } of accounts) nets.push((await balanceOf(tx, id)) - (await heldCentsOf(tx, id)));
    return nets;
  });
  const agreements = await db.ServiceAgreement.findAll({ where: { accountId: accounts.map(({ id }) => id) } });
  const chain = (serviceCode: string) => {
    const live = agreements.filter((each) => each.serviceCode === serviceCode && each.status !== 'CANCELED');
    const links: string[] = [];
    for (let next = live.find(({ followsId }) => followsId === null); next;) {
      const { accountId, status, startOn, endOn, id } = next;
      const shown = status === 'CLOSED' ? 'STOPPED' : status;
      links.push(`${indexOf.get(accountId)} ${shown} ${day(startOn)}..${endOn ? day(endOn) : ''}`);
      next = live.find(({ followsId }) => followsId === id);
    }
    return links.length === live.length ? links : [`${live.length} links, ${links.length} in the chain`];
  };
  return {
    accounts: accounts.map(({ role, status }, i) => `${role} ${ENDED[status] ?? status} ${sums[i]}`),
    chains: Object.fromEntries(SERVICES.map((service) => [service, chain(service)])),
    tasks: tasks.map((task) => `${askedIn(task)} ${accountOf.get(task.caseId)}`).sort(),
    cases: open.map(({ type, accountId }) => `${type} ${indexOf.get(accountId ?? 0)}`).sort(),
  };
}
