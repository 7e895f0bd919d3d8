import { z } from 'zod';
import { anyDate, instant } from './common';
import { taskShown } from './tasks';
import { accountRole, accountStatus, caseStatus, caseStep, caseType } from './words';

const shortened = <T extends z.ZodType>(item: T) => z.strictObject({ total: z.int(), data: z.array(item) });

const homeCase = z
  .strictObject({
    caseId: z.string(),
    type: caseType,
    status: caseStatus,
    step: caseStep,
    accountNumber: z.string().nullable(),
    locationNumber: z.string().nullable(),
    customerName: z.string().nullable(),
    address: z.string().nullable(),
    openedAt: instant,
  })
  .openapi('HomeCase');

const homeAccount = z
  .strictObject({
    accountNumber: z.string(),
    role: accountRole,
    status: accountStatus,
    locationNumber: z.string(),
    customerNumber: z.string(),
    customerName: z.string(),
    address: z.string(),
    onDate: anyDate,
    caseId: z.string().nullable(),
  })
  .openapi('HomeAccount');

/** The first page: of each list the first ten, and how many there are. */
export const home = z
  .strictObject({
    today: anyDate,
    myTasks: shortened(taskShown),
    groupTasks: shortened(taskShown),
    overdueTasks: shortened(taskShown),
    startsToday: shortened(homeAccount),
    stopsToday: shortened(homeAccount),
    waitingForField: shortened(homeCase),
    waitingForCustomer: shortened(homeCase),
    incidents: shortened(homeCase),
  })
  .openapi('Home');
