import type { RequestKind } from '../domain/states';

/** What stored work can be; each kind has its one activity. */
export type WorkKind = 'FEED' | 'ORDER' | RequestKind;

/** What `fieldWork` is started with: ids only. What is to be done is stored under the work's id. */
export interface StartFieldWork {
  workId: string;
  kind: WorkKind;
}
