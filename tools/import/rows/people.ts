import { z } from 'zod';
import { idText, line } from '../../../api/schemas/common';
import { email, monthDay, phone } from '../../../api/schemas/onboarding';
import { addressCells, contact, listOf, missingOf } from './cells';

/** customers.csv: a person or an organization, where their mail goes and how they are reached. */
export const customerRow = z
  .strictObject({
    customerNumber: idText(20),
    kind: z.enum(['PERSON', 'ORGANIZATION'], 'Give PERSON or ORGANIZATION'),
    organizationName: line(160).optional(),
    namePrefix: line(20).optional(),
    firstName: line(80).optional(),
    middleName: line(80).optional(),
    lastName: line(80).optional(),
    nameSuffix: line(20).optional(),
    type: idText(24).optional(),
    phones: listOf(contact(phone)).default([]),
    emails: listOf(contact(email)).default([]),
    ...addressCells('mail'),
    ...addressCells('alt'),
    altSeasonStart: monthDay.optional(),
    altSeasonEnd: monthDay.optional(),
  })
  .superRefine((row, context) => {
    const say = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    const isPerson = row.kind === 'PERSON';
    if (isPerson && !row.lastName) say('lastName', 'A person has a last name');
    if (!isPerson && !row.organizationName) say('organizationName', 'An organization has a name');
    if (isPerson && row.organizationName) say('organizationName', 'A person has no organization name');
    if (!isPerson && (row.lastName ?? row.firstName)) say('lastName', 'An organization has no parts of a name');
    for (const cell of [...missingOf(row, 'mail'), ...missingOf(row, 'alt')])
      say(cell, 'The rest of the address is there');
    const alternate = row.altLine1 !== undefined;
    for (const cell of ['altSeasonStart', 'altSeasonEnd'] as const) {
      if (alternate && !row[cell]) say(cell, 'The alternate address needs the season in which mail goes there');
      if (!alternate && row[cell]) say(cell, 'There is no alternate address');
    }
  });
