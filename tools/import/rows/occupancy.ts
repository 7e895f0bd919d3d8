import { z } from 'zod';
import { civilDate, idText } from '../../../api/schemas/common';
import { accountRole, accountStatus, agreementStatus, landlordDecision, stopReason } from '../../../api/schemas/words';
import { monthDay } from '../../../api/schemas/onboarding';
import { addressCells, listOf, missingOf, quantity } from './cells';
import { position } from './places';

const NO_CASE = 'A state that a case brings about cannot be imported: finish it before, or start it afterwards';

/** accounts.csv */
export const accountRow = z
  .strictObject({
    accountNumber: idText(20),
    customerNumber: idText(20),
    locationNumber: idText(20),
    role: accountRole,
    status: accountStatus.extract(['ACTIVE', 'FINAL_BILLED', 'CLOSED', 'COLLECTIONS', 'WRITTEN_OFF'], NO_CASE),
    startOn: civilDate,
    stopOn: civilDate.optional(),
    vacateOn: civilDate.optional(),
    stopReason: stopReason.optional(),
    finalBillOn: civilDate.optional(),
    billCycle: idText(16).optional(),
    ...addressCells('forward'),
  })
  .superRefine((row, context) => {
    const say = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    const { status, startOn, stopOn, finalBillOn } = row;
    const active = status === 'ACTIVE';
    for (const cell of ['stopOn', 'stopReason', 'finalBillOn'] as const) {
      if (active && row[cell]) say(cell, 'An ACTIVE account has not stopped');
      if (!active && !row[cell]) say(cell, `An account that is ${status} has stopped and was final billed`);
    }
    if (active && !row.billCycle) say('billCycle', 'An ACTIVE account is billed in a cycle');
    if (stopOn && stopOn < startOn) say('stopOn', 'Stopped before it started');
    if (stopOn && finalBillOn && finalBillOn < stopOn) say('finalBillOn', 'Final billed before it stopped');
    for (const cell of missingOf(row, 'forward')) say(cell, 'The rest of the address is there');
  });

/** agreements.csv: the services of an account. */
export const agreementRow = z
  .strictObject({
    accountNumber: idText(20),
    service: idText(16),
    position,
    rate: idText(24),
    units: quantity(4).default('1'),
    frequency: z.enum(['MONTHLY', 'BIMONTHLY', 'QUARTERLY']).default('MONTHLY'),
    status: agreementStatus.extract(['ACTIVE', 'TEMP_DISCONNECTED', 'CUT_NONPAY', 'STOPPED', 'CLOSED'], NO_CASE),
    startOn: civilDate,
    endOn: civilDate.optional(),
    stopReason: stopReason.optional(),
    lastBilledThrough: civilDate.optional(),
  })
  .superRefine(({ status, startOn, endOn, lastBilledThrough }, context) => {
    const say = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    const ended = status === 'STOPPED' || status === 'CLOSED';
    if (ended && !endOn) say('endOn', `An agreement that is ${status} has ended`);
    if (!ended && endOn) say('endOn', `An agreement that is ${status} has not ended`);
    if (endOn && endOn < startOn) say('endOn', 'Ended before it started');
    if (ended && endOn && lastBilledThrough !== endOn) say('lastBilledThrough', 'What has ended is billed to its end');
    if (lastBilledThrough && lastBilledThrough < startOn) say('lastBilledThrough', 'Billed before it started');
  });

/** landlords.csv: one row for each service of an agreement with a landlord. */
export const landlordRow = z
  .strictObject({
    locationNumber: idText(20),
    customerNumber: idText(20),
    startOn: civilDate,
    endOn: civilDate.optional(),
    service: idText(16),
    decision: landlordDecision,
    rate: idText(24),
    seasonStart: monthDay.optional(),
    seasonEnd: monthDay.optional(),
    stopReasonsExcluded: listOf(stopReason).default([]),
  })
  .superRefine(({ startOn, endOn, seasonStart, seasonEnd }, context) => {
    const say = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (endOn && endOn <= startOn) say('endOn', 'Ended before it started');
    if (seasonStart && !seasonEnd) say('seasonEnd', 'A season has a first and a last day');
    if (seasonEnd && !seasonStart) say('seasonStart', 'A season has a first and a last day');
  });
