import type { AmendData } from '../../contract/forms';
import { RefusedError } from '../../db/errors';
import type { Tx } from '../../db/transaction';
import type { AmendmentKind } from '../../domain/incident-actions';

/** What an amendment of rates changes, as it is approved: each service's rate before and after. */
export interface AmendedRates {
  rates: { serviceCode: string; before: string; after: string }[];
}

/** How each kind of amendment is worked out from what was proposed, and applied once it is approved. */
export const AMENDMENTS: Record<
  AmendmentKind,
  {
    propose(tx: Tx, accountId: number, data: Record<string, unknown>): Promise<AmendedRates>;
    apply(tx: Tx, accountId: number, content: AmendedRates): Promise<void>;
  }
> = { RATES: { propose: proposeRates, apply: applyRates } };

/**
 * Another rate of the same service for the account's agreements. Refused, with the field: SERVICE_UNKNOWN,
 * SERVICE_TWICE, RATE_UNKNOWN, RATE_UNCHANGED.
 */
async function proposeRates(tx: Tx, accountId: number, data: Record<string, unknown>): Promise<AmendedRates> {
  const asked = (data as unknown as AmendData).rates;
  const rates: AmendedRates['rates'] = [];
  for (const [i, { serviceCode, rateCode: after }] of asked.entries()) {
    const refuse = (holds: unknown, code: string, message: string, field: string) => {
      if (!holds) throw new RefusedError({ code, message, pointer: `#/data/rates/${i}/${field}` });
    };
    const twice = asked.findIndex((each) => each.serviceCode === serviceCode) !== i;
    refuse(!twice, 'SERVICE_TWICE', 'The service is listed twice', 'serviceCode');
    const [agreement] = await agreementsOf(tx, accountId, serviceCode);
    refuse(agreement, 'SERVICE_UNKNOWN', 'The account of the case has no such service', 'serviceCode');
    const rate = await tx.db.Rate.findOne({ where: { serviceCode, code: after } });
    refuse(rate, 'RATE_UNKNOWN', 'The service has no such rate', 'rateCode');
    const { code: before } = await tx.db.Rate.findByPk(agreement?.rateId ?? 0, { rejectOnEmpty: true });
    refuse(before !== after, 'RATE_UNCHANGED', 'The service has this rate already', 'rateCode');
    rates.push({ serviceCode, before, after });
  }
  return { rates };
}

async function applyRates(tx: Tx, accountId: number, { rates }: AmendedRates): Promise<void> {
  for (const { serviceCode, before, after } of rates) {
    const rate = await tx.db.Rate.findOne({ where: { serviceCode, code: after }, rejectOnEmpty: true });
    for (const agreement of await agreementsOf(tx, accountId, serviceCode)) {
      await agreement.update({ rateId: rate.id });
      const data = { serviceCode, before, after };
      tx.audit({ action: 'agreement.rate-amended', entity: 'service_agreement', entityId: agreement.id, data });
    }
  }
}

const agreementsOf = async (tx: Tx, accountId: number, serviceCode: string) => {
  const where = { accountId, serviceCode };
  const agreements = await tx.db.ServiceAgreement.findAll({ where, order: ['id'], lock: true });
  return agreements.filter(({ status }) => status !== 'CANCELED');
};
