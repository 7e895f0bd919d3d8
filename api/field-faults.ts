import { z, type ZodError } from 'zod';

/** One field that does not fit its schema: where, which kind of rule, and the rule in words. */
export interface FieldFault {
  pointer: string;
  code: string;
  detail: string;
}

/** What a fault of each kind is called; a check of our own may name its own in `params.code`. */
const CODES: Partial<Record<z.core.$ZodIssue['code'], string>> = {
  invalid_type: 'TYPE',
  invalid_value: 'NOT_ONE_OF',
  invalid_format: 'FORMAT',
  unrecognized_keys: 'FIELD_UNKNOWN',
};

const NEEDED = 'This is needed';

// Whoever fills a form is told what to write, not what the program expected to receive.
z.config({
  customError: (issue) => {
    const { code, input } = issue;
    if (code === 'invalid_type') return input === undefined ? NEEDED : `Give ${nameOf(String(issue.expected))}`;
    if (code === 'invalid_value') return `Give one of ${(issue.values as unknown[]).map(String).join(', ')}`;
    if (code === 'too_small') return tooSmall(String(issue.origin), Number(issue.minimum), input);
    if (code === 'too_big') return atMost(String(issue.origin), Number(issue.maximum));
    if (code === 'unrecognized_keys') return 'This field is not known';
    if (code === 'invalid_format' && issue.format === 'email') return 'Give an e-mail address, as in ana@example.com';
    return undefined;
  },
});

function tooSmall(origin: string, minimum: number, input: unknown): string {
  if (origin === 'string') return input === '' || minimum === 1 ? NEEDED : `Give at least ${minimum} characters`;
  if (origin === 'array') return `Give at least ${minimum}`;
  return `Give ${minimum} or more`;
}

function atMost(origin: string, maximum: number): string {
  if (origin === 'string') return `Give at most ${maximum} characters`;
  if (origin === 'array') return `Give at most ${maximum}`;
  return `Give ${maximum} or less`;
}

const NAMES: Record<string, string> = {
  ...{ string: 'a text', int: 'a whole number', number: 'a number', boolean: 'yes or no' },
  ...{ array: 'a list', object: 'an object', null: 'nothing' },
};
const nameOf = (type: string): string => NAMES[type] ?? type;

/** The fields at fault in a body that does not fit its schema, each with its pointer; `at` is where the body stands. */
export function fieldFaults(error: ZodError, at: readonly PropertyKey[] = []): FieldFault[] {
  return error.issues.flatMap((issue) => faultsIn(issue, at));
}

// A missing field's parent is the path of an unknown one: each unknown key gets its own pointer.
function faultsIn(issue: z.core.$ZodIssue, at: readonly PropertyKey[]): FieldFault[] {
  const path = [...at, ...issue.path];
  const code = codeOf(issue);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ pointer: pointer([...path, key]), code, detail: issue.message }));
  const meant = issue.code === 'invalid_union' ? likeliest(issue.errors) : null;
  if (meant) return meant.flatMap((inner) => faultsIn(inner, path));
  return [{ pointer: pointer(path), code, detail: issue.message }];
}

function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.message === NEEDED) return 'REQUIRED';
  if (issue.code === 'too_small' || issue.code === 'too_big')
    return issue.origin === 'string' || issue.origin === 'array' ? 'LENGTH' : 'RANGE';
  const own = issue.code === 'custom' ? issue.params?.code : undefined;
  return typeof own === 'string' ? own : (CODES[issue.code] ?? 'FORMAT');
}

// Of several shapes the one was meant whose fields are known; else the one with the fewest faults.
function likeliest(shapes: z.core.$ZodIssue[][]): z.core.$ZodIssue[] | null {
  const unknown = (issues: z.core.$ZodIssue[]) =>
    issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : [])).length;
  const [first] = [...shapes].sort((a, b) => unknown(a) - unknown(b) || a.length - b.length);
  return first && first.length > 0 ? first : null;
}

/** A path as a JSON pointer in a fragment. */
const pointer = (path: readonly PropertyKey[]): string =>
  '#' + path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
