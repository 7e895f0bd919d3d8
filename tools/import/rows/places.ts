import { z } from 'zod';
import { civilDate, idText, line, registerValue } from '../../../api/schemas/common';
import { readSourceGiven } from '../../../api/schemas/words';
import { flag, quantity, whole } from './cells';

/** Which of several points of one service at a location is meant; the first unless given. */
export const position = whole(1, 20).default(1);

/** locations.csv */
export const locationRow = z.strictObject({
  locationNumber: idText(20),
  line1: line(120),
  line2: line(120).optional(),
  city: line(80),
  state: line(40),
  postalCode: line(16),
});

/** service-points.csv */
export const servicePointRow = z.strictObject({ locationNumber: idText(20), service: idText(16), position });

/** meters.csv: one row for each time that a meter was installed; one without a place for a meter in stock. */
export const meterRow = z
  .strictObject({
    serial: idText(32),
    dials: whole(1, 12),
    multiplier: quantity(6).default('1'),
    unit: line(16),
    locationNumber: idText(20).optional(),
    service: idText(16).optional(),
    position,
    installedOn: civilDate.optional(),
    removedOn: civilDate.optional(),
  })
  .superRefine(({ locationNumber, service, installedOn, removedOn }, context) => {
    const say = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    const given = { locationNumber, service, installedOn };
    const missing = Object.entries(given).filter(([, value]) => value === undefined);
    if (missing.length > 0 && missing.length < 3)
      for (const [cell] of missing) say(cell, 'A meter that was installed has a location, a service and a date');
    if (removedOn && !installedOn) say('installedOn', 'A meter that was removed was installed before');
    if (removedOn && installedOn && removedOn < installedOn) say('removedOn', 'Removed before it was installed');
  });

/** reads.csv */
export const readRow = z.strictObject({
  meter: idText(32),
  readOn: civilDate,
  value: registerValue,
  source: readSourceGiven,
  rollover: flag.default(false),
});
