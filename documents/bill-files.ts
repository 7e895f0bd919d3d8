import { sha256 } from '../db/canonical';
import { civilNow } from '../db/clock';
import type { Db } from '../db/create-db';
import { RefusedError } from '../db/errors';
import type { Bill } from '../db/models/money';
import { factsOfDraft, freezeBillFacts, postingOfBill } from '../db/records/bill-facts';
import { DocumentChangedError, storedDocument, storeDocument } from '../db/records/documents';
import { readSettings } from '../db/records/settings';
import { inTransaction } from '../db/transaction';
import { billDocument } from '../domain/documents/bill-document';
import type { BillFacts } from '../domain/documents/bill-facts';
import { SYSTEM_USER_ID } from '../domain/roles';
import { billHtml } from './html/bill-html';
import { billPdf } from './pdf/bill-pdf';

/** How a bill can be had. */
export type BillFormat = 'PDF' | 'HTML';

/**
 * A posted bill as a file. It is made from the facts that were frozen with the posting when somebody first asks, and kept:
 * from then on these bytes are the bill, also once the program draws another way. Null: there is no such bill. Refused:
 * NO_DOCUMENT.
 */
export async function billFile(db: Db, billNumber: string, format: BillFormat): Promise<Buffer | null> {
  const bill = await db.Bill.findOne({ where: { billNumber } });
  if (!bill) return null;
  const kind = format === 'PDF' ? 'BILL_PDF' : 'BILL_HTML';
  const stored = await storedDocument(db, kind, billNumber);
  if (stored) return stored;
  // Drawn outside of a transaction: nothing waits for it, and whoever was first is kept.
  const bytes = await drawn(await postedFacts(db, bill), format, bill.postedOn);
  await inTransaction(db, SYSTEM_USER_ID, (tx) => storeDocument(tx, kind, billNumber, bytes));
  return storedDocument(db, kind, billNumber);
}

/**
 * What a case drafted last as a file: with DRAFT across it and never kept, or once it is posted the bill. Null before the
 * first draft.
 */
export async function draftFile(db: Db, caseId: string, format: BillFormat): Promise<Buffer | null> {
  const revision = await db.BillRevision.findOne({ where: { caseId }, order: [['revision', 'DESC']] });
  if (!revision) return null;
  const bill = revision.status === 'APPROVED' && (await db.Bill.findOne({ where: { billRevisionId: revision.id } }));
  if (bill) return billFile(db, bill.billNumber, format);
  const account = await db.Account.findByPk(revision.accountId, { rejectOnEmpty: true });
  const settings = await readSettings(db);
  const today = civilNow(settings.clock);
  return drawn(await factsOfDraft({ db, settings, today }, account, revision), format, revision.periodThrough);
}

/** What a posted bill says; one that was posted before facts were frozen has them frozen now. */
async function postedFacts(db: Db, { id: billId, accountId, billNumber }: Bill): Promise<BillFacts> {
  const row =
    (await db.BillFactsRow.findByPk(billId)) ??
    (await inTransaction(db, SYSTEM_USER_ID, async (tx) => {
      const account = await tx.db.Account.findByPk(accountId, { lock: true, rejectOnEmpty: true });
      const bill = await tx.db.Bill.findByPk(billId, { rejectOnEmpty: true });
      if (bill.billRevisionId === null) {
        const message = 'The city’s billing made this bill: Keyturn has no document of it';
        throw new RefusedError({ code: 'NO_DOCUMENT', message });
      }
      const present = await tx.db.BillFactsRow.findByPk(billId);
      if (!present) await freezeBillFacts(tx, account, bill, await postingOfBill(tx, bill));
      return tx.db.BillFactsRow.findByPk(billId, { rejectOnEmpty: true });
    }));
  if (sha256(row.facts) === row.factsHash) return JSON.parse(row.facts) as BillFacts;
  throw new DocumentChangedError(`The facts of bill ${billNumber} are not those that were hashed`);
}

async function drawn(facts: BillFacts, format: BillFormat, on: string): Promise<Buffer> {
  const bill = billDocument(facts);
  return format === 'PDF' ? billPdf(bill, on) : Buffer.from(billHtml(bill), 'utf8');
}
