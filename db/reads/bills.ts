import type { Db } from '../create-db';
import { personOf, type Person } from './people';
import { parsedJson, select, selectOne } from './select';

interface BillJoined {
  id: number;
  billNumber: string;
  accountNumber: string;
  kind: 'FINAL' | 'REGULAR';
  status: 'POSTED' | 'CANCELED';
  periodFrom: string;
  periodThrough: string;
  totalCents: number;
  postedOn: string;
  dueOn: string;
  /** Case and revision of a final bill; a periodic bill has none. */
  caseId: string | null;
  revision: number | null;
  approver: string | null;
  approverName: string | null;
  cosignerNumber: string | null;
  cosignerName: string | null;
}

/** One issued bill with its lines and their working, or null. */
export async function findBill(db: Db, billNumber: string) {
  const found = await selectOne<BillJoined>(
    db,
    `SELECT b.id id, b.bill_number billNumber, a.account_number accountNumber, b.kind kind, b.status status, b.period_from periodFrom,
       b.period_through periodThrough, b.total_cents totalCents, b.posted_on postedOn, b.due_on dueOn, r.case_id caseId,
       r.revision revision, u.username approver, u.display_name approverName,
       cs.customer_number cosignerNumber, cs.display_name cosignerName
     FROM bill b JOIN account a ON a.id = b.account_id LEFT JOIN customer cs ON cs.id = b.cosigner_id LEFT JOIN bill_revision r ON r.id = b.bill_revision_id
     LEFT JOIN decision d ON d.id = r.decision_id LEFT JOIN app_user u ON u.id = d.actor_id
     WHERE b.bill_number = :billNumber`,
    { billNumber },
  );
  if (!found) return null;
  const lines = await select<{
    lineNo: number;
    serviceCode: string | null;
    kind: string;
    code: string;
    name: string;
    quantity: string | null;
    unit: string | null;
    amountCents: number;
    steps: string;
  }>(
    db,
    `SELECT n.line_no lineNo, n.service_code serviceCode, n.kind, n.code, n.name, n.quantity, n.unit,
       n.amount_cents amountCents, n.steps FROM bill_line n WHERE n.bill_id = :id ORDER BY n.line_no`,
    { id: found.id },
  );
  const { id: _id, approver, approverName, cosignerNumber, cosignerName, ...bill } = found;
  const corrections = await correctionsOf(db, found.id);
  return {
    ...bill,
    replaces: corrections.find(({ replacement }) => replacement === billNumber) ?? null,
    canceledBy: corrections.find(({ canceled }) => canceled === billNumber) ?? null,
    cosigner: cosignerNumber === null ? null : { customerNumber: cosignerNumber, displayName: cosignerName ?? '' },
    approvedBy: personOf(approver, approverName),
    lines: lines.map((line) => ({ ...line, steps: parsedJson<unknown[]>(line.steps) })),
  };
}

/** The account that a bill is of, or null. */
export const accountOfBill = (db: Db, billNumber: string) =>
  selectOne<{ accountId: number; accountNumber: string }>(
    db,
    `SELECT a.id accountId, a.account_number accountNumber FROM bill b JOIN account a ON a.id = b.account_id
     WHERE b.bill_number = :billNumber`,
    { billNumber },
  );

/** How a bill was corrected: which one was canceled, which one took its place, why, and by whom. */
export interface Correction {
  canceled: string;
  replacement: string;
  caseId: string;
  reason: string;
  differenceCents: number;
  correctedOn: string;
  requestedBy: Person;
  approvedBy: Person;
}

/** The corrections that a bill was part of, the one that made it and the one that canceled it. */
async function correctionsOf(db: Db, billId: number): Promise<Correction[]> {
  const rows = await select<
    Omit<Correction, 'requestedBy' | 'approvedBy'> & Record<'asker' | 'askerName' | 'approver' | 'approverName', string>
  >(
    db,
    `SELECT o.bill_number canceled, n.bill_number replacement, x.case_id caseId, x.reason reason, x.difference_cents differenceCents,
       x.corrected_on correctedOn, q.username asker, q.display_name askerName, p.username approver, p.display_name approverName
     FROM bill_correction x JOIN bill o ON o.id = x.canceled_bill_id JOIN bill n ON n.id = x.replacement_bill_id
       JOIN app_user q ON q.id = x.requested_by JOIN app_user p ON p.id = x.approved_by
     WHERE :billId IN (x.canceled_bill_id, x.replacement_bill_id)`,
    { billId },
  );
  return rows.map(({ asker, askerName, approver, approverName, ...correction }) => ({
    ...correction,
    differenceCents: Number(correction.differenceCents),
    requestedBy: { username: asker, displayName: askerName },
    approvedBy: { username: approver, displayName: approverName },
  }));
}

/** The latest draft of a case's final bill. */
export interface FinalBillDraft {
  caseId: string;
  accountNumber: string;
  revision: number;
  status: 'DRAFT' | 'SENT_BACK' | 'APPROVED' | 'CANCELED';
  periodFrom: string;
  periodThrough: string;
  totalCents: number;
  estimated: boolean;
  contentHash: string;
  draftedBy: Person;
  draftedAt: Date;
  /** The priced bill as it was drafted, with every line's working. */
  content: Record<string, unknown>;
}

/** What the approver of a final bill looks at, or null before the first draft. */
export async function findFinalBillDraft(db: Db, caseId: string): Promise<FinalBillDraft | null> {
  const row = await selectOne<Omit<FinalBillDraft, 'draftedBy'> & { username: string; displayName: string }>(
    db,
    `SELECT r.case_id caseId, a.account_number accountNumber, r.revision revision, r.status status, r.period_from periodFrom,
       r.period_through periodThrough, r.total_cents totalCents, r.estimated estimated, r.content_hash contentHash,
       u.username username, u.display_name displayName, r.drafted_at draftedAt, r.content content
     FROM bill_revision r JOIN account a ON a.id = r.account_id JOIN app_user u ON u.id = r.drafted_by
     WHERE r.case_id = :caseId ORDER BY r.revision DESC LIMIT 1`,
    { caseId },
  );
  if (!row) return null;
  const { username, displayName, ...draft } = row;
  return {
    ...draft,
    estimated: Boolean(row.estimated),
    content: parsedJson(row.content),
    draftedBy: { username, displayName },
  };
}
