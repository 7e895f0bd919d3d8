import { WithStartWorkflowOperation, type Client } from '@temporalio/client';
import type { Opened, StartCase } from '../../contract/cases';
import type { StartFieldWork } from '../../contract/field-work';
import type {
  AccountOrderForm,
  CorrectionForm,
  FeedRows,
  MoveOutForm,
  OnboardForm,
  PaymentForm,
  VacancyForm,
} from '../../contract/forms';
import { LIFECYCLES } from '../../contract/lifecycles';
import { newCaseId, newCommandId, newDecisionId, newDraftId, newWorkId } from '../../contract/ids';
import {
  commandCase,
  completeTask,
  factsChanged,
  openCase,
  orderDone,
  type CommandKind,
  type TaskVerdict,
} from '../../contract/messages';
import { TASK_TYPES } from '../../contract/task-types';
import type { Db } from '../../db/create-db';
import { recordCommand, recordIncidentAction, voidCommand } from '../../db/records/commands';
import { recordDecision, voidDecision } from '../../db/records/decisions';
import { createDraft, freezeDraft } from '../../db/records/drafts';
import { recordChunk } from '../../db/records/feed-chunks';
import { recordFieldReport, voidFieldReport, type NewFieldReport } from '../../db/records/field-reports';
import { recordRequest } from '../../db/records/field-work-requests';
import { recordOrderRequest } from '../../db/records/order-requests';
import { putSetting } from '../../db/records/settings';
import { inTransaction } from '../../db/transaction';
import type { FeedKind, RequestKind, TaskType } from '../../domain/states';
import { eventually } from './eventually';

/** How often somebody asks again who got no verdict in time. */
const MOST_ASKED = 5;

/**
 * The verdict of an Update. When it does not come in time it is not known: the same Update is sent again, by its id, as
 * the reconciler does it. A worker that a test kills, or a busy machine, may take longer than one call waits.
 */
async function verdictOf<R>(ask: () => Promise<R>): Promise<R> {
  for (let asked = 1; ; asked += 1) {
    try {
      return await ask();
    } catch (error) {
      const isUnknown = (error as Error).name === 'WorkflowUpdateRPCTimeoutOrCancelledError';
      if (!isUnknown || asked === MOST_ASKED) throw error;
    }
  }
}

/** What people do at the counter, without the HTTP in between: rows first, then the Update, as the API does it. */
export function createDesk({ db, client, taskQueue }: { db: Db; client: Client; taskQueue: string }) {
  async function start(
    type: 'ONBOARD' | 'MOVE_OUT' | 'VACANCY' | 'PAYMENT' | 'CORRECTION',
    by: number,
    content: object,
  ): Promise<Opened> {
    const caseId = newCaseId(type);
    const { draftId, revision } = await inTransaction(db, by, async (tx) => {
      const form = content as Record<string, unknown>;
      const draft = await createDraft(tx, { draftId: newDraftId(), kind: type, content: form });
      return freezeDraft(tx, draft, form, caseId);
    });
    const startWorkflowOperation = new WithStartWorkflowOperation(LIFECYCLES[type], {
      workflowId: caseId,
      taskQueue,
      args: [{ caseId, draftId, revision } satisfies StartCase],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
    });
    return client.workflow.executeUpdateWithStart(openCase, { startWorkflowOperation, updateId: 'open' });
  }

  /** The one open task of this type, as soon as there is one. */
  const openTask = (type: TaskType, caseId?: string) =>
    eventually(async () => {
      const task = await db.HumanTask.findOne({ where: { type, status: 'OPEN', ...(caseId ? { caseId } : {}) } });
      if (!task) throw new Error(`No open task of type ${type}`);
      return task;
    });

  async function handIn(
    by: number,
    orderNumber: string,
    handed: Pick<NewFieldReport, 'outcome' | 'readsTaken' | 'reason'>,
  ): Promise<void> {
    const order = await db.ServiceOrder.findOne({ where: { orderNumber }, rejectOnEmpty: true });
    const caseId = order.caseId ?? '';
    const { fieldReportId } = await inTransaction(db, by, (tx) =>
      recordFieldReport(tx, { serviceOrderId: order.id, caseId, ...handed }),
    );
    const update = {
      updateId: `report-${fieldReportId}`,
      args: [{ orderNumber, fieldReportId }] as [{ orderNumber: string; fieldReportId: number }],
    };
    await verdictOf(() => client.workflow.getHandle(caseId).executeUpdate(orderDone, update)).catch(
      async (error: unknown) => {
        await inTransaction(db, by, (tx) => voidFieldReport(tx, fieldReportId, 'REFUSED'));
        throw error;
      },
    );
  }

  return {
    openTask,
    setUp: (by: number, form: OnboardForm) => start('ONBOARD', by, form),
    moveOut: (by: number, form: MoveOutForm) => start('MOVE_OUT', by, form),
    vacancy: (by: number, form: VacancyForm) => start('VACANCY', by, form),
    pay: (by: number, form: PaymentForm) => start('PAYMENT', by, form),
    correct: (by: number, form: CorrectionForm) => start('CORRECTION', by, form),

    /** The field hands in the read of an order. */
    report: (
      by: number,
      orderNumber: string,
      read: { meterId: number; value: string; readOn: string } | null,
      source: 'ACTUAL' | 'CUSTOMER' = 'ACTUAL',
    ): Promise<void> =>
      handIn(by, orderNumber, { outcome: 'DONE', readsTaken: read ? [{ ...read, source }] : [], reason: null }),

    /** The field could not do an order. */
    unable: (by: number, orderNumber: string, reason: string): Promise<void> =>
      handIn(by, orderNumber, { outcome: 'UNABLE', readsTaken: [], reason }),

    /** Somebody decides on a task. */
    async decide(
      by: number,
      type: TaskType,
      outcome: string,
      data: Record<string, unknown> = {},
      inCase?: string,
    ): Promise<TaskVerdict> {
      const task = await openTask(type, inCase);
      const decisionId = newDecisionId();
      const { id: taskId, caseId, version } = task;
      await inTransaction(db, by, (tx) =>
        recordDecision(tx, {
          ...{ decisionId, taskId, version, outcome, isApproval: outcome === 'APPROVE', data, comment: 'seen' },
          outcomesOf: (each) => TASK_TYPES[each].outcomes,
        }),
      );
      return verdictOf(() =>
        client.workflow
          .getHandle(caseId)
          .executeUpdate(completeTask, { updateId: decisionId, args: [{ taskId, version, outcome, decisionId }] }),
      ).catch(async (error: unknown) => {
        await inTransaction(db, by, (tx) => voidDecision(tx, decisionId, 'REFUSED'));
        throw error;
      });
    },

    /** Somebody cancels a case, moves its date, or does something about its incident. */
    async command(by: number, caseId: string, kind: CommandKind, data: object = {}): Promise<void> {
      const given = { commandId: newCommandId(), caseId, reason: 'asked for', data: { ...data } };
      const { commandId, incidentId } = await inTransaction(db, by, (tx) =>
        kind === 'CANCEL' || kind === 'RESCHEDULE' || kind === 'LANDLORD_DECLINES'
          ? recordCommand(tx, { ...given, kind })
          : recordIncidentAction(tx, { ...given, kind }),
      );
      await verdictOf(() =>
        client.workflow
          .getHandle(caseId)
          .executeUpdate(commandCase, { updateId: commandId, args: [{ commandId, kind, incidentId }] }),
      ).catch(async (error: unknown) => {
        await inTransaction(db, by, (tx) => voidCommand(tx, commandId, 'REFUSED'));
        throw error;
      });
    },

    /** Moves the office's clock ahead and wakes every open case, as POST /clock/advance does. */
    async advance(days: number): Promise<void> {
      await inTransaction(db, 1, async (tx) => {
        const offsetSeconds = tx.settings.clock.offsetSeconds + days * 86_400;
        await putSetting(tx, 'clock', { ...tx.settings.clock, offsetSeconds });
      });
      for (const row of await db.Case.findAll({ where: { closedAt: null } })) {
        await client.workflow.getHandle(row.caseId).signal(factsChanged, { reason: 'CLOCK' });
      }
    },

    /** Another system sends rows, which are stored before the work that takes them is started. */
    async feed(by: number, kind: FeedKind, rows: FeedRows[FeedKind][]): Promise<string> {
      const workId = newWorkId();
      await inTransaction(db, by, (tx) => recordChunk(tx, { chunkId: workId, kind, rows }));
      const args: [StartFieldWork] = [{ workId, kind: 'FEED' }];
      return client.workflow.execute('fieldWork', { workflowId: workId, taskQueue, args });
    },

    /** Somebody asks for work that no case does: stored first, then carried out by a run of its own. */
    async work(by: number, kind: RequestKind, content: object): Promise<string> {
      const workId = newWorkId();
      await inTransaction(db, by, (tx) => recordRequest(tx, { workId, kind, content: { ...content } }));
      const args: [StartFieldWork] = [{ workId, kind }];
      return client.workflow.execute('fieldWork', { workflowId: workId, taskQueue, args });
    },

    /** Somebody orders what no case asks for. */
    async order(by: number, content: AccountOrderForm): Promise<string> {
      const id = newWorkId();
      await inTransaction(db, by, (tx) => recordOrderRequest(tx, { id, kind: 'ORDER', content: { ...content } }));
      const args: [StartFieldWork] = [{ workId: id, kind: 'ORDER' }];
      return client.workflow.execute('fieldWork', { workflowId: id, taskQueue, args });
    },

    /** The case's row, once it has ended. */
    ended: (caseId: string) =>
      eventually(async () => {
        const row = await db.Case.findByPk(caseId, { rejectOnEmpty: true });
        if (row.closedAt === null) throw new Error(`${caseId} is open at ${row.step}`);
        return row;
      }),
  };
}
