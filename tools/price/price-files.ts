import { type z } from 'zod';
import {
  priceFinalBill,
  refuseFinalBill,
  type BillLine,
  type FinalBillFacts,
} from '../../domain/billing/price-final-bill';
import { refuseRateVersion } from '../../domain/billing/rate/refuse-rate-version';
import { depositInterest, refuseInterestPolicy, type InterestPolicy } from '../../domain/deposits/interest';
import { sumCents } from '../../domain/money';
import type { Refusal } from '../../domain/refusal';
import type { Step } from '../../domain/step';
import { centsOf, dollarsOf } from './dollars';
import { factsOf, rateNameOf } from './facts';
import { rateFile, usageFile, type RateFile, type UsageFile } from './input';

/** A bill line with its amount in dollars, as a bill prints it. */
export type PrintedLine = BillLine & { amount: string };

/** A priced bill in dollars: total is the bill's, payable what is left with the past due, payments and deposits. */
export interface PrintedBill {
  from: string;
  through: string;
  days: number;
  estimated: boolean;
  lines: PrintedLine[];
  total: string;
  totalCents: number;
  pastDue: string;
  payments: string;
  deposits: { amount: string; paidOn: string; interest: string; steps: Step[] }[];
  payable: string;
}

/** Everything that is wrong with the two files, each with the file and a JSON pointer into it. */
export interface PriceProblems {
  problems: (Refusal & { file: 'RATE' | 'USAGE' })[];
}

/** Prices the contents of RATE.json and USAGE.json (docs/rates.md). */
export function priceFiles(rateJson: unknown, usageJson: unknown): PrintedBill | PriceProblems {
  const rates = rateFile.safeParse(rateJson, { error: words });
  const usage = usageFile.safeParse(usageJson, { error: words });
  if (!rates.success || !usage.success)
    return { problems: [...shapeProblems(rates, 'RATE'), ...shapeProblems(usage, 'USAGE')] };
  const problems = [
    ...rateProblems(rates.data),
    ...serviceProblems(rates.data, usage.data),
    ...depositProblems(usage.data),
  ];
  if (problems.length > 0) return { problems };
  const facts = factsOf(rates.data, usage.data);
  if ('problems' in facts) return { problems: facts.problems.map((problem) => ({ file: 'USAGE', ...problem })) };
  const refusal = refuseFinalBill(facts);
  return refusal ? { problems: [inFiles(refusal, rates.data, usage.data)] } : printedBill(facts, usage.data);
}

/** What a person does about a value of the wrong type; zod's own words for the rest. */
function words({ code, input, ...issue }: z.core.$ZodRawIssue): string | undefined {
  if (code !== 'invalid_type') return undefined;
  if (input === undefined) return 'This field is missing';
  if (issue.expected === 'string' && typeof input === 'number') return `Write the number as text: "${input}"`;
  return undefined;
}

function shapeProblems(result: z.ZodSafeParseResult<unknown>, file: 'RATE' | 'USAGE'): PriceProblems['problems'] {
  return (result.error ? leaves(result.error.issues) : []).map(({ path, message }) => ({
    ...{ file, code: 'MALFORMED', message },
    pointer: path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
  }));
}

interface Leaf {
  path: PropertyKey[];
  message: string;
}

/** The issues inside the alternative of a union that fits best: the one whose problems lie deepest. */
function leaves(issues: z.core.$ZodIssue[], above: PropertyKey[] = []): Leaf[] {
  return issues.flatMap((issue): Leaf[] => {
    const path = [...above, ...issue.path];
    if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ path, message: issue.message }];
    const choices = issue.errors.map((errors) => leaves(errors, path));
    const depth = (choice: Leaf[]) => Math.max(...choice.map((leaf) => leaf.path.length));
    return choices.reduce((best, choice) =>
      depth(choice) > depth(best) || (depth(choice) === depth(best) && choice.length < best.length) ? choice : best,
    );
  });
}

const FIELDS: [RegExp, string][] = [
  [/\/segments\/(\d+)\/startValue$/, '/reads/$1/start'],
  [/\/segments\/(\d+)\/endValue$/, '/reads/$1/end'],
  [/\/segments/, '/reads'],
  [/\/serviceType$/, '/service'],
  [/^\/fees\/(\d+)\/amountCents$/, '/fees/$1/amount'],
  [/\/stopOn$/, '/through'],
];

/** A refusal of the facts with the pointer into the file that they came from. */
function inFiles(refusal: Refusal, rates: RateFile, { services }: UsageFile): PriceProblems['problems'][number] {
  const pointer = refusal.pointer ?? '';
  const [, service = '', version = '', rest = ''] = /^\/services\/(\d+)\/rateVersions\/(\d+)(.*)$/.exec(pointer) ?? [];
  const input = services[Number(service)];
  if (version === '' || !input) {
    const [, of = ''] = /^\/services\/(\d+)\/segments/.exec(pointer) ?? [];
    if (of !== '' && services[Number(of)]?.usage !== undefined)
      return { file: 'USAGE', ...refusal, pointer: `/services/${of}/usage` };
    const field = FIELDS.reduce((path, [from, to]) => path.replace(from, to), pointer);
    return { file: 'USAGE', ...refusal, pointer: field };
  }
  const name = rateNameOf(rates, input);
  return { file: 'RATE', ...refusal, pointer: `${ratePointer(name, rates[name] ?? [], Number(version))}${rest}` };
}

const ratePointer = (name: string, versions: unknown[], i: number): string =>
  `${name === '' ? '' : `/rates/${name}`}${versions.length > 1 ? `/${i}` : ''}`;

function rateProblems(rates: RateFile): PriceProblems['problems'] {
  return Object.entries(rates).flatMap(([name, versions]) =>
    versions.flatMap((version, i) =>
      refuseRateVersion(version).map((refusal) => ({
        ...{ file: 'RATE' as const, ...refusal },
        pointer: `${ratePointer(name, versions, i)}${refusal.pointer ?? ''}`,
      })),
    ),
  );
}

/** A percent or limit of a service that neither file knows would silently be of nothing. */
function serviceProblems(rates: RateFile, { services }: UsageFile): PriceProblems['problems'] {
  const known = new Set(['*', ...Object.keys(rates), ...services.map(({ service }) => service)]);
  return Object.entries(rates).flatMap(([name, versions]) =>
    versions.flatMap(({ charges }, i) =>
      charges.flatMap((charge, c) =>
        ('services' in charge ? (charge.services ?? []) : []).flatMap((service, k) =>
          known.has(service)
            ? []
            : [
                {
                  ...{ file: 'RATE' as const, code: 'RATE_SERVICE', message: `There is no service ${service}` },
                  pointer: `${ratePointer(name, versions, i)}/charges/${c}/services/${k}`,
                },
              ],
        ),
      ),
    ),
  );
}

const policyOf = (interest: NonNullable<UsageFile['deposits']>[number]['interest']): InterestPolicy => ({
  enabled: interest !== undefined,
  rateTable: interest?.rateTable ?? [],
  dayBasis: interest?.dayBasis ?? 365,
  minHoldDays: interest?.minHoldDays ?? 0,
});

const depositProblems = ({ deposits = [], through }: UsageFile): PriceProblems['problems'] =>
  deposits.flatMap(({ interest, paidOn }, i) => {
    const later = { code: 'DEPOSIT_DATE', message: `The deposit was paid after the bill's end`, pointer: `/paidOn` };
    const problems = refuseInterestPolicy(policyOf(interest)).map((refusal) => ({
      ...{ ...refusal, pointer: `/interest${refusal.pointer ?? ''}` },
    }));
    return [...(paidOn > through ? [later] : []), ...problems].map((refusal) => ({
      ...{ file: 'USAGE' as const, ...refusal },
      pointer: `/deposits/${i}${refusal.pointer}`,
    }));
  });

function printedBill(facts: FinalBillFacts, usage: UsageFile): PrintedBill {
  const { lines, totalCents, from, through, days, estimated } = priceFinalBill(facts);
  const deposits = (usage.deposits ?? []).map(({ amount, paidOn, interest }) => {
    const question = { ...policyOf(interest), depositCents: centsOf(amount), from: paidOn, to: usage.through };
    return { amountCents: centsOf(amount), paidOn, ...depositInterest(question) };
  });
  const [pastDue, payments] = [centsOf(usage.balance ?? '0'), centsOf(usage.payments ?? '0')];
  const held = sumCents(deposits.map(({ amountCents, cents }) => amountCents + cents));
  return {
    ...{ from, through, days, estimated },
    lines: lines.map((line) => ({ ...line, amount: dollarsOf(line.amountCents) })),
    total: dollarsOf(totalCents),
    totalCents,
    pastDue: dollarsOf(pastDue),
    payments: dollarsOf(payments),
    deposits: deposits.map(({ amountCents, paidOn, cents, steps }) => ({
      ...{ amount: dollarsOf(amountCents), paidOn, interest: dollarsOf(cents), steps },
    })),
    payable: dollarsOf(totalCents + pastDue - payments - held),
  };
}
