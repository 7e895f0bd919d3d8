import Ajv from 'ajv/dist/2020';
import fc from 'fast-check';
import { TASK_TYPES } from '../../contract/task-types';
import { isCivilDate } from '../../domain/dates';
import type { TaskType } from '../../domain/states';
import { bodyData, dataJsonSchema } from './task-outcomes';

const ENDS = Object.entries(TASK_TYPES).flatMap(([type, { outcomes }]) =>
  Object.keys(outcomes).map((outcome): [TaskType, string] => [type as TaskType, outcome]),
);
const validator = new Ajv({ formats: { date: isCivilDate } });

/** What the API says of this data, and what a form that was drawn from the JSON Schema says. */
function verdicts(type: TaskType, outcome: string) {
  const checks = validator.compile(dataJsonSchema(type, outcome));
  return (data: unknown) => ({
    api: bodyData(type, outcome).safeParse({ data }).success,
    form: checks(data),
  });
}

const read = { meterId: 1, value: '123.5', readOn: '2026-11-24', source: 'ACTUAL' };
const line = { serviceCode: 'WATER', amountCents: -250, name: 'Leak allowance' };
const SAMPLES: unknown[] = [
  ...[
    {},
    { until: '2026-12-24' },
    { until: '2026-02-30' },
    { until: '24.12.2026' },
    { until: 20261224 },
    { until: null },
  ],
  ...[{ until: '1899-12-31' }, { until: '2200-01-01' }, { until: '2026-12-24', more: 1 }],
  ...[{ reads: [] }, { reads: [read] }, { reads: [read], more: 1 }, { reads: Array(21).fill(read) }, { reads: {} }],
  ...[{ value: 123 }, { value: '-1' }, { value: '1.2345' }, { meterId: 0 }, { meterId: 1.5 }, { meterId: 2 ** 31 }].map(
    (more) => ({ reads: [{ ...read, ...more }] }),
  ),
  ...[{ source: 'SYSTEM_PRORATED' }, { source: 'CUSTOMER' }, { readOn: '2026-13-01' }, { extra: true }].map((more) => ({
    reads: [{ ...read, ...more }],
  })),
  ...[{ lines: [] }, { lines: [line] }, { lines: [line], more: 1 }, { lines: Array(21).fill(line) }, { lines: {} }],
  ...[{ name: '' }, { name: ' x' }, { name: 'x\ny' }, { name: 'x'.repeat(81) }, { serviceCode: '' }, { extra: 1 }].map(
    (more) => ({ lines: [{ ...line, ...more }] }),
  ),
  ...[{ amountCents: 1.5 }, { amountCents: '1' }, { amountCents: 1e9 }, { amountCents: -1e9 }].map((more) => ({
    lines: [{ ...line, ...more }],
  })),
  ...[{ approved: true }, [], null, 'APPROVE', 7],
];

describe.each(ENDS)('the data of %s %s', (type, outcome) => {
  it('is judged alike by the API and by the JSON Schema that the task shows', () => {
    const judge = verdicts(type, outcome);
    for (const sample of SAMPLES) {
      const { api, form } = judge(sample);
      expect({ sample, form }).toEqual({ sample, form: api });
    }
    expect(SAMPLES.some((sample) => judge(sample).api)).toBe(true);
    expect(SAMPLES.some((sample) => !judge(sample).api)).toBe(true);
  });
});

describe('the date of an extension', () => {
  it('is judged alike whatever is typed', () => {
    const judge = verdicts('EXPIRE_OR_EXTEND', 'EXTEND');
    const part = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'));
    const dates = fc.tuple(fc.integer({ min: 1890, max: 2210 }), part(13), part(32)).map((parts) => parts.join('-'));
    fc.assert(
      fc.property(fc.oneof(dates, fc.string()), (until) => {
        const { api, form } = judge({ until });
        expect(form).toBe(api);
      }),
    );
  });
});

it('takes no data for an outcome that the task does not have: its own code refuses it', () => {
  for (const outcome of ['MAYBE', 'toString', 'EXTEND']) {
    expect(bodyData('APPROVE_SETUP', outcome).safeParse({ data: {} }).success).toBe(true);
    expect(bodyData('APPROVE_SETUP', outcome).safeParse({ data: { until: '2026-12-24' } }).success).toBe(false);
  }
  expect(bodyData(null, 'APPROVE').safeParse({ data: {} }).success).toBe(true);
});
