/** Somebody who is away today, and who stands in for them. */
export interface AbsenceToday {
  userId: number;
  deputyId: number;
}

/**
 * For whom a person stands in today: for whoever named them, and for whoever named one of those, when the deputy is away
 * too. A deputy gets the tasks of the absent, never their roles or limits.
 */
export function standsInFor(userId: number, absences: readonly AbsenceToday[]): number[] {
  const found = new Set<number>();
  for (const waiting = [userId]; waiting.length > 0;) {
    const deputy = waiting.pop();
    for (const absence of absences) {
      if (absence.deputyId !== deputy || absence.userId === userId || found.has(absence.userId)) continue;
      found.add(absence.userId);
      waiting.push(absence.userId);
    }
  }
  return [...found].sort((a, b) => a - b);
}
