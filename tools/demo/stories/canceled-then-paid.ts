import { addDays } from '../../../domain/dates';
import { billAndSettle, openMoveOut, readOut, reconnect } from '../move-out';
import { caseOf, today, type People } from '../office';
import { nextFlat } from '../places';
import type { Teller } from '../teller';

/** A move-out that is canceled, asked for again, and ends with a balance that the customer pays in two parts. */
export async function canceledThenPaid(t: Teller, people: People): Promise<void> {
  t.chapter('A move-out is canceled, asked for again, and leaves a balance that is paid');
  const flat = await nextFlat(people);
  const first = await openMoveOut(t, people.cora, { flat, stopDate: addDays(await today(people), 1) });
  const cancel = await people.cora.post(`/cases/${first}/cancel`, { reason: 'The tenant stays a little longer' });
  t.answered(cancel, 200, 'cora cancels it');
  const account = await people.cora.get<{ status: string; stopOn: string | null }>(`/accounts/${flat.accountNumber}`);
  t.check((account.body as { status?: unknown }).status === 'ACTIVE', 'the account is ACTIVE as before');
  const caseId = await openMoveOut(t, people.cliff, { flat, stopDate: await today(people) });
  const { moveOut } = await caseOf(people.cora, caseId);
  await reconnect(t, people, moveOut?.vacancyCaseId ?? '');
  await readOut(t, people, caseId, { WATER: 60_000, ELECTRIC: 900 });
  await billAndSettle(t, people, caseId, flat.accountNumber);
}
