import type { OpenStep, PaymentPosted, Wake } from '../contract/activities';
import type { PaymentForm } from '../contract/forms';
import { newCaseId } from '../contract/ids';
import type { Account } from '../db/models/occupancy';
import type { Location } from '../db/models/places';
import { closeCase, occurrenceKey, openCase, type NewCase } from '../db/records/cases';
import { postPayment as recordPayment } from '../db/records/payments';
import { balanceOf } from '../db/records/journal';
import { lockAccountWithLocation } from '../db/records/places';
import { actingAs, type Tx } from '../db/transaction';
import type { AccountStatus } from '../domain/states';
import { frozenForm } from './frozen-form';
import { takeEffectAt } from './handover/handover-events';
import { inStep, type Deps } from './in-step';

/** Accounts on which money opens a settlement when none is open ("re-opens" them, design.md section 4). */
export const SETTLED: readonly AccountStatus[] = ['FINAL_BILLED', 'CLOSED', 'COLLECTIONS', 'WRITTEN_OFF'];

/** The one step of a payment. */
export function paymentActivities(deps: Deps) {
  return {
    /**
     * Posts a payment, and names the case that waits for it or the settlement that it opens. Refused: CASE_OPEN,
     * RECEIPT_USED (a receipt number is unique for ever), ACCOUNT_CANCELED. A deposit may be what a start waits for.
     */
    postPayment: (input: OpenStep): Promise<PaymentPosted> =>
      inStep(deps, input, async (system) => {
        const { form, by, draft } = await frozenForm<PaymentForm>(system, input, 'PAYMENT');
        const tx = actingAs(system, by);
        const { account, location } = await lockAccountWithLocation(tx, form.accountId);
        const { wakes, ...brought } = await postAsCase(tx, { account, location }, form, {
          caseId: input.caseId,
          draft,
        });
        const begun = form.applyTo === 'DEPOSIT' ? await beginService(tx, account.id) : [];
        const { accountNumber } = account;
        const { locationNumber } = location;
        const balanceCents = await balanceOf(tx, account.id);
        return {
          ...{ step: 'POSTED', waitingOn: null, consoleUrl: deps.consoleUrl },
          opened: {
            ...{ caseId: input.caseId, status: 'COMPLETED', step: 'POSTED', accountNumber, locationNumber },
            ...{ receiptNumber: form.receiptNumber, balanceCents },
          },
          ...brought,
          wakes: [...wakes, ...begun],
        };
      }),
  };
}

/** The deposit may have been the last open condition: what can begin, begins in this transaction. */
export async function beginService(tx: Tx, accountId: number): Promise<Wake[]> {
  const pending = await tx.db.ServiceAgreement.findAll({ where: { accountId, status: 'PENDING_START' } });
  const wakes = await takeEffectAt(
    tx,
    pending.map(({ servicePointId }) => servicePointId),
  );
  const setUp = await tx.db.Onboarding.findOne({ where: { accountId } });
  const told = wakes.some(({ caseId }) => caseId === setUp?.caseId);
  const open = setUp && (await tx.db.Case.count({ where: { caseId: setUp.caseId, closedAt: null } })) > 0;
  return open && !told ? [...wakes, { caseId: setUp.caseId, reason: 'PAYMENT' }] : wakes;
}

/**
 * Posts a payment as a case of its own, which ends with it: at the desk its workflow has the same id, in a feed there is
 * none. Says which case waits for the money, or which settlement it opens. The account and its location are locked.
 */
export async function postAsCase(
  tx: Tx,
  { account, location }: { account: Account; location: Location },
  form: PaymentForm,
  given: Pick<NewCase, 'caseId' | 'draft' | 'startedByCase'>,
): Promise<Pick<PaymentPosted, 'wakes' | 'settlementCaseId'>> {
  const row = { accountId: account.id, locationId: location.id, startedBy: tx.actorId };
  const theCase = await openCase(tx, {
    ...row,
    ...given,
    ...{ type: 'PAYMENT', step: 'REQUESTED', waitingOn: 'SYSTEM' },
    occurrenceKey: occurrenceKey.payment(form.receiptNumber),
  });
  await recordPayment(tx, account, form, given.caseId);
  const data = { receiptNumber: form.receiptNumber, amountCents: form.amountCents };
  await closeCase(tx, theCase, { status: 'COMPLETED', step: 'POSTED', event: 'PAYMENT_POSTED', data });
  const key = occurrenceKey.settlement(account.id);
  const waiting = await tx.db.Case.findOne({ where: { occurrenceKey: key, closedAt: null }, lock: true });
  if (waiting) return { wakes: [{ caseId: waiting.caseId, reason: 'PAYMENT' }] };
  if (!SETTLED.includes(account.status)) return { wakes: [] };
  const settlementCaseId = newCaseId('SETTLEMENT');
  await openCase(tx, {
    ...row,
    ...{ caseId: settlementCaseId, type: 'SETTLEMENT', step: 'OPENED', waitingOn: 'SYSTEM' },
    ...{ startedByCase: given.caseId, occurrenceKey: key },
  });
  return { wakes: [], settlementCaseId };
}
