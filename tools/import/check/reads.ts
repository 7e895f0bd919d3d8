import { refuseRead } from '../../../domain/billing/usage/usage';
import type { Row } from '../files';
import type { InstallationThing, MeterThing, ReadThing } from '../things';
import { fresh, named, refuseFuture, refuseKnown, spoilTogether, type Check, type Good } from './check';

/** Checks the reads of each meter in the order of their days, then that an exchange has its two reads. */
export function checkReads(c: Check): void {
  const touched = new Set<MeterThing>();
  for (const row of fresh(c, 'reads')) {
    const read = readThingOf(c, row);
    if (!read || c.bad.has(row)) continue;
    read.meter.reads.push(read);
    touched.add(read.meter);
  }
  for (const meter of touched) checkRegister(c, meter);
  for (const meter of c.office.meters.values()) checkExchange(c, meter);
}

function readThingOf(c: Check, row: Good<'reads'>): ReadThing | null {
  const { meter: serial, readOn, value, rollover } = row.values;
  refuseFuture(c, row, ['readOn']);
  const meter = named(c, row, 'meter', { file: 'meters', key: serial, things: c.office.meters });
  if (!meter) return null;
  const known = meter.reads.some((read) => read.row === null && read.readOn === readOn);
  refuseKnown(c, row, 'readOn', known);
  if (!isInstalled(meter, readOn)) c.bad.add(row, 'readOn', 'The meter was not installed on this day');
  return { id: c.office.nextId('meter_read'), meter, readOn, value, rollover, row };
}

const isInstalled = ({ installations }: MeterThing, day: string): boolean =>
  installations.some(({ installedOn, removedOn }) => installedOn <= day && (removedOn === null || day <= removedOn));

/** A register runs forward, but for a rollover that the row names (domain.md rule 1). */
function checkRegister(c: Check, meter: MeterThing): void {
  meter.reads.sort((a, b) => a.readOn.localeCompare(b.readOn) || a.id - b.id);
  const { dials, multiplier } = meter;
  const { rolloverMinRatio, highUsageLimit } = c.settings.reads;
  let before: ReadThing | null = null;
  for (const read of meter.reads) {
    const question = { previous: before?.value ?? '0', value: read.value, dials, multiplier, rolloverMinRatio };
    const { refusal, rollover } = refuseRead({ ...question, highUsageLimit });
    if (refusal) spoilRead(c, read, before, refusal.message);
    else if (rollover && !read.rollover) spoilRead(c, read, before, `Is below the read before, ${before?.value}`);
    else if (!rollover && read.rollover && read.row)
      c.bad.add(read.row, 'rollover', 'Did not roll over: it is not below the read before');
    if (!read.row || !c.bad.has(read.row)) before = read;
  }
  meter.reads = meter.reads.filter(({ row }) => !row || !c.bad.has(row));
}

/** Between two reads of the database a new one can be wrong that is itself not below the one before. */
function spoilRead(c: Check, read: ReadThing, before: ReadThing | null, reason: string): void {
  const row = read.row ?? before?.row;
  if (row) c.bad.add(row, 'value', reason);
}

/** A meter that was put in the place of another, or taken out, was read on that day (domain.md rule 2). */
function checkExchange(c: Check, meter: MeterThing): void {
  for (const { row, point, installedOn, removedOn } of meter.installations) {
    if (!row || c.bad.has(row)) continue;
    const isRead = (day: string) => meter.reads.some(({ readOn }) => readOn === day);
    const isFirst = !point?.installations.some((other) => other.installedOn < installedOn);
    if (!isFirst && !isRead(installedOn)) c.bad.add(row, 'installedOn', 'The meter was not read on this day');
    if (removedOn !== null && !isRead(removedOn)) c.bad.add(row, 'removedOn', 'The meter was not read on this day');
  }
  if (!spoilTogether(c, meter.rows, 'serial')) return;
  const readRows = meter.reads.flatMap(({ row }): Row[] => (row ? [row] : []));
  const [spoilt] = meter.rows;
  for (const row of readRows)
    if (spoilt && !c.bad.has(row)) c.bad.add(row, 'meter', `Depends on meters.csv line ${spoilt.line}, which is bad`);
  meter.reads = [];
}

/** The meter at a point on a day; on the day of an exchange the new one, on the last day the one taken out. */
export function meterOn(installations: InstallationThing[], day: string): MeterThing | null {
  const there = installations.filter(
    ({ installedOn, removedOn }) => installedOn <= day && (removedOn === null || day <= removedOn),
  );
  const stays = there.find(({ removedOn }) => removedOn === null || day < removedOn);
  return (stays ?? there.at(-1))?.meter ?? null;
}

/** The read of a point's meter on a day. */
export function readOn(installations: InstallationThing[], day: string): ReadThing | null {
  return meterOn(installations, day)?.reads.find((read) => read.readOn === day) ?? null;
}
