import { QueryTypes } from 'sequelize';
import { allocate } from '../../domain/allocation';
import type { JournalKind } from '../../domain/ledger/journal-kinds';
import type { PostingLine } from '../../domain/ledger';
import { hashOf } from '../canonical';
import { ensure } from '../errors';
import type { Account } from '../models/occupancy';
import type { WriteOff } from '../models/settlement';
import { sumOfCents } from '../sums';
import type { Tx } from '../transaction';
import { balanceOf, post, receivableByService } from './journal';

/** Debts that are off the books and still owed; small balances that the system took off are forgiven. */
const REMEMBERED: readonly JournalKind[] = ['WRITE_OFF', 'WRITE_OFF_RECOVERED'];

/** Somebody asks to take what an account owes off the books; one request of an account is open at a time. */
export function requestWriteOff(
  tx: Tx,
  account: Account,
  given: { caseId: string; reason: string; amountCents: number; requestedBy?: number },
): Promise<WriteOff> {
  const { caseId, reason, amountCents, requestedBy = tx.actorId } = given;
  const about = { accountId: account.id, caseId, amountCents, reason: reason.slice(0, 500) };
  return tx.db.WriteOff.create({ ...about, status: 'REQUESTED', requestedBy, requestedOn: tx.today });
}

/** The open request of an account, locked; null when there is none. */
export function requestedWriteOff(tx: Tx, accountId: number): Promise<WriteOff | null> {
  return tx.db.WriteOff.findOne({ where: { accountId, status: 'REQUESTED' }, lock: true });
}

/** Takes back what was asked for: the account owes something else by now, or nothing. */
export async function cancelWriteOff(tx: Tx, accountId: number): Promise<void> {
  await tx.db.WriteOff.update(
    { status: 'CANCELED', decidedOn: tx.today },
    { where: { accountId, status: 'REQUESTED' } },
  );
}

/** What an approver of a write-off sees and approves, as a hash: another amount is another debt. */
export const writeOffHash = ({ id, accountId, amountCents }: WriteOff): string =>
  hashOf({ writeOffId: id, accountId, amountCents });

/**
 * Takes an approved debt off the books, service by service: nothing is receivable any more, and the debt is remembered
 * (domain.md rule 18). Refused: AMOUNT_CHANGED when the account owes something else by now.
 */
export async function writeOff(
  tx: Tx,
  account: Account,
  request: WriteOff,
  given: { decisionId: string; approvedCents: number },
): Promise<void> {
  const owedCents = await balanceOf(tx, account.id);
  const isSame = owedCents === Number(request.amountCents) && owedCents === given.approvedCents;
  ensure(isSame, 'AMOUNT_CHANGED', 'The account owes another amount by now');
  const { caseId } = request;
  const entry = { entryKey: `write-off/${request.id}`, kind: 'WRITE_OFF' as const, accountId: account.id, caseId };
  await post(tx, { ...entry, lines: await offTheBooks(tx, account) });
  const { decisionId } = given;
  await request.update({ status: 'WRITTEN_OFF', approvedBy: tx.actorId, decisionId, decidedOn: tx.today });
}

/** Takes a balance off the books that is too small to be asked for; it is forgiven, not remembered. */
export async function writeOffSmall(tx: Tx, account: Account, caseId: string): Promise<void> {
  const lines = await offTheBooks(tx, account);
  const entry = { entryKey: `small-write-off/${caseId}`, kind: 'SMALL_WRITE_OFF' as const, accountId: account.id };
  await post(tx, { ...entry, caseId, lines });
}

async function offTheBooks(tx: Tx, account: Account): Promise<PostingLine[]> {
  const owed = await receivableByService(tx, account.id);
  return owed.flatMap(({ serviceCode, cents }) => [
    { ledgerAccount: 'RECEIVABLE' as const, serviceCode, amountCents: -cents },
    { ledgerAccount: 'WRITE_OFF' as const, serviceCode, amountCents: cents },
  ]);
}

/** What of an account's debts is written off and has not come in since, in cents by service. */
async function writtenOffByService(
  tx: Tx,
  accountId: number,
): Promise<{ serviceCode: string | null; cents: number }[]> {
  const rows = await tx.db.sequelize.query<{ serviceCode: string | null; cents: unknown }>(
    `SELECT p.service_code AS serviceCode, ${sumOfCents('p.amount_cents')} AS cents FROM posting p
       JOIN journal_entry e ON e.id = p.entry_id
     WHERE p.account_id = :accountId AND p.ledger_account = 'WRITE_OFF' AND e.kind IN (:kinds)
     GROUP BY p.service_code ORDER BY p.service_code`,
    { replacements: { accountId, kinds: [...REMEMBERED] }, type: QueryTypes.SELECT },
  );
  return rows
    .map(({ serviceCode, cents }) => ({ serviceCode, cents: Number(cents) }))
    .filter(({ cents }) => cents !== 0);
}

/** The same in all. */
export async function writtenOffOf(tx: Tx, accountId: number): Promise<number> {
  return (await writtenOffByService(tx, accountId)).reduce((sum, { cents }) => sum + cents, 0);
}

/**
 * Sets what an account is owed against its debts that were written off, up to what is left of them; returns the cents.
 * Nothing is posted where it is owed nothing or no such debt is left.
 */
export async function recoverWrittenOff(tx: Tx, account: Account, caseId: string): Promise<number> {
  const creditCents = 0 - (await balanceOf(tx, account.id));
  const left = await writtenOffByService(tx, account.id);
  const leftCents = left.reduce((sum, { cents }) => sum + cents, 0);
  const cents = Math.min(creditCents, leftCents);
  if (cents <= 0) return 0;
  const before = await tx.db.JournalEntry.count({ where: { caseId, kind: 'WRITE_OFF_RECOVERED' } });
  await post(tx, {
    ...{ entryKey: `recovery/${caseId}/${before + 1}`, kind: 'WRITE_OFF_RECOVERED', accountId: account.id, caseId },
    lines: [
      ...(await creditsTaken(tx, account.id, cents)),
      ...(await shareOut(tx, cents, left)).map(({ serviceCode, share }) => ({
        ...{ ledgerAccount: 'WRITE_OFF' as const, serviceCode, amountCents: -share },
      })),
    ],
  });
  return cents;
}

/** The credits of an account that make up this sum, one service after the other. */
async function creditsTaken(tx: Tx, accountId: number, cents: number): Promise<PostingLine[]> {
  let left = cents;
  const lines: PostingLine[] = [];
  for (const { serviceCode, cents: owed } of await receivableByService(tx, accountId)) {
    const taken = Math.min(left, Math.max(0, -owed));
    lines.push({ ledgerAccount: 'RECEIVABLE', serviceCode, amountCents: taken });
    left -= taken;
  }
  return lines;
}

async function shareOut(tx: Tx, cents: number, debts: { serviceCode: string | null; cents: number }[]) {
  const services = await tx.db.Service.findAll();
  const priorityOf = new Map(services.map(({ code, priority }) => [code, priority]));
  const { allocated } = allocate(
    cents,
    debts.map(({ serviceCode, cents: amountCents }) => ({
      ...{ serviceType: serviceCode ?? '', amountCents },
      priority: priorityOf.get(serviceCode ?? '') ?? Number.MAX_SAFE_INTEGER,
    })),
    tx.settings.allocation,
  );
  return allocated.map(({ serviceType, cents: share }) => ({ serviceCode: serviceType || null, share }));
}
