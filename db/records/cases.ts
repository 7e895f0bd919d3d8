import type { CaseStatus, CaseStep, CaseType, WaitingOn } from '../../domain/states';
import { duplicateKeyOf, ensure, RefusedError } from '../errors';
import type { Case } from '../models/cases';
import type { Tx } from '../transaction';
import { closeIncidents } from './incidents';

/** A new case's row. `occurrenceKey` names what may be open only once, e.g. `MOVEOUT:17` (design.md decision 5). */
export interface NewCase {
  caseId: string;
  type: CaseType;
  step: CaseStep;
  waitingOn: WaitingOn | null;
  occurrenceKey: string;
  locationId: number | null;
  accountId: number | null;
  draft?: { draftId: string; revision: number };
  startedBy: number;
  startedByCase?: string;
}

/** What may be open only once, per case type. */
export const occurrenceKey = {
  onboard: (draftId: string) => `ONBOARD:${draftId}`,
  moveOut: (accountId: number) => `MOVEOUT:${accountId}`,
  vacancy: (outgoingAccountId: number) => `VACANCY:${outgoingAccountId}`,
  settlement: (accountId: number) => `SETTLEMENT:${accountId}`,
  payment: (receiptNumber: string) => `PAYMENT:${receiptNumber}`,
  correction: (accountId: number) => `CORRECTION:${accountId}`,
};

/** Opens a case with its first event; refuses with CASE_OPEN and the open case's id when the occurrence has one. */
export async function openCase(tx: Tx, input: NewCase): Promise<Case> {
  const { draft, ...rest } = input;
  try {
    const row = await tx.db.Case.create({
      ...rest,
      status: 'OPEN',
      draftId: draft?.draftId ?? null,
      draftRevision: draft?.revision ?? null,
      startedByCase: input.startedByCase ?? null,
      openedAt: tx.now,
      closedAt: null,
    });
    await addEvent(tx, row, { kind: 'OPENED', fromStep: null, toStep: input.step });
    return row;
  } catch (error) {
    if (duplicateKeyOf(error) !== 'cases_open_key') throw error;
    const winner = await openCaseOf(tx, input.occurrenceKey);
    throw new RefusedError(
      { code: 'CASE_OPEN', message: 'There is an open case for this already' },
      { caseId: winner?.caseId ?? '' },
    );
  }
}

/** The open case of an occurrence, not locked; null when there is none. */
export function openCaseOf(tx: Tx, key: string): Promise<Case | null> {
  return tx.db.Case.findOne({ where: { occurrenceKey: key, closedAt: null } });
}

/** Locks an open case's row; refuses with CASE_CLOSED when it has ended. */
export async function lockOpenCase(tx: Tx, caseId: string): Promise<Case> {
  const row = await lockCase(tx, caseId);
  ensure(row && row.closedAt === null, 'CASE_CLOSED', 'The case has ended');
  return row;
}

/** Locks a case's row, open or closed; null when it has none. */
export function lockCase(tx: Tx, caseId: string): Promise<Case | null> {
  return tx.db.Case.findByPk(caseId, { lock: true });
}

/** Moves a case to a step, with its event. */
export async function moveCase(
  tx: Tx,
  row: Case,
  to: { step: CaseStep; waitingOn: WaitingOn | null; event: string; data?: Record<string, unknown> },
): Promise<void> {
  const fromStep = row.step;
  await row.update({ step: to.step, waitingOn: to.waitingOn });
  await addEvent(tx, row, { kind: to.event, fromStep, toStep: to.step, data: to.data });
}

/** How a case ends, and the event that says so. */
export interface CaseEnd {
  status: CaseStatus;
  step: CaseStep;
  event: string;
  data?: Record<string, unknown>;
}

/** Ends a case, with its event. */
export async function closeCase(tx: Tx, row: Case, to: CaseEnd): Promise<void> {
  const fromStep = row.step;
  if (row.status === 'INCIDENT') await closeIncidents(tx, row.caseId);
  await row.update({ status: to.status, step: to.step, waitingOn: null, closedAt: tx.now });
  await addEvent(tx, row, { kind: to.event, fromStep, toStep: to.step, data: to.data });
}

/** Adds an event to a case's line of events, and to the audit. The case row is locked or new. */
export async function addEvent(
  tx: Tx,
  row: Case,
  event: { kind: string; fromStep?: CaseStep | null; toStep?: CaseStep; data?: Record<string, unknown> },
): Promise<void> {
  const seq = (await tx.db.CaseEvent.count({ where: { caseId: row.caseId } })) + 1;
  const data = event.data ?? {};
  await tx.db.CaseEvent.create({
    caseId: row.caseId,
    seq,
    kind: event.kind,
    fromStep: event.fromStep === undefined ? row.step : event.fromStep,
    toStep: event.toStep ?? row.step,
    actorId: tx.actorId,
    at: tx.now,
    data,
  });
  tx.audit({
    action: `case.${event.kind}`,
    entity: 'case',
    entityId: row.caseId,
    caseId: row.caseId,
    data: { seq, ...data },
  });
}
