import { nextNumber } from '../../db/records/numbers';
import type { Tx } from '../../db/transaction';
import { CITY, HOMES } from './homes';
import type { Random } from './random';
import { SERVICE_CODES, type ServiceCode } from './services';

/** Ids are chosen here, not by the server: the office is empty, and a multi-row insert does not tell them. */
export const locationId = (home: number): number => home + 1;
export const meterId = (home: number): number => home + 1;
export const pointId = (home: number, service: ServiceCode): number =>
  home * SERVICE_CODES.length + SERVICE_CODES.indexOf(service) + 1;

/** Builds the homes: a service point for each service, and a water meter. */
export async function buildHomes(tx: Tx, random: Random): Promise<void> {
  const locations = [];
  for (const [home, { line1, line2 = null }] of HOMES.entries()) {
    const locationNumber = await nextNumber(tx, 'location');
    locations.push({ id: locationId(home), locationNumber, line1, line2, ...CITY, createdAt: tx.now });
  }
  await tx.db.Location.bulkCreate(locations);
  await tx.db.ServicePoint.bulkCreate(
    HOMES.flatMap((_, home) =>
      SERVICE_CODES.map((serviceCode) => {
        return { id: pointId(home, serviceCode), locationId: locationId(home), serviceCode };
      }),
    ),
  );
  await tx.db.Meter.bulkCreate(
    HOMES.map(({ oldMeter }, home) => ({
      ...{ id: meterId(home), serial: `MB-${random(100, 999)}-${String(home + 1).padStart(3, '0')}`, unit: 'gal' },
      ...{
        dials: oldMeter ? 4 : 6,
        multiplier: '1',
        servicePointId: pointId(home, 'WATER'),
        status: 'INSTALLED' as const,
      },
    })),
  );
  tx.audit({ action: 'places.loaded', entity: 'location', entityId: 'town', data: { locations: HOMES.length } });
}
