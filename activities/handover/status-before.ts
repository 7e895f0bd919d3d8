import type { ServiceAgreement } from '../../db/models/occupancy';
import { parsedJson } from '../../db/reads/select';
import type { Tx } from '../../db/transaction';
import type { AgreementStatus } from '../../domain/states';

/** What a service that was not simply active was before a move-out: disconnected for a while, or cut. */
export interface StatusBefore {
  agreementId: number;
  status: AgreementStatus;
}

/** What is kept with the event STOP_SCHEDULED, so that a cancel can put it back. */
export const statusesOf = (agreements: ServiceAgreement[]): StatusBefore[] =>
  agreements
    .filter(({ status }) => status !== 'ACTIVE')
    .map(({ id: agreementId, status }) => ({ agreementId, status }));

/** What the services of a move-out were before it; those that were active are left out. */
export async function statusesBefore(tx: Tx, caseId: string): Promise<Map<number, AgreementStatus>> {
  const event = await tx.db.CaseEvent.findOne({ where: { caseId, kind: 'STOP_SCHEDULED' } });
  const { before = [] } = parsedJson<{ before?: StatusBefore[] }>(event?.data ?? '{}');
  return new Map(before.map(({ agreementId, status }) => [agreementId, status]));
}
