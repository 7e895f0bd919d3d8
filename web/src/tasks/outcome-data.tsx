import type { Schema } from '../api/client';
import { AdjustLines } from './data/adjust-lines';
import { CorrectReads } from './data/correct-reads';
import { SomeServices } from './data/some-services';
import { UntilDate } from './data/until-date';

/** What a decision carries beside its outcome. */
export type Data = Record<string, unknown>;

interface OutcomeDataProps {
  task: Schema<'TaskDetail'>;
  outcome: string;
  /** Null while something is missing or cannot be read. */
  onChange: (data: Data | null) => void;
}

/** The inputs that an outcome asks for; most ask for none (api/schemas/task-outcomes.ts). */
export function OutcomeData({ task, outcome, onChange }: OutcomeDataProps) {
  switch (`${task.type} ${outcome}`) {
    case 'EXPIRE_OR_EXTEND EXTEND':
    case 'MISSING_READ WAIT':
    case 'HAND_TO_COLLECTIONS WAIT':
      return <UntilDate onChange={(until) => onChange(until ? { until } : null)} />;
    case 'RECONNECT_TO_LANDLORD RECONNECT':
    case 'RECONNECT_TO_LANDLORD DECLINE':
    case 'RECONNECT_TO_LANDLORD SHUT_OFF':
      return (
        <SomeServices
          task={task}
          onChange={(servicePointIds) => onChange(servicePointIds ? { servicePointIds } : null)}
        />
      );
    case 'CORRECT_FINAL_BILL CORRECT_READ':
      return <CorrectReads caseId={task.caseId} onChange={(reads) => onChange(reads && { reads })} />;
    case 'CORRECT_FINAL_BILL ADJUST_LINES':
      return (
        <AdjustLines accountNumber={task.accountNumber ?? ''} onChange={(lines) => onChange(lines && { lines })} />
      );
    default:
      return null;
  }
}
