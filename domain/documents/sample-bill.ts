import type { BillFacts, BilledLine } from './bill-facts';

const step = (rule: string, text: string, values: Record<string, string> = {}) => ({ rule, text, values });

const LINES: BilledLine[] = [
  {
    ...{ service: 'WATER', kind: 'BASE', name: 'Base charge', quantity: null, unit: null, amountCents: 333 },
    steps: [
      step('rule 8', 'The days billed are divided by those of a cycle', { days: '10', divisor: '30', factor: '1/3' }),
      step('rule 6', 'The base charge times the factor', { amount: '10.00', factor: '1/3' }),
      step('rule 21', 'Rounded half up to cents', { amount: '3.33' }),
    ],
  },
  {
    ...{ service: 'WATER', kind: 'USAGE', name: 'Usage', quantity: '3500', unit: 'gal', amountCents: 1050 },
    steps: [
      step('rule 2', 'The last read less the first is the usage', { start: '1000', end: '4500', usage: '3500' }),
      step('rule 9', 'Tier 1: what is used up to the bound, at its rate', {
        quantity: '3500',
        bound: '4000',
        rate: '3.00',
      }),
    ],
  },
  {
    ...{ service: 'WATER', kind: 'TAX', name: 'City tax', quantity: null, unit: null, amountCents: 73 },
    steps: [step('rule 13', 'The percent of all taxable lines', { percent: '5.25', of: '13.83' })],
  },
  {
    ...{ service: 'REFUSE', kind: 'FLAT', name: 'Refuse can', quantity: '1', unit: null, amountCents: 400 },
    steps: [step('rule 6', 'The flat charge times the factor', { amount: '12.00', factor: '1/3' })],
  },
];

const MONTHS = ['05', '06', '07', '08', '09', '10', '11', '12', '01', '02', '03', '04', '05', '06'];
const USED = ['3900', '5200', '6100', '5800', '4100', '3300', '2900', '3000', '2800', '2900', '3100', '3600', '3500'];
const dayOf = (i: number): string => `${i < 8 ? 2025 : 2026}-${MONTHS[i] ?? '01'}-10`;

/** A final bill with a bit of everything, for tests and examples. */
export const SAMPLE_BILL: BillFacts = {
  ...{ number: 'B0000012', revision: 1, postedOn: '2026-06-12', dueOn: '2026-07-03' },
  ...{ from: '2026-06-01', through: '2026-06-10', estimated: false, totalCents: 1856, replaces: null },
  sender: {
    name: 'Millbrook Utilities',
    address: {
      ...{ line1: '100 Main Street', line2: null, city: 'Millbrook', state: 'CO' },
      postalCode: '80000',
      country: null,
    },
    ...{ telephone: '(970) 555-0100', email: 'help@millbrook.example', payOnline: 'pay.millbrook.example' },
  },
  customer: {
    ...{ number: 'C000017', name: 'Ms. Zoë Łukasik', cosigner: 'Nguyễn Văn An' },
    address: {
      ...{ line1: '9 Quarry Road', line2: 'Apt 4', city: 'Heron Bend', state: 'CO' },
      postalCode: '80003',
      country: null,
    },
  },
  account: {
    ...{ number: 'A0000031', location: 'L000008' },
    address: {
      ...{ line1: '12 Canal Row', line2: 'Unit B', city: 'Millbrook', state: 'CO' },
      postalCode: '80000',
      country: null,
    },
  },
  reads: [
    {
      ...{ service: 'WATER', meter: 'W-4471', previous: '1000', current: '4500', usage: '3500' },
      ...{ unit: 'gal', estimated: false },
    },
  ],
  history: [
    {
      ...{ service: 'WATER', unit: 'gal' },
      periods: USED.map((quantity, i) => ({ from: dayOf(i), to: dayOf(i + 1), quantity, estimated: i === 7 })),
    },
  ],
  lines: LINES,
  standing: {
    last: { on: '2026-06-02', cents: 4210 },
    payments: [{ on: '2026-06-08', method: 'CHECK', cents: 3000, returned: false }],
    ...{ otherCents: 0, depositUsedCents: 0, balanceBeforeCents: 1210, replacedCents: 0, penaltyGoneCents: 0 },
    ...{ depositCents: 1000, interestCents: 12, netCents: 2054 },
  },
};
