import type { FinalBillFacts } from '../../../domain/billing/final-bill';
import type { MeterSegment } from '../../../domain/billing/usage/usage';
import { refuseFinalBill } from '../../../domain/billing/refuse-final-bill';
import { addDays, addMonths, daysBetween } from '../../../domain/dates';
import { HOLDING } from '../../../domain/states';
import type { ValuesOf } from '../files';
import type { AccountThing, AgreementThing, ReadThing } from '../things';
import type { Check } from './check';
import { meterOn } from './reads';

/** A fault where an ACTIVE account could not be final billed today: nobody may find that out at the move-out. */
export function refuseUnpriceable(c: Check, account: AccountThing): void {
  if (account.status !== 'ACTIVE') return;
  const held = account.agreements.filter(({ status }) => HOLDING.includes(status));
  const facts: FinalBillFacts = {
    ...{ stopOn: c.today, handoverDayTo: c.settings.handoverDayTo, taxRounding: c.settings.taxRounding, fees: [] },
    services: held.map((agreement) => serviceOf(c, agreement)),
  };
  const refusal = refuseFinalBill(facts);
  if (!refusal) return;
  const [, list, i] = refusal.pointer?.split('/') ?? [];
  const row = (list === 'services' ? held[Number(i)]?.row : null) ?? account.row;
  if (row) c.bad.add(row, 'rate', `A final bill could not be worked out: ${refusal.message}`);
}

function serviceOf(c: Check, agreement: AgreementThing) {
  const { id, point, startOn, rate, row, startRead, billedRead } = agreement;
  const values = row?.values as ValuesOf<'agreements'> | undefined;
  const lastBilledThrough = values?.lastBilledThrough ?? null;
  const billedFrom = lastBilledThrough ?? addDays(startOn, -1);
  const begin = billedRead ?? startRead;
  return {
    ...{ agreementId: id, serviceType: point.service, unit: c.office.services.get(point.service)?.unit ?? null },
    ...{ units: values?.units ?? '1', startOn, lastBilledThrough, estimated: false },
    periodDays: daysBetween(billedFrom, addMonths(billedFrom, 1)),
    rateVersions: rate?.versions ?? [],
    metered: begin !== null,
    segments: begin ? [segmentOf(c, agreement, begin)] : [],
  };
}

/** From the read that was billed, or the one that the meter of today came with, to its last read. */
function segmentOf(c: Check, { point }: AgreementThing, begin: ReadThing): MeterSegment {
  const meter = meterOn(point.installations, c.today) ?? begin.meter;
  const reads = meter.reads.filter(({ readOn }) => meter !== begin.meter || readOn >= begin.readOn);
  const [first = begin, last = first] = [reads[0], reads.at(-1)];
  return {
    ...{ meterSerial: meter.serial, dials: meter.dials, multiplier: meter.multiplier },
    ...{ startValue: first.value, endValue: last.value },
    rollover: reads.slice(1).some(({ rollover }) => rollover) ? 'ACCEPTED' : 'NONE',
  };
}
