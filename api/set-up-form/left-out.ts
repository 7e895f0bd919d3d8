import type { z } from 'zod';

/** A part of a form as it was typed: anything may stand in it. */
export type Typed = Record<string, unknown>;

/** Whether a value has fields at all. */
export const isTyped = (value: unknown): value is Typed =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is left of a part without its faults. */
export interface Kept {
  part: Typed;
  /** For each list of it, where each line that is left stood as it was typed. */
  indexes: Record<string, number[]>;
  /** The lines that were left out, as they were typed. */
  lines: Record<string, unknown[]>;
  /** The fields that are left out as a whole. */
  fields: Set<string>;
}

/** Leaves out each field that has an issue; of a list named here only the lines that have one. */
export function leaveOut(typed: Typed, issues: readonly z.core.$ZodIssue[], lists: readonly string[]): Kept {
  const bad = new Set(issues.flatMap((issue) => placesOf(issue, lists)));
  const kept: Kept = { part: {}, indexes: {}, lines: {}, fields: new Set() };
  for (const [field, value] of Object.entries(typed)) {
    if (bad.has(field)) {
      kept.fields.add(field);
      continue;
    }
    kept.part[field] = value;
    if (!lists.includes(field) || !Array.isArray(value)) continue;
    const isGood = (i: number) => !bad.has(`${field}/${i}`);
    const good = [...value.keys()].filter(isGood);
    kept.part[field] = good.map((i) => value[i] as unknown);
    kept.indexes[field] = good;
    kept.lines[field] = [...value.keys()].filter((i) => !isGood(i)).map((i) => value[i] as unknown);
  }
  return kept;
}

/** The field, or the line of a list, that an issue makes unusable. */
function placesOf(issue: z.core.$ZodIssue, lists: readonly string[]): string[] {
  const [field, line] = issue.path;
  if (field === undefined) return issue.code === 'unrecognized_keys' ? issue.keys : [];
  const isLine = lists.some((list) => list === field) && typeof line === 'number';
  return [isLine ? `${String(field)}/${line}` : String(field)];
}
