import { WithStartWorkflowOperation, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType, type SearchAttributePair } from '@temporalio/common';
import type { Opened, StartCase } from '../contract/cases';
import { newCaseId, TASK_QUEUE } from '../contract/ids';
import { openCase } from '../contract/messages';
import { createDraft, freezeDraft, frozenFor, type FrozenRevision } from '../db/records/drafts';
import { nameSubject } from '../db/records/http-requests';
import { RefusedError } from '../db/errors';
import { findCase, type CaseRow } from '../db/reads/cases';
import type { Tx } from '../db/transaction';
import type { CaseType } from '../domain/states';
import type { ApiDeps } from './deps';
import { answerInTwoSteps } from './idempotency';
import { openingVerdict } from './opening-verdict';
import type { Answer, Call } from './route';
import { askCase, TemporalUnavailable, type Verdict } from '../carry-out/ask-case';
import { caseIsKnown } from './temporal';

/** The frozen form of a case, and where the case is about, if that is known. */
export type Frozen = FrozenRevision & { locationNumber: string | null };

/** One kind of case that a person can start. */
export interface CaseStart {
  type: CaseType;
  workflow: 'onboardCustomer' | 'moveOut' | 'resolveVacancy' | 'receivePayment' | 'correctBill';
  /** For the list of the Temporal UI; no personal data. */
  summary: string;
  /** Where the case is about an account that is there already. */
  accountNumber?: string;
  /** Freezes the form that the case is started with, or refuses a hopeless case. */
  freeze(tx: Tx, caseId: string): Promise<Frozen>;
  /** A case whose form was frozen by a request that never reached Temporal: it is handed over, not a new one. */
  frozenBefore?: string;
  /** Called when the opening was refused. */
  refused?(): Promise<void>;
}

/** What is handed to Temporal, also when the same request comes again. */
type Begun = Frozen & { caseId: string };

/** Freezes a form that is handed in as a whole: a draft with one revision. */
export async function freezeWhole(
  tx: Tx,
  caseId: string,
  kind: string,
  content: Record<string, unknown> & { locationNumber?: string },
): Promise<Frozen> {
  const draft = await createDraft(tx, { draftId: draftIdOf(caseId), kind, content });
  return { ...(await freezeDraft(tx, draft, content, caseId)), locationNumber: content.locationNumber ?? null };
}

/** Starts a case: the form is frozen, then Update-with-Start waits for the verdict of the opening step (design.md decision 5). */
export function startCase(deps: ApiDeps, call: Call, start: CaseStart): Promise<Answer> {
  return answerInTwoSteps<Begun>(deps, call, {
    record: async (tx, request) => {
      if (request.subjectId) return begunBefore(tx, request.subjectId);
      if (start.frozenBefore) {
        await nameSubject(tx, request.id, start.frozenBefore, start.type);
        return begunBefore(tx, start.frozenBefore);
      }
      const caseId = newCaseId(start.type);
      const frozen = await start.freeze(tx, caseId);
      await nameSubject(tx, request.id, caseId, start.type);
      tx.audit({
        action: 'case.requested',
        entity: 'cases',
        entityId: caseId,
        caseId,
        data: { type: start.type, draftId: frozen.draftId },
      });
      return { ...frozen, caseId };
    },
    ask: async (begun) => {
      try {
        return answerOf(begun.caseId, await openingOf(deps, start, begun));
      } catch (error) {
        if (error instanceof RefusedError) await start.refused?.();
        throw error;
      }
    },
  });
}

async function begunBefore(tx: Tx, caseId: string): Promise<Begun> {
  const frozen = (await frozenFor(tx, caseId)) ?? { draftId: draftIdOf(caseId), revision: 1 };
  return { ...frozen, caseId, locationNumber: null };
}

/** Where a case is found. */
export const caseLocation = (caseId: string): string => `/api/v1/cases/${caseId}`;

// A form that is handed in as a whole bears the ULID of its case.
const draftIdOf = (caseId: string): string => `draft_${caseId.slice(caseId.indexOf('-') + 1)}`;

function answerOf(caseId: string, verdict: Verdict<Opened>): Answer {
  const location = caseLocation(caseId);
  const headers = { Location: location };
  if (!verdict.known) return { status: 202, body: { caseId, status: 'SAVING', location }, headers };
  return { status: 201, body: { ...verdict.value, location }, headers };
}

async function openingOf(deps: ApiDeps, start: CaseStart, begun: Begun): Promise<Verdict<Opened>> {
  const { db, temporal } = deps;
  const { caseId } = begun;
  const verdict = await askToOpen(deps, start, begun);
  if (verdict.known) return verdict;
  // The answer may be lost although the step was done: the row tells.
  const row = await findCase(db, caseId);
  if (row) return { known: true, value: openedAs(row) };
  if (await caseIsKnown(temporal, caseId)) return verdict;
  throw new TemporalUnavailable();
}

const openedAs = ({ caseId, status, step, customerNumber, accountNumber, locationNumber }: CaseRow): Opened => ({
  caseId,
  status,
  step,
  customerNumber: customerNumber ?? undefined,
  accountNumber: accountNumber ?? undefined,
  locationNumber: locationNumber ?? undefined,
});

async function askToOpen(
  { temporal, taskQueue = TASK_QUEUE }: ApiDeps,
  start: CaseStart,
  begun: Begun,
): Promise<Verdict<Opened>> {
  const { caseId, draftId, revision } = begun;
  const startWorkflowOperation = new WithStartWorkflowOperation(start.workflow, {
    workflowId: caseId,
    taskQueue,
    args: [{ caseId, draftId, revision } satisfies StartCase],
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    typedSearchAttributes: searchAttributes(start, begun),
    staticSummary: start.summary,
  });
  try {
    return await askCase(temporal, () =>
      temporal.workflow.executeUpdateWithStart(openCase, { startWorkflowOperation, updateId: 'open', args: [] }),
    );
  } catch (error) {
    // A run that ended before it answered may have opened the case: what it left is looked at as when asked again.
    const hasEnded = error instanceof RefusedError && error.refusal.code === 'CASE_CLOSED';
    if (hasEnded || error instanceof WorkflowExecutionAlreadyStartedError) return openingVerdict(temporal, caseId);
    throw error;
  }
}

function searchAttributes({ type, accountNumber }: CaseStart, { locationNumber }: Begun): SearchAttributePair[] {
  const keyword = (name: string, value: string): SearchAttributePair => ({
    key: defineSearchAttributeKey(name, SearchAttributeType.KEYWORD),
    value,
  });
  return [
    keyword('CaseType', type),
    keyword('CaseStatus', 'OPEN'),
    ...(accountNumber ? [keyword('AccountNumber', accountNumber)] : []),
    ...(locationNumber ? [keyword('LocationNumber', locationNumber)] : []),
  ];
}
