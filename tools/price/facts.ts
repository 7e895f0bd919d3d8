import type { FinalBillFacts, FinalBillService } from '../../domain/billing/price-final-bill';
import type { MeterSegment } from '../../domain/billing/usage/usage';
import { addDays, daysBetween, maxDate } from '../../domain/dates';
import type { Refusal } from '../../domain/refusal';
import { centsOf } from './dollars';
import type { RateFile, ServiceInput, UsageFile } from './input';

/** The facts of a bill from its two files, or the problems that they do not fit together. */
export function factsOf(rates: RateFile, usage: UsageFile): FinalBillFacts | { problems: Refusal[] } {
  const problems = usage.services.flatMap((service, i) => refuseService(rates, usage, service, i));
  if (problems.length > 0) return { problems };
  // A service that is billed in advance ends after the others.
  const stopOn = usage.services.reduce((last, { through = last }) => maxDate(last, through), usage.through);
  return {
    stopOn,
    handoverDayTo: 'OUTGOING',
    taxRounding: usage.taxRounding ?? 'PER_BILL',
    services: usage.services.map((service, i) => serviceOf(rates, { ...usage, stopOn }, service, i)),
    fees: (usage.fees ?? []).map(({ code, name, amount, service = null, taxable = false }) => ({
      ...{ code, name, serviceType: service, amountCents: centsOf(amount), taxable },
    })),
    ...(usage.taxExempt && { taxExempt: true }),
    event: usage.event ?? 'FINAL_DISCONNECT',
    pastDueCents: centsOf(usage.balance ?? '0') - centsOf(usage.payments ?? '0'),
  };
}

/** The name of the rate a service pays by: the one it names, its own, or the one of a file that names none. */
export const rateNameOf = (rates: RateFile, { rate, service }: ServiceInput): string =>
  rate ?? (Object.hasOwn(rates, '') ? '' : service);

function refuseService(rates: RateFile, usage: UsageFile, input: ServiceInput, i: number): Refusal[] {
  const name = rateNameOf(rates, input);
  const problems: Refusal[] = [];
  if (!Object.hasOwn(rates, name))
    problems.push({
      code: 'RATE_UNKNOWN',
      message: `There is no rate ${name}, only ${Object.keys(rates).join(', ')}`,
      pointer: `/services/${i}/rate`,
    });
  const versions = rates[name] ?? [];
  const needsDays = versions.some(({ proration }) => proration.divisor === 'ACTUAL') && usage.event !== 'REGULAR';
  if (needsDays && input.periodDays === undefined)
    problems.push({
      ...{ code: 'PERIOD_DAYS', message: 'The divisor ACTUAL needs the days of the whole cycle' },
      pointer: `/services/${i}/periodDays`,
    });
  const { from = usage.from, through = usage.through } = input;
  if (through < from)
    problems.push({
      ...{ code: 'BILL_DATE', message: `The bill ends on ${through}, before its first day ${from}` },
      pointer: input.through === undefined && input.from === undefined ? '/through' : `/services/${i}/through`,
    });
  if (input.usage !== undefined && input.reads)
    problems.push({
      code: 'USAGE_TWICE',
      message: 'A service has reads or a usage, not both',
      pointer: `/services/${i}/usage`,
    });
  return problems;
}

function serviceOf(
  rates: RateFile,
  usage: UsageFile & { stopOn: string },
  input: ServiceInput,
  i: number,
): FinalBillService {
  const rateVersions = [...(rates[rateNameOf(rates, input)] ?? [])].sort((a, b) =>
    a.effectiveFrom < b.effectiveFrom ? -1 : 1,
  );
  const [first] = rateVersions;
  const from = input.from ?? usage.from;
  const through = input.through ?? usage.through;
  const segments = segmentsOf(input);
  const { attributes, measures, averageUsage, months, quantity, readDays } = input;
  return {
    agreementId: i + 1,
    serviceType: input.service,
    unit: input.unit ?? first?.measuring?.meterUnit ?? first?.unit ?? null,
    units: input.units ?? '1',
    // The handover day is the outgoing holder's: who starts on the day before is billed from this one on.
    startOn: addDays(from, -1),
    ...(through !== usage.stopOn && { stopOn: through }),
    lastBilledThrough: addDays(from, -1),
    periodDays: input.periodDays ?? Math.max(daysBetween(from, through) + 1, 1),
    rateVersions,
    metered: segments.length > 0,
    segments,
    estimated: input.estimated ?? false,
    ...(quantity !== undefined && { quantity }),
    ...(readDays !== undefined && { readDays }),
    ...(months !== undefined && { months }),
    ...(attributes && { attributes }),
    ...(measures && { measures }),
    ...(averageUsage !== undefined && { averageUsage }),
    ...(input.balance !== undefined && { pastDueCents: centsOf(input.balance) }),
  };
}

/** Usage without reads is that of a register that began at 0. */
function segmentsOf({ usage, reads }: ServiceInput): MeterSegment[] {
  if (usage !== undefined)
    return [{ meterSerial: 'USAGE', dials: 12, multiplier: '1', startValue: '0', endValue: usage, rollover: 'NONE' }];
  return (reads ?? []).map(({ meter = 'METER', dials = 6, multiplier = '1', start, end, rollover, from, through }) => ({
    ...{ meterSerial: meter, dials, multiplier, startValue: start, endValue: end },
    rollover: rollover ? ('ACCEPTED' as const) : ('NONE' as const),
    ...(from !== undefined && { from }),
    ...(through !== undefined && { through }),
  }));
}
