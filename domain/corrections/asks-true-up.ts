/** When a final bill that was estimated is corrected by a read that came late (domain.md rule 4). */
export const TRUE_UP_MODES = ['NEVER', 'ABOVE_AMOUNT', 'ALWAYS'] as const;

/** The office's policy on that; `aboveCents` counts for ABOVE_AMOUNT alone. */
export interface TrueUpPolicy {
  mode: (typeof TRUE_UP_MODES)[number];
  aboveCents: number;
}

/** Whether the policy asks for a correction that moves the bill by so much, up or down. */
export function asksTrueUp({ mode, aboveCents }: TrueUpPolicy, differenceCents: number): boolean {
  if (mode === 'ABOVE_AMOUNT') return Math.abs(differenceCents) > aboveCents;
  return mode === 'ALWAYS';
}
