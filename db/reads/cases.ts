import type { AccountStatus, CaseStatus, CaseStep, CaseType, WaitingOn } from '../../domain/states';
import type { Db } from '../create-db';
import { openConditionsOf } from './open-conditions';
import { afterPosition, pageOf, withInstant, type Page, type PageRequest } from './page';
import { addressOf, personOf, type Person } from './people';
import { containing, parsedJson, select, selectOne } from './select';

/** One line of the case list. */
export interface CaseRow {
  caseId: string;
  type: CaseType;
  status: CaseStatus;
  step: CaseStep;
  waitingOn: WaitingOn | null;
  customerNumber: string | null;
  accountNumber: string | null;
  locationNumber: string | null;
  customerName: string | null;
  address: string | null;
  openedAt: Date;
  closedAt: Date | null;
  startedBy: Person | null;
  startedByCase: string | null;
}

export interface CaseFilter {
  type?: CaseType;
  status?: CaseStatus;
  /** Those that have not ended. */
  open?: boolean;
  waitingOn?: WaitingOn;
  /** Open cases whose start date has passed, or with a task that is overdue, as of this office day and instant. */
  overdue?: { today: string; now: Date };
  locationNumber?: string;
  accountNumber?: string;
  q?: string;
  /** Look for q in names and addresses too; not for who may not see them. */
  searchPeople: boolean;
}

interface Joined extends Omit<CaseRow, 'startedBy'> {
  starter: string | null;
  starterName: string | null;
}

const ROW = `SELECT c.case_id caseId, c.type type, c.status status, c.step step, c.waiting_on waitingOn,
    cu.customer_number customerNumber, a.account_number accountNumber, l.location_number locationNumber,
    cu.display_name customerName, ${addressOf('l')} address, c.opened_at openedAt, c.closed_at closedAt, c.started_by_case startedByCase,
    u.username starter, u.display_name starterName
  FROM cases c
  JOIN app_user u ON u.id = c.started_by
  LEFT JOIN account a ON a.id = c.account_id
  LEFT JOIN customer cu ON cu.id = a.customer_id
  LEFT JOIN location l ON l.id = COALESCE(c.location_id, a.location_id)`;

const rowOf = ({ starter, starterName, ...row }: Joined): CaseRow => ({
  ...row,
  startedBy: personOf(starter, starterName),
});

const OVERDUE = `AND c.closed_at IS NULL AND (
    EXISTS (SELECT 1 FROM onboarding s WHERE s.case_id = c.case_id AND s.start_on < :today)
    OR EXISTS (SELECT 1 FROM human_task t WHERE t.case_id = c.case_id AND t.status = 'OPEN' AND t.due_at < :now))`;

/** The cases, newest first. */
export async function listCases(db: Db, filter: CaseFilter, page: PageRequest): Promise<Page<CaseRow>> {
  const { type, status, open, waitingOn, overdue, locationNumber, accountNumber, q, searchPeople } = filter;
  const after = afterPosition(['c.opened_at', 'c.case_id'], '<', withInstant(page.after));
  const rows = await select<Joined>(
    db,
    `${ROW} WHERE ${after.sql}
      ${type ? 'AND c.type = :type' : ''} ${status ? 'AND c.status = :status' : ''}
      ${open ? "AND c.status IN ('OPEN', 'INCIDENT')" : ''}
      ${waitingOn ? 'AND c.waiting_on = :waitingOn' : ''} ${overdue ? OVERDUE : ''}
      ${locationNumber ? 'AND l.location_number = :locationNumber' : ''} ${accountNumber ? 'AND a.account_number = :accountNumber' : ''}
      ${q ? `AND (c.case_id = :q OR a.account_number = :q OR l.location_number = :q ${searchPeople ? 'OR cu.display_name LIKE :like OR l.line1 LIKE :like' : ''})` : ''}
     ORDER BY c.opened_at DESC, c.case_id DESC LIMIT :limit`,
    {
      type,
      status,
      waitingOn,
      ...overdue,
      locationNumber,
      accountNumber,
      q,
      like: q && containing(q),
      limit: page.limit + 1,
      ...after.replacements,
    },
  );
  return pageOf(rows.map(rowOf), page.limit, (row) => [row.openedAt.toISOString(), row.caseId]);
}

/** One case, or null. */
export async function findCase(db: Db, caseId: string): Promise<CaseRow | null> {
  const row = await selectOne<Joined>(db, `${ROW} WHERE c.case_id = :caseId`, { caseId });
  return row && rowOf(row);
}

/** What happened in a case, in order. */
export async function caseEvents(db: Db, caseId: string) {
  const rows = await select<{
    seq: number;
    kind: string;
    fromStep: CaseStep | null;
    toStep: CaseStep;
    at: Date;
    data: unknown;
    username: string;
    displayName: string;
  }>(
    db,
    `SELECT e.seq, e.kind, e.from_step fromStep, e.to_step toStep, e.at at, e.data data, u.username, u.display_name displayName
     FROM case_event e JOIN app_user u ON u.id = e.actor_id WHERE e.case_id = :caseId ORDER BY e.seq`,
    { caseId },
  );
  return rows.map(({ username, displayName, data, ...event }) => ({
    ...event,
    actor: { username, displayName },
    data: parsedJson<Record<string, unknown>>(data),
  }));
}

/** What a move-out case is about beside its row, or null for another case. */
export async function moveOutOf(db: Db, caseId: string) {
  return selectOne<{
    stopOn: string;
    vacateOn: string;
    stopReason: string;
    newTenant: string;
    vacancyCaseId: string | null;
    settlementCaseId: string | null;
    revision: number;
    finalBillNumber: string | null;
    finalBillCents: number | null;
    depositAppliedCents: number | null;
    interestCents: number | null;
  }>(
    db,
    `SELECT m.stop_on stopOn, m.vacate_on vacateOn, m.stop_reason stopReason, m.new_tenant newTenant,
       m.vacancy_case_id vacancyCaseId, m.settlement_case_id settlementCaseId, m.revision revision,
       b.bill_number finalBillNumber, b.total_cents finalBillCents, m.deposit_applied_cents depositAppliedCents,
       m.interest_cents interestCents
     FROM move_out m LEFT JOIN bill b ON b.id = m.final_bill_id WHERE m.case_id = :caseId`,
    { caseId },
  );
}

/** What a set-up case is about beside its row, with what it waits for as of this office day; null for another case. */
export async function onboardingOf(db: Db, caseId: string, today: string) {
  const found = await selectOne<{
    customerNumber: string;
    startOn: string;
    expiresOn: string;
    approvalReasons: unknown;
    copiedFrom: string | null;
    accountStatus: AccountStatus;
  }>(
    db,
    `SELECT c.customer_number customerNumber, o.start_on startOn, o.expires_on expiresOn, o.approval_reasons approvalReasons,
       f.account_number copiedFrom, a.status accountStatus
     FROM onboarding o JOIN account a ON a.id = o.account_id JOIN customer c ON c.id = a.customer_id
     LEFT JOIN account f ON f.id = a.copied_from_id WHERE o.case_id = :caseId`,
    { caseId },
  );
  if (!found) return null;
  const conditions = (await openConditionsOf(db, [caseId], today)).get(caseId) ?? [];
  return { ...found, approvalReasons: parsedJson<string[]>(found.approvalReasons), conditions };
}

/** What a vacancy case decided for each service. */
export async function vacancyLinesOf(db: Db, caseId: string) {
  return select<{
    servicePointId: number;
    serviceCode: string;
    choice: string;
    reason: string;
    status: string;
    newAccountNumber: string | null;
    tenantAccountNumber: string | null;
    onboardingCaseId: string | null;
  }>(
    db,
    `SELECT v.service_point_id servicePointId, p.service_code serviceCode, v.choice, v.reason, v.status,
       a.account_number newAccountNumber, ta.account_number tenantAccountNumber, v.onboarding_case_id onboardingCaseId
     FROM vacancy_line v JOIN service_point p ON p.id = v.service_point_id
     LEFT JOIN service_agreement g ON g.id = v.new_agreement_id LEFT JOIN account a ON a.id = g.account_id
     LEFT JOIN service_agreement tg ON tg.id = v.tenant_agreement_id LEFT JOIN account ta ON ta.id = tg.account_id
     WHERE v.case_id = :caseId ORDER BY v.id`,
    { caseId },
  );
}

/** The ids of all cases that are open or in an incident. */
export async function openCaseIds(db: Db): Promise<string[]> {
  const rows = await select<{ caseId: string }>(
    db,
    `SELECT case_id caseId FROM cases WHERE status IN ('OPEN', 'INCIDENT')`,
  );
  return rows.map((row) => row.caseId);
}

/** Status and starter of a case, for checks before a command; null when there is no row. */
export async function caseStatus(db: Db, caseId: string): Promise<CaseStatus | null> {
  const row = await selectOne<{ status: CaseStatus }>(db, 'SELECT status FROM cases WHERE case_id = :caseId', {
    caseId,
  });
  return row?.status ?? null;
}
