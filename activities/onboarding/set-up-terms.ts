import type { OnboardForm } from '../../contract/forms';
import { RefusedError } from '../../db/errors';
import type { Account } from '../../db/models/occupancy';
import type { Location, Service } from '../../db/models/places';
import { balanceOf } from '../../db/records/journal';
import { addServicePoint } from '../../db/records/locations';
import { meterAt } from '../../db/records/places';
import type { Tx } from '../../db/transaction';
import type { ServiceTerms } from '../../domain/onboarding/approval-reasons';
import type { AccountStatus } from '../../domain/states';
import type { PlacedService } from './place';

/** A service of the form with its point, its rate, and what it would have got by itself. */
export type ResolvedService = PlacedService & { service: Service; terms: ServiceTerms };

const refuse = (code: string, message: string, pointer: string): never => {
  throw new RefusedError({ code, message, pointer });
};

/**
 * Finds the service points and rates that the form names; a point that the location lacks is added. Refused:
 * SERVICE_UNKNOWN, RATE_UNKNOWN, RATE_NOT_IN_FORCE.
 */
export async function resolveServices(
  tx: Tx,
  form: OnboardForm,
  location: Location,
  copied: Account | null,
): Promise<ResolvedService[]> {
  const resolved: ResolvedService[] = [];
  for (const [i, line] of form.services.entries()) {
    const pointer = `#/services/${i}`;
    const service = await tx.db.Service.findByPk(line.serviceCode);
    if (!service) return refuse('SERVICE_UNKNOWN', `There is no service ${line.serviceCode}`, `${pointer}/serviceCode`);
    const startOn = line.connectDate ?? form.startDate;
    const rateId = await rateFor(tx, line, startOn, `${pointer}/rateCode`);
    const { serviceCode, position, units, frequency } = line;
    const where = { locationId: location.id, serviceCode, position };
    const point = (await tx.db.ServicePoint.findOne({ where })) ?? (await addServicePoint(tx, where));
    resolved.push({
      ...{
        service,
        servicePointId: point.id,
        serviceCode,
        rateId,
        units,
        frequency,
        startOn,
        startReadId: null,
        pointer,
      },
      terms: { rateId, units, ...(await defaultTerms(tx, serviceCode, point.id, copied)) },
    });
  }
  return resolved;
}

async function rateFor(
  tx: Tx,
  { rateCode: code, serviceCode }: OnboardForm['services'][number],
  startOn: string,
  pointer: string,
): Promise<number> {
  const rate = await tx.db.Rate.findOne({ where: { code, serviceCode } });
  if (!rate) return refuse('RATE_UNKNOWN', `${serviceCode} has no rate ${code}`, pointer);
  const versions = await tx.db.RateVersion.findAll({ where: { rateId: rate.id } });
  if (versions.some(({ effectiveFrom }) => effectiveFrom <= startOn)) return rate.id;
  return refuse('RATE_NOT_IN_FORCE', `The rate ${code} has no prices on ${startOn}`, pointer);
}

/** What the service would have got by itself: the copied account's terms, else the default rate and one unit. */
async function defaultTerms(
  tx: Tx,
  serviceCode: string,
  servicePointId: number,
  copied: Account | null,
): Promise<Pick<ServiceTerms, 'defaultRateId' | 'defaultUnits'>> {
  const before =
    copied &&
    (await tx.db.ServiceAgreement.findOne({
      where: { accountId: copied.id, servicePointId },
      order: [['id', 'DESC']],
    }));
  if (before) return { defaultRateId: before.rateId, defaultUnits: before.units };
  const rate = await tx.db.Rate.findOne({ where: { serviceCode, isDefault: true } });
  return { defaultRateId: rate?.id ?? null, defaultUnits: '1' };
}

/**
 * Checks that each metered service has a meter, there or in the form. Refused: METER_MISSING, METER_THERE,
 * METER_NOT_NEEDED, BEGIN_READ_MISSING, READ_TOO_MANY_DIGITS.
 */
export async function checkMeters(tx: Tx, form: OnboardForm, services: ResolvedService[]): Promise<void> {
  for (const [i, { service, servicePointId }] of services.entries()) {
    await checkMeter(tx, form, { i, service, servicePointId, position: form.services[i]?.position ?? 1 });
  }
}

async function checkMeter(
  tx: Tx,
  form: OnboardForm,
  at: { i: number; service: Service; servicePointId: number; position: number },
): Promise<void> {
  const { i, service, servicePointId, position } = at;
  const given = form.meters.findIndex((each) => each.serviceCode === service.code && each.position === position);
  const there = await meterAt(tx, servicePointId);
  if (given >= 0 && !service.metered) refuse('METER_NOT_NEEDED', `${service.name} is not metered`, `#/meters/${given}`);
  if (given >= 0 && there) {
    refuse('METER_THERE', `The meter ${there.serial} is installed there; exchange it instead`, `#/meters/${given}`);
  }
  const read = form.meters[given]?.beginRead;
  if (given >= 0 && !read)
    refuse('BEGIN_READ_MISSING', 'A meter that is put in needs its read', `#/meters/${given}/beginRead`);
  if (read && form.meters[given] && Number(read.value) >= 10 ** form.meters[given].dials) {
    refuse('READ_TOO_MANY_DIGITS', 'The read has more digits than the meter', `#/meters/${given}/beginRead/value`);
  }
  if (given < 0 && service.metered && !there)
    refuse('METER_MISSING', `${service.name} needs a meter`, `#/services/${i}`);
}

/** Asked and default deposit of each service; only a tenant is asked for one by default (domain.md row S9). */
export function depositTerms(form: OnboardForm, services: ResolvedService[]) {
  const byCode = new Map(services.map(({ service }) => [service.code, Number(service.defaultDepositCents)]));
  return [...byCode].map(([serviceCode, cents]) => {
    const asked = form.deposits.find((deposit) => deposit.serviceCode === serviceCode);
    return {
      askedCents: asked && asked.waivedBecause === null ? asked.amountCents : 0,
      defaultCents: form.role === 'TENANT' ? cents : 0,
    };
  });
}

const ENDED: readonly AccountStatus[] = ['FINAL_BILLED', 'COLLECTIONS', 'WRITTEN_OFF', 'CLOSED'];

/** What a customer owes on accounts that have ended, in cents: each debt counts, a credit of another does not. */
export async function oldDebtOf(tx: Tx, customerId: number): Promise<number> {
  let owed = 0;
  for (const { id } of await tx.db.Account.findAll({ where: { customerId, status: [...ENDED] } })) {
    owed += Math.max(0, await balanceOf(tx, id));
  }
  return owed;
}
