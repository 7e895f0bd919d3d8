import { Op } from 'sequelize';
import { HOLDING } from '../../domain/states';
import { checkAddress } from '../../domain/addresses/check-address';
import { rejectAll, RefusedError } from '../errors';
import type { Location, ServicePoint } from '../models/places';
import { servicesOfClass } from '../reads/class-defaults';
import type { Tx } from '../transaction';
import { tellAddress } from './changes';
import { GETS_MAIL } from './customers';
import { nextNumber, takeNumber } from './numbers';

/** A new place that is served. Number null: the next one. */
export interface NewLocation {
  number: string | null;
  address: { line1: string; line2: string | null; city: string; state: string; postalCode: string };
  classCode?: string | null;
}

/**
 * Adds a location to the table (domain.md row S7), its address in the form of the office's country. Refused, with fields
 * below `pointer`: RATE_CLASS_UNKNOWN, NUMBER_TAKEN, ADDRESS_STATE, ADDRESS_ZIP, ADDRESS_POSTAL_CODE.
 */
export async function createLocation(
  tx: Tx,
  { number, address, classCode = null }: NewLocation,
  pointer: string,
): Promise<Location> {
  await refuseUnknownClass(tx, classCode, `${pointer}/classCode`);
  const parts = homeParts(tx, address, `${pointer}/address`);
  const locationNumber =
    number === null ? await nextNumber(tx, 'location') : await takeNumber(tx, 'location', number, `${pointer}/number`);
  const location = await tx.db.Location.create({ locationNumber, ...parts, classCode, createdAt: tx.now });
  const data = { classCode };
  tx.audit({ action: 'location.created', entity: 'location', entityId: locationNumber, data });
  return location;
}

/** The location of this number, locked: the first lock of a step (design.md decision 3). Refused: LOCATION_UNKNOWN. */
export const lockLocation = (tx: Tx, locationNumber: string, pointer: string): Promise<Location> =>
  findLocation(tx, locationNumber, pointer, { lock: true });

/** The location of this number. Refused: LOCATION_UNKNOWN. */
export async function findLocation(
  tx: Tx,
  locationNumber: string,
  pointer: string,
  { lock = false } = {},
): Promise<Location> {
  const location = await tx.db.Location.findOne({ where: { locationNumber }, lock });
  if (location) return location;
  throw new RefusedError({ code: 'LOCATION_UNKNOWN', message: 'There is no such location', pointer });
}

/** An address in the form of the office's country. Refused, each with its field: the reasons of checkAddress. */
function homeParts(tx: Tx, address: NewLocation['address'], pointer: string): NewLocation['address'] {
  const { faults, address: kept } = checkAddress(address, tx.settings.contacts.country, pointer);
  rejectAll(faults);
  const { country: _home, ...parts } = kept;
  return parts;
}

/**
 * Corrects a location's address, or gives it another class: whoever has a service there, or may get it as the landlord, keeps a rate that fits. Refused:
 * RATE_CLASS_UNKNOWN, CLASS_HAS_RATES and the reasons of checkAddress.
 */
export async function changeLocation(
  tx: Tx,
  location: Location,
  change: { address?: NewLocation['address']; classCode?: string | null },
): Promise<void> {
  const { address, classCode } = change;
  if (classCode !== undefined && classCode !== location.classCode) {
    await refuseUnknownClass(tx, classCode, '#/classCode');
    await refuseOtherRates(tx, location.id, classCode);
  }
  const parts = address && homeParts(tx, address, '#/address');
  await location.update({ ...parts, ...(classCode !== undefined && { classCode }) });
  if (parts) await tellMailMoves(tx, location.id);
  const data = { address: address ? 'corrected' : 'as it was', classCode: location.classCode };
  tx.audit({ action: 'location.changed', entity: 'location', entityId: location.locationNumber, data });
}

/** Other systems are told of each account that gets its mail at the service address. */
async function tellMailMoves(tx: Tx, locationId: number): Promise<void> {
  const where = { locationId, status: [...GETS_MAIL], forwardLine1: null };
  const accounts = await tx.db.Account.findAll({ where, order: ['id'] });
  const ids = accounts.map(({ customerId }) => customerId);
  const elsewhere = await tx.db.Customer.findAll({ where: { id: ids, mailLine1: { [Op.ne]: null } } });
  const gone = new Set(elsewhere.map(({ id }) => id));
  for (const account of accounts) if (!gone.has(account.customerId)) tellAddress(tx, account, tx.today);
}

async function refuseOtherRates(tx: Tx, locationId: number, classCode: string | null): Promise<void> {
  const points = await tx.db.ServicePoint.findAll({ where: { locationId } });
  const held = await tx.db.ServiceAgreement.findAll({
    where: { servicePointId: points.map(({ id }) => id), status: [...HOLDING, 'PENDING_START'] },
  });
  const inForce = { [Op.or]: [null, { [Op.gt]: tx.today }] };
  const agreed = await tx.db.LandlordAgreement.findAll({ where: { locationId, endOn: inForce } });
  const landlordAgreementId = agreed.map(({ id }) => id);
  const lines = await tx.db.LandlordAgreementLine.findAll({ where: { landlordAgreementId } });
  const rateIds = [...held, ...lines].map(({ rateId }) => rateId);
  const rates = await tx.db.Rate.findAll({ where: { id: rateIds }, order: ['code'] });
  const other = rates.find((rate) => rate.classCode !== null && rate.classCode !== classCode);
  if (!other) return;
  const { code, serviceCode } = other;
  const how = held.some(({ rateId }) => rateId === other.id) ? 'is billed there' : 'goes to the landlord there';
  const message = `${serviceCode} ${how} at the rate ${code}, which is for ${other.classCode}`;
  throw new RefusedError({ code: 'CLASS_HAS_RATES', message, pointer: '#/classCode' });
}

/** Refused: RATE_CLASS_UNKNOWN. */
export async function refuseUnknownClass(tx: Tx, code: string | null, pointer: string): Promise<void> {
  // A key finds codes in any letters; rates and places compare their classes as they are written.
  if (code === null || (await tx.db.RateClass.findByPk(code))?.code === code) return;
  throw new RefusedError({ code: 'RATE_CLASS_UNKNOWN', message: `There is no class ${code}`, pointer });
}

/** The services that a new service address of this class gets, in the order of their priority. */
export async function defaultServiceCodes(tx: Tx, classCode: string | null): Promise<string[]> {
  const own = classCode === null ? [] : await servicesOfClass(tx.db, classCode);
  if (own.length > 0) return own.map(({ serviceCode }) => serviceCode);
  const services = await tx.db.Service.findAll({ where: { onNewLocation: true }, order: ['priority', 'code'] });
  return services.map(({ code }) => code);
}

/** Adds a point of a service to a location. */
export async function addServicePoint(
  tx: Tx,
  point: { locationId: number; serviceCode: string; position: number },
): Promise<ServicePoint> {
  const row = await tx.db.ServicePoint.create(point);
  tx.audit({ action: 'servicePoint.created', entity: 'service_point', entityId: row.id, data: { ...point } });
  return row;
}
