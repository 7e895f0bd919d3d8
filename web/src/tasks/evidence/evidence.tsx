import type { ComponentType } from 'react';
import type { Schema } from '../../api/client';
import { FinalBillEvidence } from './final-bill';
import { ReadEvidence } from './read-exception';
import { SubjectFacts } from './subject-facts';
import { VacancyEvidence } from './vacancy';

type Task = Schema<'TaskDetail'>;

// The other types are decided by the facts that they were opened with.
const EVIDENCE: Partial<Record<Task['type'], ComponentType<{ task: Task }>>> = {
  APPROVE_FINAL_BILL: FinalBillEvidence,
  CORRECT_FINAL_BILL: FinalBillEvidence,
  READ_EXCEPTION: ReadEvidence,
  NEW_TENANT: VacancyEvidence,
  RECONNECT_TO_LANDLORD: VacancyEvidence,
  CONFIRM_SHUT_OFF: VacancyEvidence,
};

/** What somebody has to see to decide on a task. */
export function Evidence({ task }: { task: Task }) {
  const Shown = EVIDENCE[task.type] ?? SubjectFacts;
  return <Shown task={task} />;
}
