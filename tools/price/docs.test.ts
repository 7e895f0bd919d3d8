import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { rateVersion } from '../../api/schemas/rate-version';
import { refuseRateVersion } from '../../domain/billing/rate/refuse-rate-version';

const text = readFileSync(join(__dirname, '../../docs/rates.md'), 'utf8');

it('shows a version that the schema and the rules take', () => {
  const [, json = ''] = /```json\n(\{[\s\S]*?)\n```/.exec(text) ?? [];
  const version = rateVersion.parse(JSON.parse(json));
  expect(refuseRateVersion(version)).toEqual([]);
});

/** Every key of the schema, however deep. */
function keysOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties = {}, ...rest } = schema as { properties?: Record<string, unknown> };
  return [
    ...Object.keys(properties),
    ...Object.values(properties).flatMap(keysOf),
    ...Object.values(rest).flatMap((value) => (Array.isArray(value) ? value.flatMap(keysOf) : keysOf(value))),
  ];
}

it('refuses figures in figures without doing the work again at every level', () => {
  let figure: unknown = 1;
  for (let depth = 0; depth < 45; depth += 1) figure = { sum: ['1'], over: figure };
  const charges = [{ kind: 'BASE', amount: figure }];
  const { error } = rateVersion.safeParse({ effectiveFrom: '2026-01-01', charges });
  expect(JSON.stringify(error?.issues).length).toBeLessThan(1_000_000);
});

it('names every field that a version may have', () => {
  const missing = [...new Set(keysOf(z.toJSONSchema(rateVersion, { io: 'input' })))].filter(
    (key) => !text.includes(key),
  );
  expect(missing).toEqual([]);
});

it('names a test for each rule of its table that is there', () => {
  const rows = [...text.matchAll(/^\| ([\d, ]+) \| [^|]+ \| ([^|]+) \|$/gm)];
  expect(rows.length).toBeGreaterThan(20);
  for (const [, rules = '', tests = ''] of rows) {
    const files = [...tests.matchAll(/`([^`]+)`/g)].map(([, file = '']) =>
      readFileSync(join(__dirname, '../..', file), 'utf8'),
    );
    for (const rule of rules.split(', '))
      expect([rule, files.some((file) => new RegExp(`rules? [\\d to,and]*\\b${rule}\\b`).test(file))]).toEqual([
        rule,
        true,
      ]);
  }
});
