import { WithStartWorkflowOperation, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType, type SearchAttributePair } from '@temporalio/common';
import type { Opened, StartCase } from '../contract/cases';
import { newCaseId, TASK_QUEUE } from '../contract/ids';
import { openCase } from '../contract/messages';
import { FIRST_REVISION, freezeForm } from '../db/records/drafts';
import { nameSubject } from '../db/records/http-requests';
import { findCase, type CaseRow } from '../db/reads/cases';
import type { Tx } from '../db/transaction';
import type { CaseType } from '../domain/states';
import type { ApiDeps } from './deps';
import { answerInTwoSteps } from './idempotency';
import { openingVerdict } from './opening-verdict';
import type { Answer, Call } from './route';
import { askCase, caseIsKnown, TemporalUnavailable, type Verdict } from './temporal';

/** One kind of case that a person can start. */
export interface CaseStart {
  type: CaseType;
  workflow: 'moveOut' | 'receivePayment';
  draftKind: string;
  /** For the list of the Temporal UI; no personal data. */
  summary: string;
  accountNumber: string;
  /** Resolves the body to what the draft freezes, or refuses a hopeless case. */
  content(tx: Tx): Promise<Record<string, unknown> & { locationNumber: string }>;
}

/** What is handed to Temporal, also when the same request comes again. */
interface Begun {
  caseId: string;
  draftId: string;
  locationNumber: string | null;
}

/** Starts a case: the form is frozen, then Update-with-Start waits for the verdict of the opening step (design.md decision 5). */
export function startCase(deps: ApiDeps, call: Call, start: CaseStart): Promise<Answer> {
  return answerInTwoSteps<Begun>(deps, call, {
    record: async (tx, request) => {
      if (request.subjectId)
        return { caseId: request.subjectId, draftId: draftIdOf(request.subjectId), locationNumber: null };
      const content = await start.content(tx);
      const caseId = newCaseId(start.type);
      const draftId = draftIdOf(caseId);
      await freezeForm(tx, { draftId, kind: start.draftKind, content });
      await nameSubject(tx, request.id, caseId, start.type);
      tx.audit({
        action: 'case.requested',
        entity: 'cases',
        entityId: caseId,
        caseId,
        data: { type: start.type, draftId },
      });
      return { caseId, draftId, locationNumber: content.locationNumber };
    },
    ask: async (begun) => answerOf(begun.caseId, await openingOf(deps, start, begun)),
  });
}

/** Where a case is found. */
export const caseLocation = (caseId: string): string => `/api/v1/cases/${caseId}`;

// The form bears the ULID of its case, so that a repeated request finds it by the case id alone.
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

const openedAs = ({ caseId, status, step, accountNumber, locationNumber }: CaseRow): Opened => ({
  caseId,
  status,
  step,
  accountNumber: accountNumber ?? undefined,
  locationNumber: locationNumber ?? undefined,
});

async function askToOpen(
  { temporal, taskQueue = TASK_QUEUE }: ApiDeps,
  start: CaseStart,
  begun: Begun,
): Promise<Verdict<Opened>> {
  const { caseId, draftId } = begun;
  const startWorkflowOperation = new WithStartWorkflowOperation(start.workflow, {
    workflowId: caseId,
    taskQueue,
    args: [{ caseId, draftId, revision: FIRST_REVISION } satisfies StartCase],
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
    if (error instanceof WorkflowExecutionAlreadyStartedError) return openingVerdict(temporal, caseId);
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
    keyword('AccountNumber', accountNumber),
    ...(locationNumber ? [keyword('LocationNumber', locationNumber)] : []),
  ];
}
