import { Op } from 'sequelize';
import type { ServiceAgreement } from '../models/occupancy';
import type { Tx } from '../transaction';
import { post } from './journal';

/**
 * Charges a landlord for a service that begins with them by a reversion: the fee of the agreement's line, and with the
 * first service of the reversion that of the place. One-time and never prorated (domain.md rule 13). Nothing happens for
 * an agreement that no vacancy made.
 */
export async function chargeReversion(tx: Tx, agreement: ServiceAgreement): Promise<void> {
  const line = await tx.db.VacancyLine.findOne({ where: { newAgreementId: agreement.id } });
  if (!line?.landlordAgreementId) return;
  const agreed = await tx.db.LandlordAgreement.findByPk(line.landlordAgreementId, { rejectOnEmpty: true });
  const { serviceCode, accountId } = agreement;
  const terms = await tx.db.LandlordAgreementLine.findOne({ where: { landlordAgreementId: agreed.id, serviceCode } });
  const ofPlace = (await othersOf(tx, line.caseId, agreement)) > 0 ? 0 : Number(agreed.feeCents);
  const amountCents = ofPlace + Number(terms?.feeCents ?? 0);
  await post(tx, {
    ...{ entryKey: keyOf(agreement), kind: 'REVERSION_FEE', accountId, caseId: line.caseId },
    lines: [
      { ledgerAccount: 'RECEIVABLE', serviceCode, amountCents },
      { ledgerAccount: 'REVENUE', serviceCode, amountCents: -amountCents },
    ],
  });
}

/**
 * Takes the fee of a reversion back that does not hold after all; what was paid of it is a credit then. While the
 * landlord keeps other services of the reversion that is the fee of the line; with the last one, whatever is left.
 */
export async function undoReversionFee(tx: Tx, agreement: ServiceAgreement): Promise<void> {
  const line = await tx.db.VacancyLine.findOne({ where: { newAgreementId: agreement.id } });
  if (!line?.landlordAgreementId) return;
  const { caseId, landlordAgreementId } = line;
  const { accountId, serviceCode } = agreement;
  const keepsOthers = (await othersOf(tx, caseId, agreement)) > 0;
  const where = { landlordAgreementId, serviceCode };
  const terms = keepsOthers ? await tx.db.LandlordAgreementLine.findOne({ where }) : null;
  const taken = keepsOthers
    ? [{ serviceCode, cents: Number(terms?.feeCents ?? 0) }]
    : await chargedByService(tx, caseId, accountId);
  await post(tx, {
    ...{ entryKey: `${keyOf(agreement)}/undone`, kind: 'REVERSION_FEE_UNDONE', accountId, caseId },
    lines: taken.flatMap(({ serviceCode: of, cents }) => [
      { ledgerAccount: 'RECEIVABLE' as const, serviceCode: of, amountCents: 0 - cents },
      { ledgerAccount: 'REVENUE' as const, serviceCode: of, amountCents: cents },
    ]),
  });
}

const keyOf = ({ id }: ServiceAgreement): string => `reversion-fee/${id}`;

/** How many other services of this reversion the landlord has begun and keeps: the fee of the place is due once. */
async function othersOf(tx: Tx, caseId: string, { id, accountId }: ServiceAgreement): Promise<number> {
  const lines = await tx.db.VacancyLine.findAll({ where: { caseId } });
  const ids = lines.flatMap(({ newAgreementId }) => newAgreementId ?? []).filter((each) => each !== id);
  const begun = { [Op.notIn]: ['PENDING_START' as const, 'CANCELED' as const] };
  return tx.db.ServiceAgreement.count({ where: { id: ids, accountId, status: begun } });
}

/** What the landlord is charged for a reversion, by service, in cents: what was taken back is not in it. */
async function chargedByService(tx: Tx, caseId: string, accountId: number) {
  const kind = ['REVERSION_FEE', 'REVERSION_FEE_UNDONE'];
  const entries = await tx.db.JournalEntry.findAll({ where: { caseId, accountId, kind } });
  const entryId = entries.map(({ id }) => id);
  const postings = await tx.db.Posting.findAll({ where: { entryId, ledgerAccount: 'RECEIVABLE' } });
  const sums = new Map<string | null, number>();
  for (const { serviceCode, amountCents } of postings)
    sums.set(serviceCode, (sums.get(serviceCode) ?? 0) + Number(amountCents));
  return [...sums].map(([serviceCode, cents]) => ({ serviceCode, cents }));
}
