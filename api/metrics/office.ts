import { Gauge, type Registry } from 'prom-client';
import type { OfficeInNumbers } from '../../db/reads/in-numbers';

interface Measure {
  name: string;
  help: string;
  labels: string[];
  values(numbers: OfficeInNumbers): { labels: Record<string, string>; value: number }[];
}

const counted = <T extends { n: number }>(rows: T[], labels: (row: T) => Record<string, string>) =>
  rows.map((row) => ({ labels: labels(row), value: row.n }));

const MEASURES: Measure[] = [
  {
    ...{ name: 'keyturn_cases_open', help: 'Open cases', labels: ['type', 'status'] },
    values: ({ cases }) => counted(cases, ({ type, status }) => ({ type, status })),
  },
  {
    ...{
      name: 'keyturn_cases_ended_in_a_day',
      help: 'Cases that ended in the last 24 hours',
      labels: ['type', 'status'],
    },
    values: ({ ended }) => counted(ended, ({ type, status }) => ({ type, status })),
  },
  {
    ...{ name: 'keyturn_tasks_open', help: 'Open tasks', labels: ['type'] },
    values: ({ tasks }) => counted(tasks, ({ type }) => ({ type })),
  },
  {
    ...{ name: 'keyturn_tasks_overdue', help: 'Open tasks past their due time', labels: ['type'] },
    values: ({ tasks }) => tasks.map(({ type, overdue }) => ({ labels: { type }, value: overdue })),
  },
  {
    ...{ name: 'keyturn_incidents_open', help: 'Cases that wait for an operator', labels: ['code'] },
    values: ({ incidents }) => counted(incidents, ({ code }) => ({ code })),
  },
  {
    ...{ name: 'keyturn_findings_open', help: 'What the detector finds stuck or different', labels: ['kind'] },
    values: ({ findings }) => counted(findings, ({ kind }) => ({ kind })),
  },
  {
    ...{ name: 'keyturn_unanswered', help: 'What people recorded and no case has answered', labels: ['kind'] },
    values: ({ unanswered }) => counted(unanswered, ({ kind }) => ({ kind })),
  },
  {
    ...{ name: 'keyturn_unanswered_oldest_seconds', help: 'Age of the oldest of them', labels: ['kind'] },
    values: ({ unanswered }) =>
      unanswered.map(({ kind, oldestSeconds }) => ({ labels: { kind }, value: oldestSeconds })),
  },
  {
    ...{ name: 'keyturn_notices_waiting', help: 'Notices that are not out yet', labels: ['status'] },
    values: ({ notices }) => counted(notices, ({ status }) => ({ status })),
  },
];

/** The gauges of how the office stands; `show` sets them all, and null takes them away: what is not known is not 0. */
export function officeGauges(registers: Registry[]): { show(numbers: OfficeInNumbers | null): void } {
  const gauges = MEASURES.map(({ name, help, labels, values }) => ({
    values,
    gauge: new Gauge({ name, help, labelNames: labels, registers }),
  }));
  return {
    show(numbers) {
      for (const { gauge, values } of gauges) {
        gauge.reset();
        if (!numbers) continue;
        for (const { labels, value } of values(numbers)) gauge.set(labels, value);
      }
    },
  };
}
