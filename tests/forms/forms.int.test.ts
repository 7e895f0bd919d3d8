import { INVARIANTS } from '../../tools/invariants';
import { eventually } from '../support/eventually';
import { seeded } from '../support/seeded';
import { randomForm } from './random-form';
import { changedTables, isDisturbed, recordsOf, settledRecords, stepsOf } from './records';
import { makeWorld, type World } from './world';

const runs = Number(process.env.FORMS_RUNS ?? 60);
const seed = Number(process.env.FORMS_SEED ?? 1611);

/** Refusals that stand against what other cases and records are at, and are met by chance in a short run. */
const MUST_MEET = [
  ...['MALFORMED', 'OCCUPIED', 'CASE_OPEN', 'START_BEFORE_STOP', 'NUMBER_TAKEN', 'METER_MISSING', 'NO_SERVICES'],
  ...['START_TOO_FAR_BACK', 'PHONE_NOT_POSSIBLE', 'ADDRESS_ZIP', 'RATE_UNKNOWN', 'LOCATION_UNKNOWN'],
];

interface Problem {
  pointer: string;
  code: string;
  severity: 'ERROR' | 'WARNING';
}

let world: World;
const dice = seeded(seed);
const met = new Map<string, number>();
const count = (code: string) => met.set(code, (met.get(code) ?? 0) + 1);
const violations: string[] = [];
let disturbed = 0;

beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.end());

/** Types a form into a draft, as a clerk does: what stands against it, before anybody saves. */
async function typeIn(form: object): Promise<{ draftId: string; problems: Problem[] }> {
  const { api, clerk } = world;
  const begun = await api.post('/drafts', {}, clerk);
  const { draftId } = begun.body;
  const headers = { 'if-match': begun.headers.get('etag') ?? '' };
  const put = await api.call('PUT', `/api/v1/drafts/${draftId}`, { token: clerk, body: { content: form }, headers });
  expect(put.status).toBe(200);
  return { draftId, problems: put.body.problems };
}

async function broken(): Promise<string[]> {
  const found: string[] = [];
  for (const { name, find } of INVARIANTS) for (const row of await find(world.system.db)) found.push(`${name}: ${row}`);
  return found;
}

/** One form: what the draft says of it and what Save does agree; a refusal leaves nothing but the draft. */
async function tryForm(n: number): Promise<void> {
  const { api, clerk, town, system } = world;
  const [customers, locations, accounts] = await Promise.all([world.customers(), world.locations(), world.accounts()]);
  const form = randomForm(dice, { customers, locations, accounts, today: town.today, n });
  const before = await settledRecords(system);
  const steps = await stepsOf(system.db);
  const changesSoFar = async () => {
    const changed = changedTables(before, await recordsOf(system.db));
    if (changed.length === 0 || !isDisturbed(steps, await stepsOf(system.db))) return changed;
    disturbed++;
    return [];
  };
  const { draftId, problems } = await typeIn(form);
  const seen = await changesSoFar();
  if (seen.length > 0) violations.push(`run ${n}: typing changed ${seen.join(', ')}`);
  const errors = problems.filter(({ severity }) => severity === 'ERROR');
  // Half of the forms come from a script, which sends the whole form at once.
  const saved = await api.post('/cases/onboarding', dice.chance(0.5) ? { draftId } : form, clerk);
  const said = `${errors.map(({ pointer, code }) => `${pointer} ${code}`).join(', ') || 'nothing'}`;
  if (saved.status === 201) {
    count('accepted');
    if (errors.length > 0) violations.push(`run ${n}: accepted, although the draft said ${said}`);
    const rows = await eventually(async () => {
      const rows = await broken();
      if (rows.length > 0) throw new Error(rows.join('; '));
      return rows;
    }).catch((error: Error) => [error.message]);
    violations.push(...rows.map((row) => `run ${n}: ${row}`));
    return;
  }
  const { code, errors: named } = saved.body;
  // Each rule that the form breaks was met, not only the first.
  const codes = [code, ...(named as { code?: string }[]).map((each) => each.code ?? code)];
  for (const each of new Set<string>(codes)) count(each);
  if (saved.status >= 500) violations.push(`run ${n}: ${saved.status} ${code}`);
  if (errors.length === 0) violations.push(`run ${n}: refused with ${code}, although the draft said nothing`);
  const known = new Set(errors.map(({ pointer }) => pointer));
  for (const { pointer } of named as { pointer: string }[])
    if (!known.has(pointer)) violations.push(`run ${n}: ${code} at ${pointer}; the draft said ${said}`);
  const changed = await changesSoFar();
  if (changed.length > 0) violations.push(`run ${n}: refused with ${code}, but changed ${changed.join(', ')}`);
}

it('a form that is accepted breaks nothing, one that is refused leaves nothing but its draft', async () => {
  for (let n = 1; n <= runs; n++) {
    if (dice.chance(0.2)) await world.moveSomebodyOut(dice);
    await tryForm(n);
  }
  const codes = [...met].sort(([, a], [, b]) => b - a).map(([code, times]) => `${code} ${times}`);
  process.stdout.write(
    [
      `forms: ${runs} runs, seed ${seed}`,
      `  ${codes.join(', ')}`,
      `violations: ${violations.length}; disturbed by other cases: ${disturbed}`,
      ...violations.slice(0, 30).map((what) => `  ${what}`),
      '',
    ].join('\n'),
  );
  expect(violations).toEqual([]);
  // Cases go on meanwhile now and then; if they did all the time, nothing would have been looked at.
  expect(disturbed).toBeLessThan(runs / 5);
}, 3_600_000);

it('the forms were neither all good nor all bad', () => {
  expect(met.get('accepted') ?? 0).toBeGreaterThan(runs / 10);
  expect(runs - (met.get('accepted') ?? 0)).toBeGreaterThan(runs / 10);
  if (runs < 250) return;
  for (const code of MUST_MEET) expect([code, met.get(code) ?? 0]).not.toEqual([code, 0]);
});
