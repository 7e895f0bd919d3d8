import { refuseFinalBill, type FinalBillFacts } from '../../domain/billing/price-final-bill';
import type { Settlement } from '../../domain/deposits/settle';
import { maxDate } from '../../domain/dates';
import { refuseQuote } from '../../domain/move-out/refuse-quote';
import { rejectIf, RefusedError } from '../errors';
import type { Deposit } from '../models/money';
import type { Account } from '../models/occupancy';
import type { Tx } from '../transaction';
import { factsOfEndings } from './billing-facts';
import { workOutFinalBill } from './bills';
import type { RevisionContent } from './revision-content';
import { quotedEnds, type EndQuestion, type QuotedEnd } from './quoted-ends';

/** A final bill that is only asked about: the reads it ends with, the bill, and what becomes of the deposits. */
export interface Quote extends RevisionContent {
  ends: QuotedEnd[];
  settlement: Settlement;
  deposits: Deposit[];
}

/**
 * Works a final bill out as it would be drafted for that date and those reads; nothing is written. Refused: the reasons
 * of refuseQuote, quotedEnds and domain/billing refuseFinalBill.
 */
export async function quoteFinalBill(tx: Tx, account: Account, question: EndQuestion): Promise<Quote> {
  const { stopOn } = question;
  const agreements = await tx.db.ServiceAgreement.findAll({ where: { accountId: account.id } });
  const [billed, ...more] = agreements.flatMap(({ lastBilledThrough }) => lastBilledThrough ?? []);
  const { status: accountStatus, startOn, stopOn: setStopOn } = account;
  const lastBilledThrough = billed === undefined ? null : maxDate(billed, ...more);
  rejectIf(refuseQuote({ accountStatus, startOn, setStopOn, lastBilledThrough, stopOn }));
  const ends = await quotedEnds(tx, account, question);
  const facts = await factsOfEndings(tx, account, stopOn, ends);
  refuseFacts(facts, ends);
  const { content, settlement } = await workOutFinalBill(tx, account, facts);
  const deposits = await tx.db.Deposit.findAll({
    where: { id: settlement.remaining.map(({ depositId }) => depositId) },
    order: ['id'],
  });
  return { ...content, ends, settlement, deposits };
}

/** What stands against the facts, at the field of the request that it comes from. */
function refuseFacts(facts: FinalBillFacts, ends: QuotedEnd[]): void {
  const refusal = refuseFinalBill(facts);
  if (!refusal) return;
  const [, list, i] = refusal.pointer?.split('/') ?? [];
  const service = list === 'services' ? facts.services[Number(i)] : undefined;
  const toldAt = service ? ends[Number(i)]?.toldAt : null;
  const isRead = refusal.code.startsWith('READ_') && typeof toldAt === 'number';
  const message = service ? `${service.serviceType}: ${refusal.message}` : refusal.message;
  throw new RefusedError({ code: refusal.code, message, pointer: isRead ? `#/reads/${toldAt}/value` : '#/stopOn' });
}
