import type { OnboardForm } from '../contract/forms';
import { RefusedError } from '../db/errors';
import type { Account } from '../db/models/occupancy';
import type { Location, Rate, Service } from '../db/models/places';
import { defaultRateId } from '../db/reads/class-defaults';
import type { ServiceDeposit } from '../db/reads/deposit-proposals';
import { priceTermsOf } from '../db/records/agreements';
import { isPriced } from '../db/records/rates';
import type { Tx } from '../db/transaction';
import { sameTerms, termsOfPlace, type PriceTerms } from '../domain/billing/price-terms';
import type { ServiceTerms } from '../domain/onboarding/approval-reasons';
import { HOLDING } from '../domain/states';
import type { Faults } from './faults';
import type { NewService } from './place';

/** A service of the form with its point, its rate, and what it would have got by itself. */
export type ResolvedService = NewService & { service: Service; position: number; terms: ServiceTerms };

const refuse = (code: string, message: string, pointer: string): never => {
  throw new RefusedError({ code, message, pointer });
};

/** Where the services are: the class decides which rates may be had (domain.md row S7); copied is null from scratch. */
export interface ServedPlace {
  /** Null: a place that is not there yet. */
  location: Location | null;
  classCode: string | null;
  copied: Account | null;
}

/**
 * Finds the service points and rates that the form names; a point that the location lacks is null. Notes
 * SERVICE_UNKNOWN, RATE_UNKNOWN, RATE_NOT_IN_FORCE, RATE_NOT_FOR_CLASS; a service with a fault is left out.
 */
export async function resolveServices(
  tx: Tx,
  form: OnboardForm,
  place: ServedPlace,
  faults: Faults,
): Promise<ResolvedService[]> {
  const resolved: ResolvedService[] = [];
  for (const i of form.services.keys()) {
    const service = await faults.noting(() => resolveService(tx, form, i, place));
    if (service) resolved.push(service);
  }
  return resolved;
}

async function resolveService(tx: Tx, form: OnboardForm, i: number, place: ServedPlace): Promise<ResolvedService> {
  const pointer = `#/services/${i}`;
  const line = form.services[i];
  const service = line && (await tx.db.Service.findByPk(line.serviceCode));
  // A key finds codes in any letters; the rest of the form, and what it becomes, compares them as they are written.
  if (!service || service.code !== line.serviceCode)
    return refuse('SERVICE_UNKNOWN', `There is no service ${line?.serviceCode}`, `${pointer}/serviceCode`);
  const startOn = line.connectDate ?? form.startDate;
  const { serviceCode, position, quantity = '1', units, frequency, priceTerms = null } = line;
  const rate = await rateFor(tx, line, { startOn, classCode: place.classCode }, `${pointer}/rateCode`);
  const where = { locationId: place.location?.id ?? 0, serviceCode, position };
  const servicePointId = (await tx.db.ServicePoint.findOne({ where }))?.id ?? null;
  const terms = { rateId: rate.id, quantity, units };
  return {
    ...{ service, servicePointId, serviceCode, position, ...terms, frequency, startOn, priceTerms },
    ...{ startReadId: null, pointer },
    terms: { ...terms, ...(await defaultTerms(tx, line, servicePointId, place)) },
  };
}

/**
 * A service's rate of this code for a place of this class from a day on. Refused: RATE_UNKNOWN, RATE_NOT_FOR_CLASS,
 * RATE_NOT_IN_FORCE, each at the pointer.
 */
export async function rateFor(
  tx: Tx,
  { rateCode: code, serviceCode }: { rateCode: string; serviceCode: string },
  { startOn, classCode }: { startOn: string; classCode: string | null },
  pointer: string,
): Promise<Rate> {
  const rate = await tx.db.Rate.findOne({ where: { code, serviceCode } });
  if (rate?.code !== code || rate.serviceCode !== serviceCode)
    return refuse('RATE_UNKNOWN', `${serviceCode} has no rate ${code}`, pointer);
  const forClass = rate.classCode === null || rate.classCode === classCode;
  const message = `The rate ${code} is for the class ${rate.classCode}; the place is ${classCode ?? 'of none'}`;
  if (!forClass) return refuse('RATE_NOT_FOR_CLASS', message, pointer);
  if (await isPriced(tx, rate.id, startOn)) return rate;
  return refuse('RATE_NOT_IN_FORCE', `The rate ${code} has no prices on ${startOn}`, pointer);
}

/**
 * What the service would have got by itself: the terms that the copied account had it on, else the class's default rate
 * and one of it. Terms that were only asked for are nobody's default: a second form would evade the approval of the first.
 */
async function defaultTerms(
  tx: Tx,
  { serviceCode, priceTerms = null }: { serviceCode: string; priceTerms?: PriceTerms | null },
  servicePointId: number | null,
  { classCode, copied }: ServedPlace,
): Promise<Omit<ServiceTerms, 'rateId' | 'quantity' | 'units'>> {
  const before =
    copied &&
    servicePointId !== null &&
    (await tx.db.ServiceAgreement.findOne({
      where: { accountId: copied.id, servicePointId, status: [...HOLDING, 'STOPPED', 'CLOSED'] },
      order: [['id', 'DESC']],
    }));
  const otherPriceTerms = await hasOtherPriceTerms(tx, servicePointId, priceTerms);
  if (before) {
    const { rateId, quantity, units } = before;
    return { defaultRateId: rateId, defaultQuantity: quantity, defaultUnits: units, otherPriceTerms };
  }
  const rateId = await defaultRateId(tx.db, serviceCode, classCode);
  return { defaultRateId: rateId, defaultQuantity: '1', defaultUnits: '1', otherPriceTerms };
}

/**
 * Whether what a rate looks up is other than the last holder of the point had, whether or not that one is copied; what is
 * measured or averaged of a customer comes from nobody before. A smaller meter is a smaller bill, as fewer units are.
 */
export async function hasOtherPriceTerms(
  tx: Tx,
  servicePointId: number | null,
  priceTerms: PriceTerms | null,
): Promise<boolean> {
  if (priceTerms && (priceTerms.averageUsage !== undefined || priceTerms.measures !== undefined)) return true;
  const status = [...HOLDING, 'STOPPED' as const, 'CLOSED' as const];
  const before =
    servicePointId === null
      ? null
      : await tx.db.ServiceAgreement.findOne({ where: { servicePointId, status }, order: [['id', 'DESC']] });
  // Who leaves them out where there were some is found by the rate, which then has nothing to look up.
  if (!before && priceTerms === null) return false;
  return !sameTerms(termsOfPlace(priceTerms), before && termsOfPlace(priceTermsOf(before)));
}

/** Asked and proposed deposit of each service (domain.md row S9). */
export function depositTerms({ deposits }: OnboardForm, proposed: ServiceDeposit[]) {
  return proposed.map(({ serviceCode, amountCents: proposedCents }) => {
    const asked = deposits.find((deposit) => deposit.serviceCode === serviceCode);
    return { askedCents: asked && asked.waivedBecause === null ? asked.amountCents : 0, proposedCents };
  });
}
