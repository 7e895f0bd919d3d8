/** What operators can search for in the Temporal UI (design.md section 6). No personal data: these are never encrypted. */
export const SEARCH_ATTRIBUTES = {
  CaseType: 'Keyword',
  CaseStatus: 'Keyword',
  CaseStep: 'Keyword',
  WaitingOn: 'Keyword',
  StuckReason: 'Keyword',
  LocationNumber: 'Keyword',
  AccountNumber: 'Keyword',
  CandidateGroups: 'KeywordList',
  DueAt: 'Datetime',
} as const satisfies Record<string, 'Keyword' | 'KeywordList' | 'Datetime'>;
