import { refuseUsage, usageOf } from '../../domain/billing/usage/usage';
import type { CivilDate } from '../../domain/dates';
import { add, parseRational, toDecimalString } from '../../domain/rational';
import type { ReadSource } from '../../domain/states';
import type { Db } from '../create-db';
import { select } from './select';

/** What was used between two reads of a meter. */
interface UsagePeriod {
  from: CivilDate;
  to: CivilDate;
  /** In the meter's billing unit, an exact decimal. */
  quantity: string;
  /** One of the two reads was not taken from the register. */
  estimated: boolean;
}

/** What an account used of a service, the oldest period first. */
export interface ServiceUsage {
  serviceCode: string;
  unit: string;
  periods: UsagePeriod[];
}

interface ReadRow {
  serviceCode: string;
  unit: string;
  installationId: number;
  serial: string;
  dials: number;
  multiplier: string;
  readOn: CivilDate;
  value: string;
  source: ReadSource;
  rollover: number;
}

const REGISTER_READS: readonly ReadSource[] = ['ACTUAL', 'CUSTOMER'];

/** What an account used of each metered service since a day: from read to read, while it had the service. */
export async function usageOfAccount(db: Db, accountId: number, since: CivilDate): Promise<ServiceUsage[]> {
  const rows = await select<ReadRow>(
    db,
    `SELECT DISTINCT g.service_code serviceCode, m.unit unit, i.id installationId, m.serial serial, m.dials dials,
       m.multiplier multiplier, r.read_on readOn, r.value value, r.source source, r.rollover rollover, r.id id
     FROM service_agreement g JOIN meter_installation i ON i.service_point_id = g.service_point_id
     JOIN meter m ON m.id = i.meter_id JOIN meter_read r ON r.meter_id = m.id AND r.superseded_by_id IS NULL
       AND r.read_on >= GREATEST(i.installed_on, g.start_on, :since)
       AND r.read_on <= LEAST(COALESCE(i.removed_on, r.read_on), COALESCE(g.end_on, r.read_on))
     WHERE g.account_id = :accountId AND g.status <> 'CANCELED'
     ORDER BY g.service_code, i.installed_on, i.id, r.read_on, r.id`,
    { accountId, since },
  );
  const services = new Map<string, ServiceUsage>();
  rows.forEach((row, i) => {
    const { serviceCode, unit } = row;
    // A meter in another unit is another line of a chart.
    const name = `${serviceCode} ${unit}`;
    const service = services.get(name) ?? { serviceCode, unit, periods: [] };
    services.set(name, service);
    const before = rows[i - 1];
    const period = before?.installationId === row.installationId ? periodOf(before, row) : null;
    if (period) service.periods.push(period);
  });
  return [...services.values()].map((service) => ({ ...service, periods: summed(service.periods) }));
}

// Two reads of a day, as before and after a correction on site, are no period; nor is what cannot be worked out.
function periodOf(before: ReadRow, row: ReadRow): UsagePeriod | null {
  const { serial: meterSerial, dials, multiplier } = row;
  const rollover = row.rollover ? ('ACCEPTED' as const) : ('NONE' as const);
  const segment = { meterSerial, dials, multiplier, startValue: before.value, endValue: row.value, rollover };
  if (before.readOn === row.readOn || refuseUsage([segment])) return null;
  const estimated = ![before, row].every(({ source }) => REGISTER_READS.includes(source));
  return { from: before.readOn, to: row.readOn, quantity: usageOf([segment]).usage, estimated };
}

/** Several meters of a service that are read on the same days are one bar of a chart. */
function summed(periods: UsagePeriod[]): UsagePeriod[] {
  const byDays = new Map<string, UsagePeriod>();
  for (const period of periods) {
    const days = `${period.from} ${period.to}`;
    const other = byDays.get(days);
    byDays.set(days, other ? both(other, period) : period);
  }
  return [...byDays.values()].sort((a, b) => a.from.localeCompare(b.from) || a.to.localeCompare(b.to));
}

const both = (a: UsagePeriod, b: UsagePeriod): UsagePeriod => ({
  ...a,
  quantity: toDecimalString(add(parseRational(a.quantity), parseRational(b.quantity)), PLACES),
  estimated: a.estimated || b.estimated,
});

/** Those of usage.ts, whose figures are exact in them. */
const PLACES = 12;
