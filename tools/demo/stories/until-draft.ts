import { addDays } from '../../../domain/dates';
import { openMoveOut, readAgain, readOut, reconnect } from '../move-out';
import { caseOf, taskIn, today, type People } from '../office';
import { nextFlat } from '../places';
import type { Teller } from '../teller';

/** Up to the first draft of the bill: stop scheduled, days pass, the landlord is prompted, the field reads twice. */
export async function untilDraft(t: Teller, people: People): Promise<{ caseId: string }> {
  t.chapter('A tenant moves out, is final billed, and service goes back to the landlord');
  const flat = await nextFlat(people);
  const caseId = await openMoveOut(t, people.cora, { flat, stopDate: addDays(await today(people), 2) });
  const again = await people.cliff.post('/cases/move-out', {
    ...{ accountNumber: flat.accountNumber, stopDate: await today(people), vacateDate: await today(people) },
    ...{ forwardingAddress: null, newTenant: 'NO' },
  });
  t.answered(again, 409, 'cliff (clerk) starts the same move-out', 'CASE_OPEN');
  const { moveOut } = await caseOf(people.cora, caseId);
  await reconnect(t, people, moveOut?.vacancyCaseId ?? '');
  t.answered(await people.ada.post('/clock/advance', { days: 2 }), 200, 'ada (admin) lets two days pass');
  await readAgain(t, people, caseId);
  await readOut(t, people, caseId, { WATER: 6_500, ELECTRIC: 610 });
  await taskIn(people.sam, caseId, 'APPROVE_FINAL_BILL');
  t.line('the final bill is drafted and waits for a supervisor');
  return { caseId };
}
