import { newTaskId } from '../../contract/ids';
import { TASK_TYPES } from '../../contract/task-types';
import { hashOf } from '../../db/canonical';
import type { Case } from '../../db/models/cases';
import { addEvent } from '../../db/records/cases';
import { openTask } from '../../db/records/tasks';
import type { Tx } from '../../db/transaction';
import type { ReadException } from '../field-report';

/** What the task of a read exception is about. */
export type ReadExceptionSubject = Omit<ReadException, 'reportedBy'>;

/** Puts a read that is not plausible to a supervisor; whoever reported it does not accept it. */
export async function askAboutRead(tx: Tx, theCase: Case, { reportedBy, ...exception }: ReadException): Promise<void> {
  const subject: ReadExceptionSubject = exception;
  await openTask(tx, theCase, {
    ...{ taskId: newTaskId(), type: 'READ_EXCEPTION', candidateGroup: TASK_TYPES.READ_EXCEPTION.candidateGroup },
    ...{ subject: { ...subject }, subjectHash: hashOf(subject), draftedBy: reportedBy },
  });
  const { code, orderNumber } = exception;
  await addEvent(tx, theCase, { kind: 'READ_EXCEPTION', data: { code, orderNumber } });
}
