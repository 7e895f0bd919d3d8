import type { PriceTerms } from '../../domain/billing/price-terms';
import type { LedgerAccount } from '../../domain/ledger';
import type { AgreementStatus, DepositRequestStatus, CaseStatus, CaseStep, CaseType } from '../../domain/states';
import type { Db } from '../create-db';
import { addressParts } from './customers';
import { cosignerOf } from './people/cosigners';
import { pageOf, type Page, type PageRequest } from './page';
import { addressOf } from './people';
import { parsedJson, select, selectOne, sumOf } from './select';

/** One account with its terms and its money, or null. The money is the sum of postings, never a stored balance. */
export async function findAccount(db: Db, accountNumber: string) {
  const found = await db.Account.findOne({ where: { accountNumber }, raw: true });
  if (!found) return null;
  const { id, role, status, startOn, stopOn, vacateOn, stopReason, finalBillOn } = found;
  const [who, cosigner, agreements, deposits, askedDeposits, balance, openCases, bills] = await Promise.all([
    whoAndWhere(db, id),
    cosignerOf(db, accountNumber),
    agreementsOf(db, id),
    depositsOf(db, id),
    askedDepositsOf(db, id),
    balanceCents(db, id),
    openCasesOf(db, id),
    billsOf(db, id),
  ]);
  return {
    accountNumber: found.accountNumber,
    ...who,
    cosigner,
    role,
    status,
    startOn,
    stopOn,
    vacateOn,
    stopReason,
    finalBillOn,
    billCycle: found.billCycle,
    ...{ taxExempt: Boolean(found.taxExempt), penaltyExempt: Boolean(found.penaltyExempt) },
    forwardingAddress: addressParts(
      found.forwardLine1,
      found.forwardLine2,
      found.forwardCity,
      found.forwardState,
      found.forwardPostalCode,
      found.forwardCountry,
    ),
    agreements,
    deposits,
    askedDeposits,
    depositsHeldCents: deposits.reduce((sum, deposit) => sum + deposit.heldCents, 0),
    balanceCents: balance,
    openCases,
    bills,
  };
}

async function whoAndWhere(db: Db, accountId: number) {
  const row = await selectOne<{ customerNumber: string; displayName: string; locationNumber: string; address: string }>(
    db,
    `SELECT c.customer_number customerNumber, c.display_name displayName, l.location_number locationNumber, ${addressOf('l')} address
     FROM account a JOIN customer c ON c.id = a.customer_id JOIN location l ON l.id = a.location_id WHERE a.id = :accountId`,
    { accountId },
  );
  const { customerNumber, displayName, locationNumber, address } = row!;
  return { customer: { customerNumber, displayName }, location: { locationNumber, address } };
}

/** What the account owes; negative when the office owes the customer. */
async function balanceCents(db: Db, accountId: number): Promise<number> {
  const row = await selectOne<{ cents: number }>(
    db,
    `SELECT ${sumOf('p.amount_cents')} cents FROM posting p WHERE p.account_id = :accountId AND p.ledger_account = 'RECEIVABLE'`,
    { accountId },
  );
  return Number(row?.cents ?? 0);
}

async function agreementsOf(db: Db, accountId: number) {
  const rows = await select<{
    agreementId: number;
    serviceCode: string;
    servicePointId: number;
    rateCode: string;
    quantity: string;
    units: string;
    priceTerms: unknown;
    status: AgreementStatus;
    startOn: string;
    endOn: string | null;
    lastBilledThrough: string | null;
  }>(
    db,
    `SELECT g.id agreementId, g.service_code serviceCode, g.service_point_id servicePointId, r.code rateCode, g.quantity quantity, g.units units,
       g.price_terms priceTerms, g.status status, g.start_on startOn, g.end_on endOn, g.last_billed_through lastBilledThrough
     FROM service_agreement g JOIN rate r ON r.id = g.rate_id WHERE g.account_id = :accountId ORDER BY g.id`,
    { accountId },
  );
  return rows.map((row) => ({ ...row, priceTerms: parsedJson<PriceTerms | null>(row.priceTerms) }));
}

async function depositsOf(db: Db, accountId: number) {
  const rows = await select<{
    depositId: number;
    serviceCode: string;
    amountCents: number;
    paidOn: string;
    stoppedOn: string | null;
    postedCents: number;
  }>(
    db,
    `SELECT d.id depositId, d.service_code serviceCode, d.amount_cents amountCents, d.paid_on paidOn, d.stopped_on stoppedOn,
       (SELECT ${sumOf('p.amount_cents')} FROM posting p WHERE p.deposit_id = d.id AND p.ledger_account = 'DEPOSITS_HELD') postedCents
     FROM deposit d WHERE d.account_id = :accountId ORDER BY d.id`,
    { accountId },
  );
  // What the office holds is a debt of the office: a credit, negative in the journal.
  return rows.map(({ postedCents, ...deposit }) => ({
    ...deposit,
    amountCents: Number(deposit.amountCents),
    heldCents: 0 - Number(postedCents),
  }));
}

/** The deposits that were asked for, and what was received of each. */
async function askedDepositsOf(db: Db, accountId: number) {
  const rows = await select<{
    serviceCode: string;
    amountCents: number;
    receivedCents: number;
    status: DepositRequestStatus;
    waivedBecause: string | null;
  }>(
    db,
    `SELECT q.service_code serviceCode, q.amount_cents amountCents, q.status status, q.waived_because waivedBecause,
       (SELECT ${sumOf('d.amount_cents')} FROM deposit d WHERE d.request_id = q.id) receivedCents
     FROM deposit_request q WHERE q.account_id = :accountId ORDER BY q.id`,
    { accountId },
  );
  return rows.map((row) => ({
    ...row,
    amountCents: Number(row.amountCents),
    receivedCents: Number(row.receivedCents),
  }));
}

async function openCasesOf(db: Db, accountId: number) {
  return select<{ caseId: string; type: CaseType; status: CaseStatus; step: CaseStep }>(
    db,
    `SELECT c.case_id caseId, c.type, c.status, c.step FROM cases c
     WHERE c.account_id = :accountId AND c.status IN ('OPEN', 'INCIDENT') ORDER BY c.opened_at DESC`,
    { accountId },
  );
}

async function billsOf(db: Db, accountId: number) {
  return select<{
    billNumber: string;
    kind: string;
    status: string;
    totalCents: number;
    postedOn: string;
    dueOn: string;
  }>(
    db,
    `SELECT b.bill_number billNumber, b.kind, b.status, b.total_cents totalCents, b.posted_on postedOn, b.due_on dueOn
     FROM bill b WHERE b.account_id = :accountId ORDER BY b.id DESC`,
    { accountId },
  );
}

/** One entry of an account's ledger, with what the account owed after it. */
export interface LedgerRow {
  entryId: number;
  entryOn: string;
  kind: string;
  caseId: string | null;
  createdAt: Date;
  receivableCents: number;
  balanceCents: number;
  postings: { ledgerAccount: LedgerAccount; serviceCode: string | null; amountCents: number }[];
}

/** The journal entries that touch an account, the newest first. */
export async function listLedger(db: Db, accountId: number, page: PageRequest): Promise<Page<LedgerRow>> {
  const entries = await select<Omit<LedgerRow, 'postings'>>(
    db,
    `SELECT x.* FROM (
       SELECT e.id entryId, e.entry_on entryOn, e.kind kind, e.case_id caseId, e.created_at createdAt,
         CAST(r.cents AS SIGNED) receivableCents, CAST(SUM(r.cents) OVER (ORDER BY e.id) AS SIGNED) balanceCents
       FROM (
         SELECT p.entry_id entryId, SUM(CASE WHEN p.ledger_account = 'RECEIVABLE' THEN p.amount_cents ELSE 0 END) cents
         FROM posting p WHERE p.account_id = :accountId GROUP BY p.entry_id
       ) r JOIN journal_entry e ON e.id = r.entryId
     ) x WHERE :after IS NULL OR x.entryId < :after ORDER BY x.entryId DESC LIMIT :limit`,
    { accountId, after: page.after?.[0] ?? null, limit: page.limit + 1 },
  );
  const { rows, next } = pageOf(entries, page.limit, (row) => [row.entryId]);
  if (rows.length === 0) return { rows: [], next };
  const postings = await select<LedgerRow['postings'][number] & { entryId: number }>(
    db,
    `SELECT p.entry_id entryId, p.ledger_account ledgerAccount, p.service_code serviceCode, p.amount_cents amountCents
     FROM posting p WHERE p.account_id = :accountId AND p.entry_id IN (:entryIds) ORDER BY p.id`,
    { accountId, entryIds: rows.map((row) => row.entryId) },
  );
  return {
    rows: rows.map((row) => ({
      ...row,
      receivableCents: Number(row.receivableCents),
      balanceCents: Number(row.balanceCents),
      postings: postings
        .filter((posting) => posting.entryId === row.entryId)
        .map(({ ledgerAccount, serviceCode, amountCents }) => ({
          ledgerAccount,
          serviceCode,
          amountCents: Number(amountCents),
        })),
    })),
    next,
  };
}
