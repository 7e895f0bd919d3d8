import type { AmendData } from '../../contract/forms';
import { ensure, RefusedError } from '../../db/errors';
import type { Tx } from '../../db/transaction';
import type { AmendmentKind } from '../../domain/incident-actions';

/** What an amendment of rates changes, as it is approved: the rate before and after of each agreement that is meant. */
export interface AmendedRates {
  rates: { agreementId: number; serviceCode: string; position: number; before: string; after: string }[];
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
 * Another rate of the same service for agreements of the account that are not closed. Refused, with the field or row:
 * SERVICE_UNKNOWN, SERVICE_AMBIGUOUS, SERVICE_TWICE, RATE_UNKNOWN, RATE_UNCHANGED.
 */
async function proposeRates(tx: Tx, accountId: number, data: Record<string, unknown>): Promise<AmendedRates> {
  const asked = (data as unknown as AmendData).rates;
  const live = await liveAgreements(tx, accountId);
  const rates: AmendedRates['rates'] = [];
  for (const [i, { serviceCode, position: wanted, rateCode: after }] of asked.entries()) {
    const refuse = (code: string, message: string, field?: string): RefusedError =>
      new RefusedError({ code, message, pointer: `#/data/rates/${i}${field ? `/${field}` : ''}` });
    const ofService = live.filter((each) => each.serviceCode === serviceCode);
    const [meant, ...more] = ofService.filter(({ position }) => wanted === undefined || position === wanted);
    if (!meant) {
      const field = ofService.length > 0 ? 'position' : 'serviceCode';
      throw refuse('SERVICE_UNKNOWN', 'The account of the case has no such service', field);
    }
    if (more.length > 0)
      throw refuse('SERVICE_AMBIGUOUS', 'The account has this service several times: say the position');
    const { agreementId, position, rateCode: before } = meant;
    const isTwice = rates.some((each) => each.agreementId === agreementId);
    if (isTwice) throw refuse('SERVICE_TWICE', 'The service is listed twice', 'serviceCode');
    const rate = await tx.db.Rate.findOne({ where: { serviceCode, code: after } });
    if (!rate) throw refuse('RATE_UNKNOWN', 'The service has no such rate', 'rateCode');
    if (before === after) throw refuse('RATE_UNCHANGED', 'The service has this rate already', 'rateCode');
    rates.push({ agreementId, serviceCode, position, before, after });
  }
  return { rates };
}

/** Refused: AMENDMENT_STALE when an agreement has ended, or has another rate than the approver was shown. */
async function applyRates(tx: Tx, accountId: number, { rates }: AmendedRates): Promise<void> {
  const live = await liveAgreements(tx, accountId);
  for (const { agreementId, serviceCode, position, before, after } of rates) {
    const found = live.find((each) => each.agreementId === agreementId && each.rateCode === before);
    ensure(found, 'AMENDMENT_STALE', `${serviceCode} is not at the rate ${before} any more: propose it anew`);
    const rate = await tx.db.Rate.findOne({ where: { serviceCode, code: after }, rejectOnEmpty: true });
    await found.agreement.update({ rateId: rate.id });
    const data = { serviceCode, position, before, after };
    tx.audit({ action: 'agreement.rate-amended', entity: 'service_agreement', entityId: agreementId, data });
  }
}

/** The agreements that a step of the case can fail on, locked, each with the place and rate that people know it by. */
async function liveAgreements(tx: Tx, accountId: number) {
  const agreements = await tx.db.ServiceAgreement.findAll({ where: { accountId }, order: ['id'], lock: true });
  const live = agreements.filter(({ status }) => status !== 'CANCELED' && status !== 'CLOSED');
  return Promise.all(
    live.map(async (agreement) => {
      const { id: agreementId, serviceCode, servicePointId, rateId } = agreement;
      const { position } = await tx.db.ServicePoint.findByPk(servicePointId, { rejectOnEmpty: true });
      const { code: rateCode } = await tx.db.Rate.findByPk(rateId, { rejectOnEmpty: true });
      return { agreement, agreementId, serviceCode, position, rateCode };
    }),
  );
}
