/** Why somebody may not decide, in words that say what to do (codes of domain/approval/refuse-decision). */
const WHY: Record<string, string> = {
  OWN_WORK: 'You have had a hand in this, so somebody else has to decide.',
  OVER_LIMIT: 'The amount is above your limit: a supervisor with a higher one decides.',
  ROLE: 'Your roles do not decide on this task.',
  TASK_CLAIMED: 'Somebody else has taken this task. Ask them to release it, or a supervisor to assign it.',
  TASK_CLOSED: 'This task is closed.',
};

/** Why a decision is refused, in words. */
export const whyRefused = (code: string): string => WHY[code] ?? 'You may not decide on this now.';
