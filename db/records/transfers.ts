import { allocate } from '../../domain/allocation';
import { compareDates } from '../../domain/dates';
import type { PostingLine } from '../../domain/ledger';
import { pair } from '../../domain/transfers/pair';
import type { TransferKind } from '../../domain/transfers/refuse-transfer';
import type { ApplyTo } from '../../domain/states';
import { ensure } from '../errors';
import type { Deposit } from '../models/money';
import type { Account } from '../models/occupancy';
import type { Tx } from '../transaction';
import { openDeposits } from './deposit-requests';
import { depositsHeld, post, receivableByService, type EntryLine } from './journal';
import { debtsOf, spreadOver } from './open-debts';

/** Money that is moved to another account of the same customer; both are locked, and refuseTransfer has let it through. */
export interface NewTransfer {
  /** Names the entry, so that it is posted once. */
  transferId: string;
  kind: TransferKind;
  from: Account;
  to: Account;
  /** What there is, or the part of it that was asked for. */
  amountCents: number;
  /** What a credit is for at the other account. */
  applyTo: ApplyTo;
  /** Nobody named the amount: what a deposit does not take stays. */
  isAll: boolean;
}

/**
 * Moves a credit or a debt in one entry with postings on both accounts (domain.md rule 15 f); returns the cents that were
 * moved. A credit is first what is held, the oldest deposit first; at the other account it is set against debts by rule
 * 16, or fills the deposits that were asked for, which go on from what was paid once. A debt keeps its service. Refused:
 * NO_DEPOSIT_ASKED, OVER_DEPOSIT.
 */
export async function transferMoney(tx: Tx, transfer: NewTransfer): Promise<number> {
  const lines = transfer.kind === 'DEBT' ? await debtLines(tx, transfer) : await creditLines(tx, transfer);
  const { transferId, from } = transfer;
  await post(tx, { entryKey: `transfer/${transferId}`, kind: 'TRANSFER', accountId: from.id, caseId: null, lines });
  const moved = lines.filter(({ accountId, amountCents }) => accountId === from.id && amountCents !== 0);
  return Math.abs(moved.reduce((sum, { amountCents }) => sum + amountCents, 0));
}

async function debtLines(tx: Tx, { from, to, amountCents }: NewTransfer): Promise<EntryLine[]> {
  const { allocated } = allocate(amountCents, await debtsOf(tx, from.id), tx.settings.allocation);
  return allocated.flatMap(({ serviceType, cents }) => {
    const owed = { ledgerAccount: 'RECEIVABLE' as const, serviceCode: serviceType || null };
    return [
      { ...owed, accountId: from.id, amountCents: 0 - cents },
      { ...owed, accountId: to.id, amountCents: cents },
    ];
  });
}

async function creditLines(tx: Tx, transfer: NewTransfer): Promise<EntryLine[]> {
  const { from, to, amountCents, applyTo } = transfer;
  const sources = await sourcesOf(tx, from.id);
  if (applyTo === 'DEPOSIT') return depositLines(tx, transfer, sources);
  const taken = pair(
    sources.map(({ cents }) => cents),
    [amountCents],
  );
  const spread = await spreadOver(tx, to.id, amountCents);
  return [
    ...taken.map(({ source, cents }) => ({ ...sources[source]!.line, accountId: from.id, amountCents: cents })),
    ...spread.map((line) => ({ ...line, accountId: to.id })),
  ];
}

/** A deposit that is moved stays what it was: held since then, with interest from where it was credited to. */
async function depositLines(
  tx: Tx,
  { from, to, amountCents, isAll }: NewTransfer,
  sources: Source[],
): Promise<EntryLine[]> {
  const open = await openDeposits(tx, to.id);
  const openCents = open.reduce((sum, each) => sum + each.openCents, 0);
  ensure(openCents > 0, 'NO_DEPOSIT_ASKED', 'No deposit is asked for on this account');
  const message = `Only ${openCents} cents of deposit are asked for on this account`;
  ensure(isAll || amountCents <= openCents, 'OVER_DEPOSIT', message);
  const there = pair(
    sources.map(({ cents }) => cents),
    [Math.min(amountCents, openCents)],
  );
  const lines: EntryLine[] = [];
  const wanted = open.map((each) => each.openCents);
  for (const { source, target, cents } of pair(
    there.map((each) => each.cents),
    wanted,
  )) {
    const { line, deposit } = sources[there[source]!.source]!;
    const { request } = open[target]!;
    const { serviceCode } = request;
    const moved = await tx.db.Deposit.create({
      ...{ accountId: to.id, serviceCode, amountCents: cents, paidOn: tx.today, requestId: request.id },
      ...{ lastInterestOn: deposit?.lastInterestOn ?? null, stoppedOn: null, transferredFromId: deposit?.id ?? null },
      heldSince: deposit && (deposit.heldSince ?? deposit.paidOn),
    });
    lines.push({ ...line, accountId: from.id, amountCents: cents });
    const held = { ledgerAccount: 'DEPOSITS_HELD' as const, serviceCode, depositId: moved.id };
    lines.push({ ...held, accountId: to.id, amountCents: -cents });
    wanted[target]! -= cents;
    if (wanted[target] === 0) await request.update({ status: 'PAID' });
  }
  return lines;
}

interface Source {
  line: Omit<PostingLine, 'amountCents'>;
  cents: number;
  deposit: Deposit | null;
}

/** What an account is owed: each deposit with what is held of it, then each service's credit. */
async function sourcesOf(tx: Tx, accountId: number): Promise<Source[]> {
  const held = await depositsHeld(tx, accountId);
  const deposits = await tx.db.Deposit.findAll({ where: { accountId } });
  const since = ({ heldSince, paidOn }: Deposit) => heldSince ?? paidOn;
  deposits.sort((a, b) => compareDates(since(a), since(b)) || a.id - b.id);
  const credits = (await receivableByService(tx, accountId)).filter(({ cents }) => cents < 0);
  return [
    ...deposits.map((deposit) => ({
      line: { ledgerAccount: 'DEPOSITS_HELD' as const, serviceCode: deposit.serviceCode, depositId: deposit.id },
      cents: held.get(deposit.id) ?? 0,
      deposit,
    })),
    ...credits.map(({ serviceCode, cents }) => ({
      line: { ledgerAccount: 'RECEIVABLE' as const, serviceCode },
      ...{ cents: -cents, deposit: null },
    })),
  ];
}
