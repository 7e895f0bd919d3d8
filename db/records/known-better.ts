import { Op } from 'sequelize';
import type { FinalBillFacts, FinalBillService } from '../../domain/billing/price-final-bill';
import { correctFacts, type ServiceCorrection } from '../../domain/corrections/correct-facts';
import { RefusedError } from '../errors';
import type { Account, ReadTaken, ServiceAgreement } from '../models/occupancy';
import type { Meter, MeterRead, Rate } from '../models/places';
import { classOfAccount } from '../reads/place-class';
import type { Tx } from '../transaction';
import { rateVersions } from './billing-facts';
import { correctRead, judgeCorrection } from './meter-reads';

/** What whoever asks for a correction says: reads in the place of wrong ones, other rates of the same services. */
export interface SaidBetter {
  reads: ReadTaken[];
  rates: { serviceCode: string; position?: number; rateCode: string }[];
}

/** What is known now of a final bill's facts, and what has to be written for that once it is approved. */
export interface KnownBetter {
  facts: FinalBillFacts;
  reads: { meter: Meter; wrong: MeterRead; taken: ReadTaken }[];
  rates: { agreement: ServiceAgreement; rate: Rate }[];
}

/**
 * The facts of an issued final bill as they are known now: what the records say of its reads and rates, over that what is
 * said; nothing is written. Refused, with the field: READ_NOT_OF_BILL, READ_TWICE, the reasons of judgeCorrection,
 * SERVICE_UNKNOWN, SERVICE_AMBIGUOUS, SERVICE_TWICE, RATE_UNKNOWN, RATE_NOT_FOR_CLASS, RATE_UNCHANGED.
 */
export async function knownBetter(
  tx: Tx,
  account: Account,
  billed: FinalBillFacts,
  said: SaidBetter,
): Promise<KnownBetter> {
  const id = billed.services.map(({ agreementId }) => agreementId);
  const agreements = await tx.db.ServiceAgreement.findAll({ where: { id }, order: ['id'], lock: true });
  const services = await Promise.all(
    agreements.map(async (agreement) => {
      const service = billed.services.find(({ agreementId }) => agreementId === agreement.id)!;
      return { agreement, service, ...(await readsOf(tx, agreement, service)) };
    }),
  );
  const reads: KnownBetter['reads'] = [];
  for (const i of said.reads.keys()) reads.push(await readToCorrect(tx, services, said, i));
  const rates: KnownBetter['rates'] = [];
  for (const i of said.rates.keys()) rates.push(await rateToCorrect(tx, account, agreements, said, i));
  refuseTwice(reads, rates);
  const corrections = services.map(async ({ agreement, start, stop }): Promise<ServiceCorrection> => {
    const rateId = rates.find((each) => each.agreement.id === agreement.id)?.rate.id ?? agreement.rateId;
    const better = (read: MeterRead | null) => reads.find(({ wrong }) => wrong.id === read?.id)?.taken ?? read;
    const last = better(stop);
    return {
      agreementId: agreement.id,
      ...{ startValue: better(start)?.value ?? null, endValue: last?.value ?? null },
      estimated: last && last.source === 'ESTIMATED',
      rateVersions: await rateVersions(tx, rateId),
    };
  });
  return { facts: correctFacts(billed, await Promise.all(corrections)), reads, rates };
}

/** Writes what is known better into the records, in the transaction that posts the bill that is worked out from it. */
export async function writeBetter(tx: Tx, { reads, rates }: KnownBetter, caseId: string): Promise<void> {
  for (const { meter, wrong, taken } of reads) {
    const read = await correctRead(tx, meter, wrong, taken, caseId);
    // The final bill went up to this read, and its correction does.
    await tx.db.ServiceAgreement.update(
      { lastBilledReadId: read.id },
      { where: { lastBilledReadId: wrong.id, stopReadId: read.id } },
    );
  }
  for (const { agreement, rate } of rates) {
    const data = { before: agreement.rateId, after: rate.id };
    await agreement.update({ rateId: rate.id });
    tx.audit({ action: 'agreement.rate-corrected', entity: 'service_agreement', entityId: agreement.id, data });
  }
}

/**
 * The accounts of others whose bills these reads are in too, posted or waiting for approval: each of those needs a
 * correction of its own.
 */
export async function alsoBilled(tx: Tx, account: Account, { reads }: KnownBetter): Promise<string[]> {
  const ids = reads.map(({ wrong }) => wrong.id);
  if (ids.length === 0) return [];
  const sharing = await tx.db.ServiceAgreement.findAll({
    where: {
      accountId: { [Op.ne]: account.id },
      [Op.or]: [{ startReadId: ids }, { stopReadId: ids }],
    },
  });
  const drafts = await tx.db.BillRevision.findAll({
    where: { accountId: sharing.map(({ accountId }) => accountId), status: 'DRAFT' },
  });
  const drafted = new Set(drafts.map(({ accountId }) => accountId));
  const billed = sharing.filter(
    ({ accountId, lastBilledThrough }) => lastBilledThrough !== null || drafted.has(accountId),
  );
  const accounts = await tx.db.Account.findAll({ where: { id: billed.map(({ accountId }) => accountId) } });
  return accounts.map(({ accountNumber }) => accountNumber).sort();
}

interface BilledService {
  agreement: ServiceAgreement;
  service: FinalBillService;
  start: MeterRead | null;
  stop: MeterRead | null;
}

/** The reads that the bill of a service begins and ends with; a begin that an earlier bill ended with is that bill's. */
async function readsOf(tx: Tx, agreement: ServiceAgreement, service: FinalBillService) {
  const { startReadId, stopReadId } = agreement;
  const isFirst = service.lastBilledThrough === null;
  return {
    start: isFirst && startReadId !== null ? await tx.db.MeterRead.findByPk(startReadId) : null,
    stop: stopReadId === null ? null : await tx.db.MeterRead.findByPk(stopReadId),
  };
}

async function readToCorrect(tx: Tx, services: BilledService[], { reads }: SaidBetter, i: number) {
  const pointer = `#/reads/${i}`;
  const taken = reads[i]!;
  const ends = services.flatMap(({ stop, start }) => [stop, start]).filter((read) => read !== null);
  const wrong = ends.find(({ meterId, readOn }) => meterId === taken.meterId && readOn === taken.readOn);
  const meter = wrong && (await tx.db.Meter.findByPk(wrong.meterId));
  if (!wrong || !meter) throw refusal('READ_NOT_OF_BILL', 'The bill has no read of this meter on this day', pointer);
  try {
    await judgeCorrection(tx, meter, wrong, taken);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    throw refusal(error.refusal.code, error.refusal.message, `${pointer}/value`);
  }
  return { meter, wrong, taken };
}

async function rateToCorrect(
  tx: Tx,
  account: Account,
  agreements: ServiceAgreement[],
  { rates }: SaidBetter,
  i: number,
) {
  const pointer = `#/rates/${i}`;
  const { serviceCode, position, rateCode } = rates[i]!;
  const ofService = agreements.filter((each) => each.serviceCode === serviceCode);
  const points = await tx.db.ServicePoint.findAll({ where: { id: ofService.map((each) => each.servicePointId) } });
  const atPosition = (id: number) => points.find((point) => point.id === id)?.position === position;
  const meant = position === undefined ? ofService : ofService.filter((each) => atPosition(each.servicePointId));
  const [agreement, ...more] = meant;
  if (!agreement) throw refusal('SERVICE_UNKNOWN', 'The bill has no such service', `${pointer}/serviceCode`);
  if (more.length > 0)
    throw refusal('SERVICE_AMBIGUOUS', 'The bill has this service several times: say the position', pointer);
  const rate = await tx.db.Rate.findOne({ where: { serviceCode, code: rateCode } });
  if (rate?.code !== rateCode) throw refusal('RATE_UNKNOWN', 'The service has no such rate', `${pointer}/rateCode`);
  const forClass = rate.classCode === null || rate.classCode === (await classOfAccount(tx.db, account));
  if (!forClass) throw refusal('RATE_NOT_FOR_CLASS', 'The rate is for places of another class', `${pointer}/rateCode`);
  if (rate.id === agreement.rateId)
    throw refusal('RATE_UNCHANGED', 'The service has this rate already', `${pointer}/rateCode`);
  return { agreement, rate };
}

function refuseTwice(reads: KnownBetter['reads'], rates: KnownBetter['rates']): void {
  for (const [i, { wrong }] of reads.entries())
    if (reads.findIndex((each) => each.wrong.id === wrong.id) < i)
      throw refusal('READ_TWICE', 'This read is corrected twice', `#/reads/${i}`);
  for (const [i, { agreement }] of rates.entries())
    if (rates.findIndex((each) => each.agreement.id === agreement.id) < i)
      throw refusal('SERVICE_TWICE', 'The service is listed twice', `#/rates/${i}/serviceCode`);
}

const refusal = (code: string, message: string, pointer: string) => new RefusedError({ code, message, pointer });
