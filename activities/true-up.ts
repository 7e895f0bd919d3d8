import type { SiblingStart } from '../contract/activities';
import type { CorrectionForm } from '../contract/forms';
import { newCaseId } from '../contract/ids';
import { RefusedError } from '../db/errors';
import type { Account } from '../db/models/occupancy';
import { differenceOf, lockBillToCorrect } from '../db/records/bill-corrections';
import { occurrenceKey, openCaseOf } from '../db/records/cases';
import { createDraft, freezeDraft } from '../db/records/drafts';
import { lateReads, notAskedBefore, trueUpId, type LateRead } from '../db/records/late-reads';
import { actingAs, type Tx } from '../db/transaction';
import { asksTrueUp } from '../domain/corrections/asks-true-up';
import { SYSTEM_USER_ID } from '../domain/roles';
import { requestCorrection } from './correction-request';

/**
 * These meters were read: an estimated final bill that the read shows to be wrong by as much as the policy asks for gets
 * a correction, which a supervisor decides on, but not whoever brought the read. Once for a bill and its estimate; one
 * that another correction of the account stands in the way of comes with the next read. The location is locked.
 */
export async function trueUpFinals(tx: Tx, meterIds: number[]): Promise<SiblingStart[]> {
  if (tx.settings.trueUpFinal.mode === 'NEVER' || meterIds.length === 0) return [];
  const starts: SiblingStart[] = [];
  for (const each of await lateReads(tx, meterIds)) {
    const late = await notAskedBefore(tx, each);
    if (late.reads.length === 0 || (await openCaseOf(tx, occurrenceKey.correction(late.account.id)))) continue;
    const caseId = await trueUp(actingAs(tx, SYSTEM_USER_ID), late);
    if (caseId !== null) starts.push({ workflow: 'correctBill', caseId });
  }
  return starts;
}

/** An estimated final bill was posted: reads of its meters may have come while it waited for approval. */
export async function trueUpAccount(tx: Tx, account: Account): Promise<SiblingStart[]> {
  const stopped = await tx.db.ServiceAgreement.findAll({ where: { accountId: account.id } });
  const id = stopped.flatMap(({ stopReadId }) => stopReadId ?? []);
  const reads = await tx.db.MeterRead.findAll({ where: { id } });
  return trueUpFinals(
    tx,
    reads.map(({ meterId }) => meterId),
  );
}

async function trueUp(tx: Tx, late: LateRead): Promise<string | null> {
  const { account, bill, reads } = late;
  const { billNumber } = bill;
  const { accountNumber, id: accountId } = account;
  const form: CorrectionForm = {
    ...{ billNumber, accountId, accountNumber, rates: [], reads: reads.map(({ taken }) => taken) },
    reason: `The final read was estimated; the meter was read on ${reads.map(({ actual }) => actual.readOn).join(', ')}`,
  };
  if (!(await isAsked(tx, account, form))) return null;
  const caseId = newCaseId('CORRECTION');
  const content = { ...form };
  const row = await createDraft(tx, { draftId: trueUpId(late), kind: 'CORRECTION', content });
  const draft = await freezeDraft(tx, row, content, caseId);
  const readers = reads.flatMap(({ actual }) => actual.recordedBy ?? []).filter((id) => id !== SYSTEM_USER_ID);
  const excludedUserIds = [...new Set(readers)];
  await requestCorrection(tx, account, form, { caseId, by: SYSTEM_USER_ID, draft, excludedUserIds });
  return caseId;
}

async function isAsked(tx: Tx, account: Account, form: CorrectionForm): Promise<boolean> {
  try {
    const difference = await differenceOf(tx, account, await lockBillToCorrect(tx, account, form.billNumber), form);
    return difference !== null && asksTrueUp(tx.settings.trueUpFinal, difference);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    // The read that came is right whatever the bill is: that this one cannot be worked out again is for a person.
    const data = { code: error.refusal.code };
    tx.audit({ action: 'bill.not-trued-up', entity: 'bill', entityId: form.billNumber, data });
    return false;
  }
}
