import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { priceFiles } from './price-files';

/** A published rate with bills that its utility worked out; npm run price reads the same file as RATE.json. */
const example = z.object({
  source: z.object({ utility: z.string(), title: z.string(), url: z.url() }),
  rates: z.record(z.string(), z.unknown()),
  bills: z
    .array(
      z.strictObject({
        name: z.string(),
        usage: z.unknown(),
        expected: z.strictObject({
          total: z.string().optional(),
          payable: z.string().optional(),
          lines: z.record(z.string(), z.string()).optional(),
        }),
      }),
    )
    .min(1),
});

const FOLDER = join(__dirname, '../../examples/rates');
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const examples = files.map((file) => ({
  file,
  ...example.parse(JSON.parse(readFileSync(join(FOLDER, file), 'utf8'))),
}));
const bills = examples.flatMap(({ file, source, rates, bills: each }) =>
  each.map((bill) => ({ file, source, rates, ...bill })),
);

it('has the bills of at least 15 published sources', () => {
  expect(new Set(examples.map(({ source }) => source.url)).size).toBeGreaterThanOrEqual(15);
});

it.each(bills)('$file: $name', ({ rates, usage, expected }) => {
  const bill = priceFiles({ rates }, usage);
  if ('problems' in bill) throw new Error(JSON.stringify(bill.problems));
  const { total, payable, lines } = bill;
  const byCode: Record<string, number> = {};
  for (const { code, amountCents } of lines) byCode[code] = (byCode[code] ?? 0) + amountCents;
  const printed = Object.fromEntries(Object.entries(byCode).map(([code, cents]) => [code, (cents / 100).toFixed(2)]));
  expect({
    ...(expected.total !== undefined && { total }),
    ...(expected.payable !== undefined && { payable }),
    ...(expected.lines && {
      lines: Object.fromEntries(Object.keys(expected.lines).map((code) => [code, printed[code]])),
    }),
  }).toEqual(expected);
});
