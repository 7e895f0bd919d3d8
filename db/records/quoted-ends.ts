import { Op } from 'sequelize';
import {
  estimateRead,
  refuseEstimate,
  unusualUsage,
  type EstimateQuestion,
  type MeanMonths,
} from '../../domain/billing/usage/estimate';
import { daysBetween, type CivilDate } from '../../domain/dates';
import type { Refusal } from '../../domain/refusal';
import { HOLDING } from '../../domain/states';
import type { Step } from '../../domain/step';
import { RefusedError, rejectIf } from '../errors';
import type { Account, ServiceAgreement } from '../models/occupancy';
import type { Meter } from '../models/places';
import type { Tx } from '../transaction';
import type { EndingService, EndRead } from './billing-facts';
import { judgeStopRead, lastRead, readOfDay, type UnrecordedRead } from './meter-reads';
import { dailyMeanOf } from './past-usage';
import { meterOn } from './places';
import { USUAL } from './plausible-reads';

/** A read that somebody tells beside a question; the meter is named by one of its two numbers. */
export interface ToldRead {
  meterId?: number;
  serial?: string;
  value: string;
  readOn?: CivilDate;
  source: 'ACTUAL' | 'CUSTOMER';
}

/** When service would end, with which reads, and how far back an estimate looks. */
export interface EndQuestion {
  stopOn: CivilDate;
  reads: ToldRead[];
  meanMonths: MeanMonths;
}

/** A service with the read that it would end with: its meter, and the working where it is estimated. */
export interface QuotedEnd extends EndingService {
  meter: Meter | null;
  steps: Step[];
  /** What a person should look at; it stands in nobody's way. */
  warnings: Refusal[];
  /** The place of the told read in the request. */
  toldAt: number | null;
}

type Found = Pick<QuotedEnd, 'end' | 'steps' | 'warnings' | 'toldAt'>;

/**
 * How each service of an account would end on a day: with the read that is recorded or told, else one between the reads
 * around the day, else an estimate by the mean (domain.md rule 4). Nothing is written. Refused: NO_SERVICES,
 * STOPPED_LATER, METER_NOT_OF_ACCOUNT, READ_TWICE, READ_RECORDED, READ_BEFORE_STOP, READ_NEEDED, ESTIMATE_TOO_FAR and
 * the reasons of domain/billing refuseRead.
 */
export async function quotedEnds(tx: Tx, account: Account, question: EndQuestion): Promise<QuotedEnd[]> {
  const agreements = await tx.db.ServiceAgreement.findAll({
    where: { accountId: account.id, status: { [Op.in]: [...HOLDING, 'STOPPED'] } },
    order: [['serviceCode', 'ASC']],
  });
  const ends: QuotedEnd[] = [];
  for (const agreement of agreements) ends.push(await endOf(tx, agreement, question));
  question.reads.forEach((_, i) => {
    const told = ends.filter(({ toldAt }) => toldAt === i);
    if (told.length === 0) refuse('METER_NOT_OF_ACCOUNT', 'No service of this account ends with this meter', i);
  });
  return ends;
}

async function endOf(tx: Tx, agreement: ServiceAgreement, question: EndQuestion): Promise<QuotedEnd> {
  const { stopOn, reads } = question;
  const isStopped = agreement.status === 'STOPPED';
  const endOn = isStopped ? (agreement.endOn ?? stopOn) : stopOn;
  if (endOn > stopOn) {
    const message = `${agreement.serviceCode} stopped on ${endOn}, after this date`;
    throw new RefusedError({ code: 'STOPPED_LATER', message, pointer: '#/stopOn' });
  }
  const meter = await meterOn(tx, agreement.servicePointId, endOn);
  const about = { agreement, meter, stopOn: endOn };
  const nothing: Found = { end: null, steps: [], warnings: [], toldAt: null };
  const isRecorded = agreement.stopReadId !== null && agreement.endOn === endOn;
  const recorded = isRecorded ? await tx.db.MeterRead.findByPk(agreement.stopReadId ?? 0) : null;
  const matching = meter ? reads.flatMap((read, i) => (isOf(meter, read) ? [i] : [])) : [];
  const [at = null, second] = matching;
  if (second !== undefined) refuse('READ_TWICE', 'This meter has another read in the list', second);
  if (at !== null && recorded) refuse('READ_RECORDED', `The service ends with ${recorded.value} already`, at);
  if (recorded) return { ...about, ...nothing, end: recorded };
  if (!meter || isStopped) return { ...about, ...nothing };
  const told = at === null ? null : reads[at];
  const found = told
    ? await withTold(tx, agreement, meter, { ...question, told, at: at ?? 0 })
    : await withoutRead(tx, agreement, meter, question);
  return { ...about, ...nothing, ...found };
}

const isOf = (meter: Meter, { meterId, serial }: ToldRead): boolean =>
  meterId === undefined ? serial === meter.serial : meterId === meter.id && (serial ?? meter.serial) === meter.serial;

/** As the read would be taken at the move-out: judged beside the last one, and put on the day of the stop. */
async function withTold(
  tx: Tx,
  agreement: ServiceAgreement,
  meter: Meter,
  { stopOn, meanMonths, told, at }: EndQuestion & { told: ToldRead; at: number },
): Promise<Partial<Found>> {
  const { value, source, readOn = stopOn } = told;
  const pointer = `#/reads/${at}/value`;
  if (readOn < stopOn) refuse('READ_BEFORE_STOP', `The read is to be of ${stopOn} or later`, at, 'readOn');
  const { verdict, latest } = await judgeStopRead(tx, meter, value);
  rejectIf(verdict.refusal && { ...verdict.refusal, pointer });
  const taken: UnrecordedRead = { meterId: meter.id, value, readOn, source, rollover: verdict.rollover };
  const read = (await readOfDay(tx, meter, stopOn, taken)) ?? taken;
  const mean = latest && source === 'CUSTOMER' ? await dailyMeanOf(tx, agreement, latest.readOn, meanMonths) : null;
  const days = latest ? daysBetween(latest.readOn, readOn) : 0;
  const unusual = mean && verdict.usage !== null ? unusualUsage({ ...USUAL, usage: verdict.usage, days, mean }) : null;
  const warnings = [verdict.warning, unusual].flatMap((each) => (each ? [{ ...each, pointer }] : []));
  return { end: asEnd(read), toldAt: at, warnings };
}

/**
 * How a service ends where nobody tells a read: with one of the day or between two others, else the last one, gone on by
 * the mean. Refused: READ_NEEDED, ESTIMATE_TOO_FAR.
 */
export async function withoutRead(
  tx: Tx,
  agreement: ServiceAgreement,
  meter: Meter,
  { stopOn, meanMonths }: Pick<EndQuestion, 'stopOn' | 'meanMonths'>,
): Promise<{ end: EndRead; steps?: Step[] }> {
  const read = await readOfDay(tx, meter, stopOn);
  if (read) return { end: asEnd(read) };
  const last = await lastRead(tx, meter.id, stopOn);
  const mean = last && (await dailyMeanOf(tx, agreement, last.readOn, meanMonths));
  if (!last || !mean) {
    const message = `No usage of the meter ${meter.serial} is known yet to estimate from: give a read`;
    throw new RefusedError({ code: 'READ_NEEDED', message, pointer: '#/reads' });
  }
  const { dials, multiplier } = meter;
  const question: EstimateQuestion = { last, day: stopOn, mean, months: meanMonths, dials, multiplier };
  const refusal = refuseEstimate(question);
  rejectIf(refusal && { ...refusal, pointer: '#/stopOn' });
  const { value, rollover, steps } = estimateRead(question);
  return { end: { id: null, meterId: meter.id, readOn: stopOn, source: 'ESTIMATED', value, rollover }, steps };
}

const asEnd = (read: UnrecordedRead | EndRead): EndRead => ({ id: null, ...pick(read) });

const pick = ({ meterId, readOn, value, rollover, source }: UnrecordedRead | EndRead) => ({
  ...{ meterId, readOn, value, rollover, source },
});

function refuse(code: string, message: string, at: number, field = 'meterId'): never {
  throw new RefusedError({ code, message, pointer: `#/reads/${at}/${field}` });
}
