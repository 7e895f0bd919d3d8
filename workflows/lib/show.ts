import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { defineSearchAttributeKey, SearchAttributeType, type SearchAttributeUpdatePair } from '@temporalio/common';
import type { CaseView } from '../../contract/cases';

const KEYS = {
  CaseType: defineSearchAttributeKey('CaseType', SearchAttributeType.KEYWORD),
  CaseStatus: defineSearchAttributeKey('CaseStatus', SearchAttributeType.KEYWORD),
  CaseStep: defineSearchAttributeKey('CaseStep', SearchAttributeType.KEYWORD),
  WaitingOn: defineSearchAttributeKey('WaitingOn', SearchAttributeType.KEYWORD),
  StuckReason: defineSearchAttributeKey('StuckReason', SearchAttributeType.KEYWORD),
  LocationNumber: defineSearchAttributeKey('LocationNumber', SearchAttributeType.KEYWORD),
  AccountNumber: defineSearchAttributeKey('AccountNumber', SearchAttributeType.KEYWORD),
};
const CANDIDATE_GROUPS = defineSearchAttributeKey('CandidateGroups', SearchAttributeType.KEYWORD_LIST);
const DUE_AT = defineSearchAttributeKey('DueAt', SearchAttributeType.DATETIME);

/** Shows operators where the case stands: the search attributes that changed, in one upsert, and the current details. */
export function createDisplay(consoleUrl: () => string) {
  const shown = new Map<string, string>();
  return (view: CaseView, dueAt: string | null): void => {
    const updates: SearchAttributeUpdatePair[] = [];
    const changed = (name: string, value: string | null) => {
      if ((shown.get(name) ?? null) === value) return false;
      if (value === null) shown.delete(name);
      else shown.set(name, value);
      return true;
    };
    const words: Record<keyof typeof KEYS, string | null> = {
      CaseType: view.type,
      CaseStatus: view.status,
      CaseStep: view.step,
      WaitingOn: view.waitingOn,
      StuckReason: view.incident?.code ?? null,
      LocationNumber: view.locationNumber,
      AccountNumber: view.accountNumber,
    };
    for (const [name, key] of Object.entries(KEYS)) {
      const value = words[name as keyof typeof KEYS];
      if (changed(name, value)) updates.push({ key, value });
    }
    const groups = [...new Set(view.tasks.map(({ candidateGroup }) => candidateGroup))].sort();
    if (changed('CandidateGroups', groups.join() || null))
      updates.push({ key: CANDIDATE_GROUPS, value: groups.length ? groups : null });
    if (changed('DueAt', dueAt)) updates.push({ key: DUE_AT, value: dueAt ? new Date(dueAt) : null });
    if (updates.length > 0) upsertSearchAttributes(updates);
    setCurrentDetails(details(view, dueAt, consoleUrl()));
  };
}

function details(view: CaseView, dueAt: string | null, consoleUrl: string): string {
  const where = [
    view.accountNumber && `account ${view.accountNumber}`,
    view.locationNumber && `location ${view.locationNumber}`,
  ];
  const lines = [
    `**${view.waitsFor}**`,
    `${view.type} · ${view.step} · ${where.filter(Boolean).join(', ') || 'no records yet'}`,
    `Since ${view.since}${dueAt ? `, due ${dueAt}` : ''}`,
    ...(view.conditions ?? []).map((text) => `- waits for ${text}`),
    ...view.tasks.map(
      (task) =>
        `- task \`${task.taskId}\` ${task.type} version ${task.version}: group ${task.candidateGroup} may act${task.unattended ? ', but nobody of it may decide this now' : ''}`,
    ),
    ...(view.incident ? [`Incident: \`${view.incident.code}\` in the step \`${view.incident.step}\``] : []),
    ...(consoleUrl ? [`[Open the case](${consoleUrl}/cases/${view.caseId})`] : []),
  ];
  return lines.join('\n\n');
}
