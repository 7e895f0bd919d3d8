import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { explain } from './price/explain';
import { priceFiles } from './price/price-files';

const HELP = `npm run --silent price -- RATE.json USAGE.json [--explain]

Prices one bill and prints its lines, total and working as JSON, or with --explain as text for people.
RATE.json is a version of a rate, a list of its versions, or {"rates": {"WATER": ..., "SEWER": ...}}.
USAGE.json says what was used from when to when. docs/rates.md describes both, examples/rates/ has examples.
A bill that cannot be priced: every problem with its file, JSON pointer, code and message; exit code 1.`;

/** The exit code: 0 priced, 1 refused, 2 called wrongly. */
function main(): number {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { explain: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  const [ratePath, usagePath, ...rest] = positionals;
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  if (!ratePath || !usagePath || rest.length > 0) {
    console.error(HELP);
    return 2;
  }
  const answer = priceFiles(jsonIn(ratePath), jsonIn(usagePath));
  if ('problems' in answer) {
    console.error(JSON.stringify(answer, null, 2));
    return 1;
  }
  console.log(values.explain ? explain(answer) : JSON.stringify(answer, null, 2));
  return 0;
}

function jsonIn(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch (error) {
    throw new Error(`${path}: ${(error as Error).message}`);
  }
}

try {
  process.exitCode = main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}
