import type { Schema } from '../../api/client';
import { Facts } from '../../kit/facts';
import { day, money, words } from '../../kit/format';

/** The facts that a task was opened with, in words. */
export function SubjectFacts({ task }: { task: Schema<'TaskDetail'> }) {
  const facts: [string, string][] = Object.entries(task.subject)
    .filter(([, value]) => shown('', value) !== null)
    .map(([name, value]) => [
      words(name.replace(/(Cents|On)$/, '').replaceAll(/([A-Z])/g, '_$1')),
      shown(name, value) ?? '',
    ]);
  if (task.amountCents !== null) facts.unshift(['Amount', money(task.amountCents)]);
  return <Facts of={facts} />;
}

function shown(name: string, value: unknown): string | null {
  if (typeof value === 'number') return name.endsWith('Cents') ? money(value) : String(value);
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'string') {
    if (/^\d{4}-\d\d-\d\d$/.test(value)) return day(value);
    return /^[A-Z][A-Z_]+$/.test(value) ? words(value) : value;
  }
  if (Array.isArray(value))
    return value.every((each) => typeof each === 'string') ? value.map((each) => shown('', each)).join(', ') : null;
  return null;
}
