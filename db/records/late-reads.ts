import { Op } from 'sequelize';
import { prorateRead } from '../../domain/billing/usage/estimate';
import type { Bill } from '../models/money';
import type { Account, ReadTaken } from '../models/occupancy';
import type { MeterRead } from '../models/places';
import { parsedJson } from '../reads/select';
import type { Tx } from '../transaction';

/** A final bill in force that was estimated, with the reads of its stop that are known now, and whose reads say so. */
export interface LateRead {
  account: Account;
  bill: Bill;
  reads: { estimate: MeterRead; taken: ReadTaken; actual: MeterRead }[];
}

/**
 * The estimated final bills of these meters that a read of later has made known better: each with the reads of its stop
 * date, along a straight line between the read before and the first actual one after it (domain.md rule 4).
 */
export async function lateReads(tx: Tx, meterIds: number[]): Promise<LateRead[]> {
  const estimates = await tx.db.MeterRead.findAll({
    where: { meterId: [...new Set(meterIds)], source: 'ESTIMATED', supersededById: null },
    order: ['id'],
  });
  const byBill = new Map<number, LateRead>();
  for (const estimate of estimates) {
    const known = await readInstead(tx, estimate);
    const stopped = known && (await tx.db.ServiceAgreement.findOne({ where: { stopReadId: estimate.id } }));
    if (!known || !stopped) continue;
    const { accountId } = stopped;
    const bill = await tx.db.Bill.findOne({ where: { accountId, kind: 'FINAL', status: 'POSTED' } });
    if (!bill) continue;
    const account = await tx.db.Account.findByPk(accountId, { rejectOnEmpty: true });
    const late = byBill.get(bill.id) ?? { account, bill, reads: [] };
    late.reads.push({ estimate, ...known });
    byBill.set(bill.id, late);
  }
  return [...byBill.values()];
}

async function readInstead(tx: Tx, estimate: MeterRead): Promise<{ taken: ReadTaken; actual: MeterRead } | null> {
  const { meterId, readOn } = estimate;
  const of = (where: object, order: [string, string][]) =>
    tx.db.MeterRead.findOne({ where: { meterId, supersededById: null, ...where }, order });
  const before = await of({ readOn: { [Op.lt]: readOn } }, [
    ['readOn', 'DESC'],
    ['id', 'DESC'],
  ]);
  const actual = await of({ readOn: { [Op.gt]: readOn }, source: 'ACTUAL' }, [
    ['readOn', 'ASC'],
    ['id', 'ASC'],
  ]);
  if (!before || !actual) return null;
  const { dials } = await tx.db.Meter.findByPk(meterId, { rejectOnEmpty: true });
  const value = prorateRead(before, actual, readOn, dials);
  return { taken: { meterId, value, readOn, source: 'SYSTEM_PRORATED' }, actual };
}

const PREFIX = 'trueup';

/** The id of the form of the one true-up of an estimated read of a bill: there is never a second one. */
export const trueUpId = ({ bill, reads }: LateRead): string => `${PREFIX}-${bill.billNumber}-${reads[0]?.estimate.id}`;

/** Without the reads that this bill's true-up was asked for with before, whatever became of it. */
export async function notAskedBefore(tx: Tx, late: LateRead): Promise<LateRead> {
  const id = { [Op.startsWith]: `${PREFIX}-${late.bill.billNumber}-` };
  const before = await tx.db.Draft.findAll({ where: { id, kind: 'CORRECTION' } });
  const asked = before.flatMap(({ content }) => parsedJson<{ reads: ReadTaken[] }>(content).reads);
  const isAsked = ({ meterId, readOn }: MeterRead) =>
    asked.some((read) => read.meterId === meterId && read.readOn === readOn);
  return { ...late, reads: late.reads.filter(({ estimate }) => !isAsked(estimate)) };
}
