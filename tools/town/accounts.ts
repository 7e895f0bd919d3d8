import { nextNumber } from '../../db/records/numbers';
import type { Tx } from '../../db/transaction';
import type { CustomerIdOf } from './customers';
import { FORMER_TENANT, HOMES } from './homes';
import { lastReadOn, type Occupancy } from './occupancies';
import { locationId, pointId } from './places';
import type { ReadIdOf } from './reads';
import { RATE_ID, SERVICE_CODES, type ServiceCode } from './services';

/** An occupancy's account; ids are chosen as in places.ts. */
export const accountId = (occupancy: number): number => occupancy + 1;
const agreementId = (occupancy: number, service: ServiceCode): number =>
  occupancy * SERVICE_CODES.length + SERVICE_CODES.indexOf(service) + 1;

/** Opens the accounts with an agreement for each service; they are billed up to their last cycle read. */
export async function openAccounts(
  tx: Tx,
  occupancies: Occupancy[],
  ids: { customerIdOf: CustomerIdOf; readIdOf: ReadIdOf },
): Promise<void> {
  const accounts = [];
  for (const [i, { home, holder, role, startOn, endOn }] of occupancies.entries()) {
    const accountNumber = await nextNumber(tx, 'account');
    accounts.push({
      ...{ id: accountId(i), accountNumber, customerId: ids.customerIdOf(holder), locationId: locationId(home), role },
      ...{ status: 'ACTIVE' as const, startOn, billCycle: HOMES[home]?.cycle ?? null, createdAt: tx.now },
      ...(endOn && leaver(endOn)),
    });
  }
  await tx.db.Account.bulkCreate(accounts);
  const agreements = occupancies.flatMap((_, i) =>
    SERVICE_CODES.map((service) => agreement(occupancies, i, service, tx.today, ids.readIdOf)),
  );
  await tx.db.ServiceAgreement.bulkCreate(agreements);
  const data = { accounts: accounts.length, agreements: agreements.length };
  tx.audit({ action: 'accounts.loaded', entity: 'account', entityId: 'town', data });
}

function leaver(endOn: string) {
  const { line1, city, state, postalCode } = FORMER_TENANT.forward;
  return {
    ...{
      status: 'CLOSED' as const,
      stopOn: endOn,
      vacateOn: endOn,
      stopReason: 'CUSTOMER' as const,
      finalBillOn: endOn,
    },
    ...{ forwardLine1: line1, forwardCity: city, forwardState: state, forwardPostalCode: postalCode },
  };
}

function agreement(occupancies: Occupancy[], i: number, serviceCode: ServiceCode, today: string, readIdOf: ReadIdOf) {
  const { home, startOn, endOn, carts = 1 } = occupancies[i] as Occupancy;
  const place = HOMES[home] as (typeof HOMES)[number];
  const lastBilledThrough = endOn ?? lastReadOn(place, today);
  const isMetered = serviceCode === 'WATER';
  const followsEarlier = occupancies[i - 1]?.home === home;
  return {
    ...{
      id: agreementId(i, serviceCode),
      accountId: accountId(i),
      servicePointId: pointId(home, serviceCode),
      serviceCode,
    },
    ...{ rateId: RATE_ID[serviceCode], units: serviceCode === 'REFUSE' ? `${carts}` : '1', frequency: 'MONTHLY' },
    ...{ startOn, endOn, lastBilledThrough, status: endOn ? ('CLOSED' as const) : ('ACTIVE' as const) },
    stopReason: endOn ? ('CUSTOMER' as const) : null,
    startReadId: isMetered ? readIdOf(home, startOn) : null,
    stopReadId: isMetered && endOn ? readIdOf(home, endOn) : null,
    lastBilledReadId: isMetered ? readIdOf(home, lastBilledThrough) : null,
    followsId: followsEarlier ? agreementId(i - 1, serviceCode) : null,
  };
}
