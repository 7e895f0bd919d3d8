import { formatCents } from '../../../domain/money';
import type { Caller } from '../http';
import { settle } from '../move-out';
import { decide, ended, taskIn, type People } from '../office';
import type { Teller } from '../teller';

/** From the draft on: sent back, corrected, approved, posted, settled. */
export async function fromDraft(t: Teller, people: People, caseId: string): Promise<void> {
  const { cora, sam, sue } = people;
  const first = await taskIn(sam, caseId, 'APPROVE_FINAL_BILL');
  t.linked(caseId);
  t.line(`the draft says ${formatCents(first.amountCents ?? 0)}`);
  t.answered(await decide(cora, first, 'APPROVE'), 403, 'cora, who asked for it, tries to approve', 'ROLE');
  t.answered(
    await decide(sam, first, 'SEND_BACK', { comment: 'The read looks high' }),
    200,
    'sam (supervisor) sends it back',
  );
  t.answered(await decide(sue, first, 'APPROVE'), 409, 'sue approves what was sent back', 'TASK_CLOSED');
  const correction = await taskIn(cora, caseId, 'CORRECT_FINAL_BILL');
  const flat = await flatOf(cora, caseId);
  const read = { meterId: flat.meterId, value: String(flat.lastRead - 100), readOn: flat.readOn, source: 'ACTUAL' };
  const corrected = await decide(cora, correction, 'CORRECT_READ', {
    comment: 'Misread by 100',
    data: { reads: [read] },
  });
  t.answered(corrected, 200, `cora corrects the read to ${read.value}`);
  const second = await taskIn(sue, caseId, 'APPROVE_FINAL_BILL');
  t.check(second.amountCents !== first.amountCents, `the new draft says ${formatCents(second.amountCents ?? 0)}`);
  t.answered(await decide(sue, second, 'APPROVE'), 200, 'sue (supervisor) approves');
  const done = await ended(cora, caseId);
  t.check(
    done.moveOut?.finalBillCents === second.amountCents,
    `bill ${done.moveOut?.finalBillNumber} is posted as approved`,
  );
  const vacancy = await ended(cora, done.moveOut?.vacancyCaseId ?? '');
  t.check(vacancy.step === 'REVERTED', 'the landlord holds the services, from the same read row');
  await settle(t, people, done.moveOut?.settlementCaseId ?? '', flat.accountNumber);
}

interface ReadShown {
  accountNumber: string;
  locationNumber: string;
}

async function flatOf(clerk: Caller, caseId: string) {
  const { accountNumber, locationNumber } = (await clerk.get<ReadShown>(`/cases/${caseId}`)).body;
  const place = await clerk.get<{
    servicePoints: { meter: { meterId: number; lastRead: { value: string; readOn: string } } | null }[];
  }>(`/locations/${locationNumber}`);
  const meter = place.body.servicePoints.find((point) => point.meter)?.meter;
  if (!meter) throw new Error('The place has no meter');
  return {
    accountNumber,
    meterId: meter.meterId,
    lastRead: Number(meter.lastRead.value),
    readOn: meter.lastRead.readOn,
  };
}
