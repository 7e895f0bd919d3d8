import type { OpenStep, PaymentPosted, Wake } from '../contract/activities';
import type { PaymentForm } from '../contract/forms';
import { newCaseId } from '../contract/ids';
import { closeCase, occurrenceKey, openCase } from '../db/records/cases';
import { postPayment as recordPayment } from '../db/records/payments';
import { balanceOf } from '../db/records/journal';
import { lockAccountWithLocation } from '../db/records/places';
import { actingAs, type Tx } from '../db/transaction';
import type { AccountStatus } from '../domain/states';
import { frozenForm } from './frozen-form';
import { takeEffectAt } from './handover-events';
import { inStep, type Deps } from './in-step';

/** Accounts on which money opens a settlement when none is open ("re-opens" them, design.md section 4). */
const SETTLED: readonly AccountStatus[] = ['FINAL_BILLED', 'CLOSED', 'COLLECTIONS', 'WRITTEN_OFF'];

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
        const row = { accountId: account.id, locationId: location.id, startedBy: by };
        const theCase = await openCase(tx, {
          ...row,
          ...{ caseId: input.caseId, type: 'PAYMENT', step: 'REQUESTED', waitingOn: 'SYSTEM', draft },
          occurrenceKey: occurrenceKey.payment(form.receiptNumber),
        });
        await recordPayment(tx, account, form, input.caseId);
        const data = { receiptNumber: form.receiptNumber, amountCents: form.amountCents };
        await closeCase(tx, theCase, { status: 'COMPLETED', step: 'POSTED', event: 'PAYMENT_POSTED', data });
        const key = occurrenceKey.settlement(account.id);
        const waiting = await tx.db.Case.findOne({ where: { occurrenceKey: key, closedAt: null }, lock: true });
        const reopens = !waiting && SETTLED.includes(account.status);
        const settlementCaseId = reopens ? newCaseId('SETTLEMENT') : undefined;
        if (settlementCaseId) {
          await openCase(tx, {
            ...row,
            ...{
              caseId: settlementCaseId,
              type: 'SETTLEMENT',
              step: 'OPENED',
              waitingOn: 'SYSTEM',
              startedByCase: input.caseId,
            },
            occurrenceKey: key,
          });
        }
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
          wakes: [...(waiting ? [{ caseId: waiting.caseId, reason: 'PAYMENT' as const }] : []), ...begun],
          ...(settlementCaseId ? { settlementCaseId } : {}),
        };
      }),
  };
}

/** The deposit may have been the last open condition: what can begin, begins in this transaction. */
async function beginService(tx: Tx, accountId: number): Promise<Wake[]> {
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
