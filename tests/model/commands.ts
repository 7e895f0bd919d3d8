import type fc from 'fast-check';
import { eventually } from '../support/eventually';
import type { Flat as Place } from '../support/small-town';
import type { Act, Bound } from './acts';
import type { Verdict, World } from './model';
import type { Office, Said } from './office';
import { modelView, realView, type View } from './view';

/** What a set of runs has met, to be reported and to prove that it was not empty. */
export interface Met {
  commands: Map<string, number>;
  refusals: Map<string, number>;
  marks: Map<string, number>;
  checks: number;
}

const count = (of: Map<string, number>, what: string): void => void of.set(what, (of.get(what) ?? 0) + 1);

/** The real side of one run: the office, its flats, and what was met. */
export interface Real {
  office: Office;
  places: Place[];
  met: Met;
  log: string[];
}

type Model = { world: World };
type Command = fc.AsyncCommand<Model, Real>;

/** One act: the product says what the model says, and comes to stand where the model stands. */
export const once = (act: Act): Command => ({
  check: ({ world }) => act.bind(world) !== null,
  toString: () => act.name,
  async run(now, real) {
    const bound = bind(act, now.world);
    const send = await bound.prepare(real.office, real.places);
    const said = await send();
    await comesTo(now, real, [`${act.name} ${bound.kind}`], [said], [[bound]]);
  },
});

/** Two acts at once: the product says and does what the model does in the one order or in the other. */
export const both = ([first, second]: [Act, Act]): Command => ({
  check: ({ world }) => first.bind(world) !== null && second.bind(world) !== null,
  toString: () => `at once: ${first.name} | ${second.name}`,
  async run(now, real) {
    const [one, other] = [bind(first, now.world), bind(second, now.world)];
    const sends = [await one.prepare(real.office, real.places), await other.prepare(real.office, real.places)];
    const said = await Promise.all(sends.map((send) => send()));
    const names = [first.name, second.name];
    await comesTo(now, real, names, said, [
      [one, other],
      [other, one],
    ]);
    const kinds = [one.kind, other.kind];
    count(real.met.marks, 'at once');
    if (kinds.includes('takes money') && kinds.some((kind) => kind.startsWith('approves')))
      count(real.met.marks, 'money during closing');
  },
});

function bind(act: Act, world: World): Bound {
  const bound = act.bind(world);
  if (!bound) throw new Error(`${act.name}: nothing to do it to`);
  return bound;
}

interface Candidate {
  world: World;
  /** By act. */
  verdicts: Map<Bound, Verdict>;
}

async function comesTo(now: Model, real: Real, names: string[], said: Said[], orders: Bound[][]): Promise<void> {
  const { met, log } = real;
  log.push(`${names.join(' | ')}: ${said.map((each) => (each === 'OK' ? each : each.join(' '))).join(' | ')}`);
  const [asSent] = orders;
  const candidates = orders.map((order) => inOrder(now.world, order));
  const agreeing = candidates.filter(({ verdicts }) =>
    (asSent ?? []).every((bound, i) => agrees(said[i] ?? [], verdicts.get(bound) ?? [], orders.length > 1)),
  );
  if (agreeing.length === 0) {
    const expected = candidates.map(({ verdicts }) => (asSent ?? []).map((bound) => verdicts.get(bound)));
    throw new Error(`The product said ${JSON.stringify(said)}, the model ${JSON.stringify(expected)}`);
  }
  now.world = await standsAt(real, agreeing);
  for (const [i, bound] of (asSent ?? []).entries()) {
    count(met.commands, bound.kind);
    const answer = said[i] ?? [];
    if (answer === 'OK') for (const mark of bound.marks) count(met.marks, mark);
    else count(met.refusals, answer[0] ?? '');
  }
}

function inOrder(world: World, order: Bound[]): Candidate {
  const verdicts = new Map<Bound, Verdict>();
  let standing = world;
  for (const bound of order) {
    const next = structuredClone(standing);
    const verdict = bound.inModel(next);
    verdicts.set(bound, verdict);
    // What is refused changes nothing.
    if (verdict === 'OK') standing = next;
  }
  return { world: standing, verdicts };
}

/** What a case or its task answers when the other of two at once has ended what the one was about. */
const TOO_LATE = [
  'CASE_CLOSED',
  'TASK_CLOSED',
  'ALREADY_DECIDED',
  'HANDED_OVER',
  'NOT_CANCELABLE',
  'STALE_TASK',
  'ORDER_CLOSED',
];

function agrees(said: Said, verdict: Verdict, isRace: boolean): boolean {
  if (said === 'OK' || verdict === 'OK') return said === verdict;
  return said.some((code) => verdict.includes(code) || (isRace && TOO_LATE.includes(code)));
}

/** The one of the worlds that the records come to. */
async function standsAt(real: Real, candidates: Candidate[]): Promise<World> {
  const { office, places, met } = real;
  const views = candidates.map(({ world }) => ({ world, shown: world.flats.map(modelView) }));
  return eventually(async () => {
    const seen: View[] = [];
    for (const place of places) seen.push(await realView(office.system, place.locationNumber, place.today));
    met.checks += 1;
    const found = views.find(({ shown }) => JSON.stringify(shown) === JSON.stringify(seen));
    if (found) return found.world;
    expect(seen).toEqual(views[0]?.shown);
    throw new Error('The views differ in their order');
  });
}
