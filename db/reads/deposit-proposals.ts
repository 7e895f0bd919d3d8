import {
  proposeDeposit,
  type DepositPolicy,
  type DepositProposal,
  type DepositQuestion,
} from '../../domain/deposits/propose';
import { addMonths, type CivilDate } from '../../domain/dates';
import type { AccountRole, AccountStatus } from '../../domain/states';
import type { Db } from '../create-db';
import type { Service } from '../models/places';
import { servicesOfClass } from './class-defaults';
import { select, sumOf } from './select';

/** Who is to be asked for deposits, for what and where; null is not known yet. */
export interface DepositAbout {
  locationId: number | null;
  classCode: string | null;
  typeCode: string | null;
  customerId: number | null;
  role: AccountRole;
  services: { serviceCode: string; position: number }[];
  today: CivilDate;
  waivedAfterMonths: number | null;
}

/** The deposit that is proposed for a service. */
export type ServiceDeposit = DepositProposal & { serviceCode: string };

/** A service's deposit policy, as data; a class may have an amount of its own. */
export function policyOf(service: Service, classCents: number | null = null): DepositPolicy {
  const amountCents = classCents ?? Number(service.defaultDepositCents);
  if (service.depositKind === 'NONE') return { kind: 'NONE' };
  if (service.depositKind === 'FIXED') return { kind: 'FIXED', amountCents };
  return { kind: 'AVERAGE_BILL', times: service.depositTimes ?? '1', fallbackCents: amountCents };
}

/** What each service of a set-up is to be secured with, and why, in the order of their priority (domain.md row S9). */
export async function depositProposals(db: Db, about: DepositAbout): Promise<ServiceDeposit[]> {
  const { classCode, typeCode, customerId, role, services, today, waivedAfterMonths } = about;
  const codes = [...new Set(services.map(({ serviceCode }) => serviceCode))];
  const known = await db.Service.findAll({ where: { code: codes }, order: ['priority', 'code'] });
  const ofClass = classCode === null ? [] : await servicesOfClass(db, classCode);
  const type = typeCode === null ? null : await db.CustomerType.findByPk(typeCode);
  const billed = await billedAt(db, about);
  const monthsInGoodCredit = customerId === null ? null : await monthsOfGoodCredit(db, customerId, today);
  return known.map((service) => {
    const classCents = ofClass.find(({ serviceCode }) => serviceCode === service.code)?.depositCents ?? null;
    const { cents, days } = billed.get(service.code) ?? { cents: 0, days: 0 };
    const question = { policy: policyOf(service, classCents), role, percent: type?.depositPercent ?? 100 };
    const credit = { monthsInGoodCredit, waivedAfterMonths };
    return { serviceCode: service.code, ...proposeDeposit({ ...question, ...credit, billed: { cents, days } }) };
  });
}

/** What each service's points here were billed in the last 12 months, whoever had them, and for how many days. */
async function billedAt(
  db: Db,
  { locationId, services, today }: DepositAbout,
): Promise<Map<string, DepositQuestion['billed']>> {
  const sums = new Map<string, DepositQuestion['billed']>();
  if (locationId === null) return sums;
  const rows = await select<{ serviceCode: string; position: number; cents: number; days: number }>(
    db,
    `SELECT p.service_code serviceCode, p.position position, ${sumOf('x.cents')} cents, ${sumOf('x.days')} days
     FROM (SELECT g.service_point_id point, b.id bill, SUM(l.amount_cents) cents,
         DATEDIFF(b.period_through, b.period_from) + 1 days
       FROM bill_line l JOIN bill b ON b.id = l.bill_id AND b.status = 'POSTED'
         JOIN service_agreement g ON g.id = l.service_agreement_id JOIN service_point sp ON sp.id = g.service_point_id
       WHERE sp.location_id = :locationId AND b.posted_on > :from
       GROUP BY g.service_point_id, b.id, b.period_through, b.period_from) x
     JOIN service_point p ON p.id = x.point GROUP BY p.service_code, p.position`,
    { locationId, from: addMonths(today, -12) },
  );
  for (const { serviceCode, position, cents, days } of rows) {
    if (!services.some((each) => each.serviceCode === serviceCode && each.position === Number(position))) continue;
    // Points of one service are billed side by side: their sums add up, their days do not.
    const before = sums.get(serviceCode) ?? { cents: 0, days: 0 };
    sums.set(serviceCode, { cents: before.cents + Number(cents), days: Math.max(before.days, Number(days)) });
  }
  return sums;
}

const BAD: readonly AccountStatus[] = ['COLLECTIONS', 'WRITTEN_OFF'];
const NOT_BEGUN: readonly AccountStatus[] = ['PENDING_APPROVAL', 'PENDING_START', 'CANCELED'];

/** For how many whole months a customer has had accounts, if none of those that ended was left unpaid; else null. */
async function monthsOfGoodCredit(db: Db, customerId: number, today: CivilDate): Promise<number | null> {
  const rows = await select<{ status: AccountStatus; startOn: CivilDate; cents: number }>(
    db,
    `SELECT a.status status, a.start_on startOn, (SELECT ${sumOf('p.amount_cents')} FROM posting p
       WHERE p.account_id = a.id AND p.ledger_account = 'RECEIVABLE') cents
     FROM account a WHERE a.customer_id = :customerId AND a.status NOT IN (:notBegun) ORDER BY a.start_on`,
    { customerId, notBegun: [...NOT_BEGUN] },
  );
  const [first] = rows;
  const owes = rows.some(
    ({ status, cents }) => BAD.includes(status) || (status === 'FINAL_BILLED' && Number(cents) > 0),
  );
  if (!first || owes) return null;
  const [years = 0, months = 0, days = 0] = first.startOn.split('-').map(Number);
  const [nowYears = 0, nowMonths = 0, nowDays = 0] = today.split('-').map(Number);
  return (nowYears - years) * 12 + nowMonths - months - (nowDays < days ? 1 : 0);
}
