import { invariantsHold } from '../support/flat';
import { ATTEMPTS } from './attempts';
import { wrongEffects } from './oracle';
import { createReport, LAYERS, type Layer } from './report';
import { seeded } from '../support/seeded';
import { makeWorld, type World } from './world';

const runs = Number(process.env.FOUR_EYES_RUNS ?? 200);
const seed = Number(process.env.FOUR_EYES_SEED ?? 1911);

const MUST_MEET: Record<Layer, string[]> = {
  API: ['OWN_WORK', 'ROLE', 'OVER_LIMIT', 'TASK_CLAIMED', 'STALE_TASK', 'ALREADY_DECIDED', 'NOT_SIGNED_IN'],
  DATABASE: ['decision_approver', 'decision_four_eyes', 'decision_known_approval', 'decision_one_per_version'],
  VALIDATOR: ['STALE_TASK', 'TASK_CLOSED'],
  EFFECT: ['OWN_WORK', 'ROLE', 'OVER_LIMIT', 'STALE_TASK', 'FORGED_DECISION'],
};

let world: World;
const dice = seeded(seed);
const report = createReport();

beforeAll(async () => {
  world = await makeWorld(dice);
});
afterAll(() => world.end());

// Everything at random: who tries, what they are at that moment, which way they go and what they know.
it('nobody approves their own work, whichever layer they go round', async () => {
  for (let run = 0; run < runs; run++) {
    await world.fill();
    if (dice.chance(0.6)) await world.change();
    await dice.pick(ATTEMPTS)(world, dice.pick(await world.targets()), dice, report);
  }
  for (const what of await wrongEffects(world.system.db)) report.violated(what);
  process.stdout.write(`${report.text(runs, seed)}\n`);
  expect(report.violations).toEqual([]);
}, 3_600_000);

it('every layer was put to the test', () => {
  for (const layer of LAYERS) expect([layer, report.count(layer)]).not.toEqual([layer, 0]);
  // A short run does not meet every refusal; a long one that misses one proves less than it says.
  if (runs < 1000) return;
  for (const [layer, codes] of Object.entries(MUST_MEET)) {
    for (const code of codes) expect([layer, code, report.count(layer as Layer, code)]).not.toEqual([layer, code, 0]);
  }
});

it('what was let through is in order', async () => {
  await expect(invariantsHold(world.system)).resolves.toBeUndefined();
});
