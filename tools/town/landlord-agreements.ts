import type { Tx } from '../../db/transaction';
import type { CustomerIdOf } from './customers';
import { HOMES } from './homes';
import { LANDLORDS } from './landlords';
import { locationId } from './places';
import { RATE_ID, SERVICE_CODES } from './services';

const SIGNED_ON = '2018-06-01';

/** Signs the landlords' agreements, one for each rented home with a line for each service. */
export async function signLandlords(tx: Tx, customerIdOf: CustomerIdOf): Promise<void> {
  const rented = HOMES.flatMap(({ landlord }, home) => (landlord ? [{ landlord, home }] : []));
  await tx.db.LandlordAgreement.bulkCreate(
    rented.map(({ landlord, home }, i) => ({
      ...{ id: i + 1, customerId: customerIdOf({ landlord }), locationId: locationId(home), startOn: SIGNED_ON },
    })),
  );
  await tx.db.LandlordAgreementLine.bulkCreate(
    rented.flatMap(({ landlord }, i) =>
      SERVICE_CODES.map((serviceCode) => ({
        ...{ landlordAgreementId: i + 1, serviceCode, rateId: RATE_ID[serviceCode] },
        decision: LANDLORDS[landlord].decisions[serviceCode],
        stopReasonsExcluded: LANDLORDS[landlord].stopReasonsExcluded,
      })),
    ),
  );
  const data = { agreements: rented.length };
  tx.audit({ action: 'landlordAgreements.loaded', entity: 'landlord_agreement', entityId: 'town', data });
}
