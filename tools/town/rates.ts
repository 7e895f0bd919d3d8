import { hashOf, canonicalJson } from '../../db/canonical';
import { instantOf } from '../../db/clock';
import type { Tx } from '../../db/transaction';
import type { Charge } from '../../domain/billing/charges';
import { refuseRateVersion, type RateVersion } from '../../domain/billing/rate-version';
import { addMonths, type CivilDate } from '../../domain/dates';
import { RATE_ID, SERVICES, type ServiceCode } from './services';

const FIRST_PRICES = '2018-01-01';

/** Months since the town raised the price of water, on the first of a month. */
const WATER_RAISED_MONTHS_AGO = 5;

/** Publishes the services and their rates; water has had two prices. */
export async function publishRates(tx: Tx): Promise<void> {
  await tx.db.Service.bulkCreate(SERVICES.map((service) => ({ ...service })));
  await tx.db.Rate.bulkCreate(
    SERVICES.map(({ code, name }) => ({
      ...{ id: RATE_ID[code], code: `RES-${code}`, serviceCode: code, name: `Residential ${name.toLowerCase()}` },
    })),
  );
  const versions = versionsAt(tx.today);
  await tx.db.RateVersion.bulkCreate(versions.map(([code, version]) => rowOf(tx, RATE_ID[code], version)));
  const entityId = SERVICES.map(({ code }) => code).join();
  tx.audit({ action: 'rates.published', entity: 'rate', entityId, data: { versions: versions.length } });
}

function versionsAt(today: CivilDate): [ServiceCode, RateVersion][] {
  const raised = `${addMonths(today, -WATER_RAISED_MONTHS_AGO).slice(0, 7)}-01`;
  const share: Charge = { kind: 'SHARE_OF_USAGE', ofService: 'WATER', share: '0.80' };
  const sewerUse: Charge = {
    kind: 'TIERS',
    per: '1000',
    tierProration: 'WHOLE',
    tiers: [{ upTo: null, rate: '4.10' }],
  };
  return [
    ['WATER', version(FIRST_PRICES, 'gal', water(1_100, ['2.35', '3.50', '4.95']), true)],
    ['WATER', version(raised, 'gal', water(1_200, ['2.50', '3.75', '5.25']), true)],
    ['SEWER', version(FIRST_PRICES, 'gal', [{ kind: 'BASE', amountCents: 950 }, share, sewerUse])],
    ['REFUSE', version(FIRST_PRICES, null, [{ kind: 'FLAT', name: 'Cart', amountCents: 1_425 }])],
  ];
}

function water(baseCents: number, [low, middle, high]: [string, string, string]): Charge[] {
  const tiers = [
    { upTo: '4000', rate: low },
    { upTo: '10000', rate: middle },
    { upTo: null, rate: high },
  ];
  return [
    { kind: 'BASE', amountCents: baseCents },
    { kind: 'TIERS', per: '1000', tierProration: 'WHOLE', tiers },
    { kind: 'MINIMUM', amountCents: 1_500 },
  ];
}

function version(effectiveFrom: CivilDate, unit: string | null, charges: Charge[], taxed = false): RateVersion {
  return {
    ...{ effectiveFrom, unit, charges, rounding: { mode: 'HALF_UP', place: 'LINE' } },
    proration: {
      ...{ newConnect: 'PRORATE_BASE_AND_MIN', finalDisconnect: 'PRORATE_BASE_AND_MIN' },
      ...{ divisor: 'AVERAGE_DAYS', normalDays: 30, tolerance: { fromDays: 27, toDays: 33 }, capAtOne: false },
    },
    taxes: taxed ? [{ code: 'UTILITY', name: 'Utility tax', percent: '5.25' }] : [],
  };
}

function rowOf(tx: Tx, rateId: number, rateVersion: RateVersion) {
  const problems = refuseRateVersion(rateVersion);
  if (problems.length > 0) throw new Error(`The town's rate ${rateId} has problems: ${JSON.stringify(problems)}`);
  const { effectiveFrom } = rateVersion;
  const definition = canonicalJson(rateVersion);
  const publishedAt = instantOf(tx.settings.clock, effectiveFrom);
  return { rateId, effectiveFrom, definition, definitionHash: hashOf(rateVersion), publishedAt };
}
