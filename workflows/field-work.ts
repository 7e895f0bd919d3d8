import {
  allHandlersFinished,
  CancellationScope,
  condition,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import type { FieldWorkDone, StepInput } from '../contract/activities';
import type { CaseView } from '../contract/cases';
import { refused } from '../contract/failure';
import type { StartFieldWork, WorkKind } from '../contract/field-work';
import { commandCase } from '../contract/messages';
import { acts, longActs } from './lib/activities';
import { startSibling, wake } from './lib/other-cases';
import { incidentLines } from './lib/show';
import { createSteps } from './lib/steps';

const STUCK_REASON = defineSearchAttributeKey('StuckReason', SearchAttributeType.KEYWORD);

const WORK: Record<WorkKind, { name: string; act: (step: StepInput) => Promise<FieldWorkDone> }> = {
  FEED: { name: 'takeFeedChunk', act: (step) => longActs.takeFeedChunk(step) },
  ORDER: { name: 'carryOutOrderRequest', act: (step) => acts.carryOutOrderRequest(step) },
  METER_EXCHANGE: { name: 'carryOutRequest', act: (step) => acts.carryOutRequest(step) },
  ACCOUNT_SERVICES: { name: 'carryOutRequest', act: (step) => acts.carryOutRequest(step) },
  TRANSFER: { name: 'carryOutRequest', act: (step) => acts.carryOutRequest(step) },
  SMALL_REFUND: { name: 'carryOutRequest', act: (step) => acts.carryOutRequest(step) },
  WRITE_OFF: { name: 'carryOutRequest', act: (step) => acts.carryOutRequest(step) },
  REFUND_RESULT: { name: 'carryOutRequest', act: (step) => acts.carryOutRequest(step) },
  UNCLAIMED_FILE: { name: 'carryOutRequest', act: (step) => longActs.carryOutRequest(step) },
  PAYMENT_REVERSAL: { name: 'carryOutRequest', act: (step) => acts.carryOutRequest(step) },
  PAYMENT_BATCH: { name: 'carryOutRequest', act: (step) => longActs.carryOutRequest(step) },
};

/**
 * A write of case records outside a lifecycle: the API has stored what is to be done, one activity does all of it or
 * refuses all of it, and the cases that it brought facts for are woken or started (design.md section 2). What time does
 * not heal is an incident, which an operator has run again.
 */
export function fieldWork({ workId, kind }: StartFieldWork): Promise<FieldWorkDone['status']> {
  return CancellationScope.nonCancellable(async () => {
    const view: Pick<CaseView, 'status' | 'incident'> = { status: 'OPEN', incident: null };
    const show = () => {
      upsertSearchAttributes([{ key: STUCK_REASON, value: view.incident?.code ?? null }]);
      setCurrentDetails(incidentLines(view.incident).join('\n\n'));
    };
    let aborted = false;
    const steps = createSteps({ caseId: workId, view, show, isOver: () => aborted });
    setHandler(
      commandCase,
      async (message) => {
        if (message.kind === 'ABORT') {
          await steps.incidents.abort('abortWork', message, (step) => acts.abortWork(step));
          aborted = true;
        } else await steps.incidents.command(message);
        return { status: 'APPLIED' as const };
      },
      {
        description: 'Runs the step of an incident again, or ends the work',
        validator: ({ kind: command }) => {
          if (command === 'CANCEL' || command === 'RESCHEDULE' || command === 'LANDLORD_DECLINES')
            throw refused({ code: 'NOT_CANCELABLE', message: 'This work cannot be canceled' });
          if (aborted || !view.incident) throw refused({ code: 'NO_INCIDENT', message: 'The work has no incident' });
        },
      },
    );
    const { name, act } = WORK[kind];
    try {
      const done = await steps.stepFor(false, name, steps.next(name), act);
      await wake(done.wakes);
      for (const caseId of done.settlementCaseIds) await startSibling(workId, 'settleAccount', caseId);
      for (const { workflow, caseId } of done.starts ?? []) await startSibling(workId, workflow, caseId);
      await condition(allHandlersFinished);
      return done.status;
    } catch (error) {
      if (!aborted) throw error;
      steps.incidents.refuseWhatWaits();
      await condition(allHandlersFinished);
      return 'REFUSED';
    }
  });
}
