import { APPROVAL, TASK_TYPES } from '../../contract/task-types';
import { instantOf } from '../../db/clock';
import { listApprovals, type ApprovalFilter, type ApprovalRow } from '../../db/reads/approvals';
import type { Person } from '../../db/reads/people';
import { readSettings } from '../../db/records/settings';
import { addDays, type CivilDate } from '../../domain/dates';
import type { TaskType } from '../../domain/states';
import { csv } from '../csv';
import type { ApiDeps } from '../deps';
import { ok, route, type Route } from '../route';
import { approvalList, approvalsQuery } from '../schemas/approvals';
import { listAnswer, pageRequest } from '../schemas/common';
import { csvText } from '../schemas/feeds';

const APPROVABLE = (Object.keys(TASK_TYPES) as TaskType[]).filter((type) => APPROVAL in TASK_TYPES[type].outcomes);

/** How many rows of a file are read at once. */
const FILE_PAGE = 1000;

/** What auditors ask about approvals. */
export const approvalRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /audit/approvals',
    tag: 'Office',
    summary:
      'Every decision on what can be approved that took effect or was voided, with who, what they might, and checks',
    query: approvalsQuery,
    answers: { 200: { description: 'A page of decisions, or a file of all', schema: approvalList, csv: csvText } },
    handle: async ({ query }) => {
      const range = await rangeOf(deps, query);
      if (query.format === 'json') return ok(listAnswer(await listApprovals(deps.db, range, pageRequest(query))));
      const rows = (await all(deps, range)).map(line);
      return csv(`approvals-${query.from}-${query.to}.csv`, COLUMNS, rows);
    },
  }),
];

/** The days of the office's calendar, which begin at midnight whenever the office does. */
async function rangeOf({ db }: ApiDeps, { from, to }: { from: CivilDate; to: CivilDate }): Promise<ApprovalFilter> {
  const clock = { ...(await readSettings(db)).clock, dayStartsAt: '00:00' };
  return { from: instantOf(clock, from), before: instantOf(clock, addDays(to, 1)), taskTypes: APPROVABLE };
}

async function all({ db }: ApiDeps, range: ApprovalFilter): Promise<ApprovalRow[]> {
  const rows: ApprovalRow[] = [];
  let after: (string | number)[] | null = null;
  do {
    const page = await listApprovals(db, range, { limit: FILE_PAGE, after });
    rows.push(...page.rows);
    after = page.next;
  } while (after);
  return rows;
}

const COLUMNS = [
  ...(['decidedAt', 'appliedAt', 'caseId', 'caseType', 'accountNumber', 'locationNumber', 'taskId'] as const),
  ...(['taskType', 'taskVersion', 'outcome', 'status', 'voidReason', 'amountCents', 'by', 'approver'] as const),
  ...(['approverName', 'drafters', 'starter', 'firstApprover', 'actorRoles', 'limitFrom', 'limitCents'] as const),
  ...(['fourEyes', 'limit', 'role', 'decisionId', 'subjectHash', 'comment'] as const),
];

/** A decision as one line of the file: people by their user names. */
function line({ checks, approver, drafters, starter, firstApprover, ...row }: ApprovalRow) {
  const names = (people: Person[]) => people.map(({ username }) => username).join(' ');
  return {
    ...row,
    ...checks,
    ...{ decidedAt: row.decidedAt.toISOString(), appliedAt: row.appliedAt?.toISOString() ?? '' },
    ...{ approver: approver.username, approverName: approver.displayName, starter: starter.username },
    ...{ drafters: names(drafters), firstApprover: firstApprover?.username ?? '' },
    actorRoles: row.actorRoles?.join(' ') ?? '',
  };
}
