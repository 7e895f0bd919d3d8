import fc from 'fast-check';
import type { Flat as Place } from '../support/small-town';
import * as model from './model';
import { partyOf, type Flat, type Verdict, type World } from './model';
import {
  accountAt,
  caseOf,
  dateOf,
  moveClock,
  moveOutOf,
  registerOn,
  say,
  setUpAt,
  taskOf,
  type Actor,
  type Office,
  type Said,
} from './office';

/** Something that somebody does: bound to its subject and day, so that of two at once neither looks elsewhere. */
export interface Act {
  name: string;
  /** Null when there is nothing to do it to. */
  bind(world: World): Bound | null;
}

/** What the model says of an act, and how it is sent once its subject has been looked up. */
export interface Bound {
  kind: string;
  inModel(world: World): Verdict;
  /** What of the run this is, in the words of what a set of runs must have met; only told when it was done. */
  marks: string[];
  prepare(office: Office, places: Place[]): Promise<() => Promise<Said>>;
}

const CLERKS = ['cora', 'cliff'] as const;
const SUPERVISORS = ['sam', 'sue'] as const;
/** A clerk's settings ask about a set-up after thirty days; a run is shorter. */
const LONGEST_RUN_DAYS = 25;

interface Told {
  where: number;
  actor: Actor;
  /** Picks who is meant among those to whom it could be done. */
  pick: number;
}

const told = (actors: readonly Actor[]): fc.Arbitrary<Told> =>
  fc.record({ where: fc.nat(1), actor: fc.constantFrom(...actors), pick: fc.nat(20) });

const flatOf = (world: World, where: number): Flat => {
  const flat = world.flats[where];
  if (!flat) throw new Error(`There is no flat ${where}`);
  return flat;
};
const placeOf = (places: Place[], where: number): Place => {
  const place = places[where];
  if (!place) throw new Error(`There is no place ${where}`);
  return place;
};

/** An act on one party of a flat, of those that `can`. */
function onParty(given: {
  kind: string;
  told: Told;
  what?: string;
  can: (party: model.Party, flat: Flat, today: number) => boolean;
  /** `today` is the day on which it was bound, `seen` the party as it stood then. */
  inModel: (world: World, flat: Flat, who: number, today: number, seen: model.Party) => Verdict;
  marks?: (party: model.Party) => string[];
  prepare: (office: Office, place: Place, who: number, today: number, flat: Flat) => Promise<() => Promise<Said>>;
}): Act {
  const { kind, told: by, what = '', can, inModel, marks, prepare } = given;
  const { where, pick, actor } = by;
  return {
    name: `${actor}: ${kind}${what && ` ${what}`} at ${where} (${pick})`,
    bind: (world) => {
      const flat = flatOf(world, where);
      const found = flat.parties.flatMap((party, index) => (can(party, flat, world.today) ? [index] : []));
      const who = found[pick % Math.max(1, found.length)];
      if (who === undefined) return null;
      const { today } = world;
      const seen = structuredClone(partyOf(flat, who));
      return {
        kind,
        marks: marks?.(seen) ?? [],
        inModel: (now) => inModel(now, flatOf(now, where), who, today, seen),
        prepare: (office, places) => prepare(office, placeOf(places, where), who, today, flat),
      };
    },
  };
}

const complete =
  (type: Parameters<typeof taskOf>[3], actor: Actor, outcome: string, data: object = {}) =>
  async (office: Office, place: Place, who: number) => {
    const { id, version } = await taskOf(office, place, who, type);
    const body = { version, outcome, data, comment: 'seen' };
    return () => say(office, actor, `/tasks/${id}/complete`, body);
  };

const command =
  (type: 'MOVE_OUT' | 'ONBOARD' | 'VACANCY', actor: Actor, path: string, data: object = {}) =>
  async (office: Office, place: Place, who: number) => {
    const caseId = await caseOf(office, place, who, type);
    return () => say(office, actor, `/cases/${caseId}/${path}`, { reason: 'asked for', ...data });
  };

/** The days around today on which something is dated. */
const days = fc.integer({ min: -6, max: 7 });

const moveOut = fc
  .record({
    ...{ told: told(CLERKS), ahead: days, newTenant: fc.constantFrom<model.NewTenant>('YES', 'NO', 'UNKNOWN') },
    anybody: fc.nat(4).map((n) => n === 0),
  })
  .map(({ told: by, ahead, newTenant, anybody }) =>
    onParty({
      ...{ kind: 'moves out', told: by, what: `${anybody ? 'anybody' : 'a holder'}, stop ${ahead}, ${newTenant}` },
      can: ({ status, role }) => role === 'TENANT' && (anybody || status === 'ACTIVE'),
      inModel: (world, flat, who, today) => model.moveOut(world, flat, who, today + ahead, newTenant),
      prepare: async (office, place, who, today) => {
        const { accountNumber } = await accountAt(office, place, who);
        const body = moveOutOf(accountNumber, dateOf(place, today + ahead), newTenant);
        return () => say(office, by.actor, '/cases/move-out', body);
      },
    }),
  );

/** Somebody comes on a day near today, or near the stop of whoever leaves. */
const setUpFrom = (dayOf: (world: World, flat: Flat) => number | null, { where, actor }: Told): Act => ({
  name: `${actor}: sets up at ${where}`,
  bind: (world) => {
    const start = dayOf(world, flatOf(world, where));
    if (start === null) return null;
    return {
      kind: 'sets up',
      marks: againstStop(flatOf(world, where), start),
      inModel: (now) => model.setUp(now, flatOf(now, where), start),
      prepare: (office, places) => {
        const place = placeOf(places, where);
        const form = setUpAt(office.town, place, dateOf(place, start));
        return Promise.resolve(() => say(office, actor, '/cases/onboarding', form));
      },
    };
  },
});
const setUp = fc.tuple(days, told(CLERKS)).map(([ahead, by]) => setUpFrom(({ today }) => today + ahead, by));
const setUpAtStop = fc.tuple(fc.integer({ min: -2, max: 2 }), told(CLERKS)).map(([beside, by]) =>
  setUpFrom(({ today }, flat) => {
    const stop = stopOf(flat);
    return stop === null || stop + beside < today - 6 ? null : stop + beside;
  }, by),
);

/** The stop of whoever is on their way out. */
const stopOf = (flat: Flat): number | null =>
  flat.chain
    .map((index) => partyOf(flat, index))
    .findLast(({ role, moveOut: theirs }) => role === 'TENANT' && theirs?.open)?.end ?? null;

/** T against S, while somebody is on their way out. */
function againstStop(flat: Flat, start: number): string[] {
  const stop = stopOf(flat);
  if (stop === null) return [];
  return [start < stop ? 'T < S' : start === stop ? 'T = S' : 'T > S'];
}

const readOf = (can: (party: model.Party, today: number) => boolean) => (by: Told) =>
  onParty({
    ...{ kind: 'reads', told: by, can: (party, _flat, today) => model.owesRead(party) && can(party, today) },
    inModel: model.report,
    prepare: async (office, place, who, today, flat) => {
      const { id: accountId } = await accountAt(office, place, who);
      const where = { accountId, status: 'SCHEDULED' as const };
      const order = await office.system.db.ServiceOrder.findOne({ where, rejectOnEmpty: true });
      const value = registerOn(flat.perDay, today);
      const reads = [{ meterId: place.meterId, value, readAt: dateOf(place, today), source: 'ACTUAL' }];
      return () => say(office, 'fred', `/service-orders/${order.orderNumber}/complete`, { reads });
    },
  });
const read = told(['fred']).map(readOf(() => true));
const readDue = told(['fred']).map(readOf(({ end }, today) => end !== null && end <= today));

const isAsked = (choice: model.Vacancy['choice']) => (party: model.Party) =>
  party.vacancy?.open === true && party.vacancy.choice === choice;
const isForApproval = (party: model.Party) => model.isDrafted(party) && party.moveOut?.sentBack === false;
const isSentBack = (party: model.Party) => model.isDrafted(party) && party.moveOut?.sentBack === true;
const isNewcomer = (party: model.Party, flat: Flat) => party.role === 'TENANT' && partyOf(flat, 0) !== party;

const approve = told(SUPERVISORS).map((by) =>
  onParty({
    ...{ kind: 'approves the bill', told: by, can: isForApproval, inModel: model.approve },
    prepare: complete('APPROVE_FINAL_BILL', by.actor, 'APPROVE'),
  }),
);
const sendBack = told(SUPERVISORS).map((by) =>
  onParty({
    ...{ kind: 'sends the bill back', told: by, can: isForApproval, inModel: model.sendBack },
    prepare: complete('APPROVE_FINAL_BILL', by.actor, 'SEND_BACK'),
  }),
);
const redraft = told(CLERKS).map((by) =>
  onParty({
    ...{ kind: 'drafts again', told: by, can: isSentBack, inModel: model.redraft },
    prepare: complete('CORRECT_FINAL_BILL', by.actor, 'REDRAFT'),
  }),
);
const noNewTenant = told(CLERKS).map((by) =>
  onParty({
    ...{ kind: 'no new tenant', told: by, can: isAsked('ASK_TENANT'), inModel: model.noNewTenant },
    prepare: complete('NEW_TENANT', by.actor, 'NO_NEW_TENANT'),
  }),
);
const landlord = fc.tuple(told(CLERKS), fc.boolean()).map(([by, yes]) =>
  onParty({
    ...{ kind: `the landlord says ${yes ? 'yes' : 'no'}`, told: by, can: isAsked('ASK_LANDLORD') },
    inModel: (world, flat, who) => model.landlordSays(world, flat, who, yes),
    prepare: complete('RECONNECT_TO_LANDLORD', by.actor, yes ? 'RECONNECT' : 'DECLINE'),
  }),
);
const refund = told(SUPERVISORS).map((by) =>
  onParty({
    ...{ kind: 'approves the refund', told: by, can: model.owesRefund },
    inModel: (world, flat, who, _today, seen) => model.refund(world, flat, who, seen.netCents),
    prepare: complete('APPROVE_REFUND', by.actor, 'APPROVE'),
  }),
);
const cancelMoveOut = told(CLERKS).map((by) =>
  onParty({
    ...{ kind: 'cancels the move-out', told: by, can: (party) => party.moveOut !== null },
    inModel: model.cancelMoveOut,
    marks: ({ read: isRead }) => (isRead ? ['cancel after the read'] : []),
    prepare: command('MOVE_OUT', by.actor, 'cancel'),
  }),
);
const cancelSetUp = told(CLERKS).map((by) =>
  onParty({
    ...{ kind: 'cancels the set-up', told: by, inModel: model.cancelSetUp },
    can: (party, flat) => isNewcomer(party, flat) && !model.isPartial(flat, flat.parties.indexOf(party)),
    prepare: command('ONBOARD', by.actor, 'cancel'),
  }),
);
const moveStart = fc.record({ told: told(CLERKS), ahead: days }).map(({ told: by, ahead }) =>
  onParty({
    ...{ kind: 'moves the start', told: by, what: `to ${ahead}`, can: isNewcomer },
    inModel: (world, flat, who, today) => model.rescheduleSetUp(world, flat, who, today + ahead),
    prepare: (office, place, who, today) => {
      const startDate = dateOf(place, today + ahead);
      return command('ONBOARD', by.actor, 'reschedule', { startDate })(office, place, who);
    },
  }),
);
const moveStop = fc.record({ told: told(CLERKS), ahead: days }).map(({ told: by, ahead }) =>
  onParty({
    ...{ kind: 'moves the stop', told: by, what: `to ${ahead}`, can: (party) => party.moveOut?.byPerson === true },
    inModel: (world, flat, who, today) => model.moveStopDate(world, flat, who, today + ahead),
    marks: ({ read: isRead }) => (isRead ? ['moved after the read'] : []),
    prepare: (office, place, who, today) => {
      const stopDate = dateOf(place, today + ahead);
      return command('MOVE_OUT', by.actor, 'reschedule', { stopDate })(office, place, who);
    },
  }),
);
const landlordDeclines = told(CLERKS).map((by) =>
  onParty({
    ...{ kind: 'the landlord declines after all', told: by, can: (party, flat) => model.isReverting(flat, party) },
    inModel: model.landlordDeclines,
    prepare: command('VACANCY', by.actor, 'landlord-declines'),
  }),
);

let receipts = 0;
const pay = fc
  .record({ told: told(CLERKS), cents: fc.integer({ min: 1, max: 9_000 }) })
  .map(({ told: by, cents }): Act => ({
    name: `${by.actor}: takes ${cents} cents`,
    bind: (world) => {
      const receiptNumber = `R-${receipts++}`;
      return onParty({
        ...{ kind: 'takes money', told: by, can: () => true },
        inModel: (now, flat, who) => model.pay(now, flat, who, receiptNumber, cents),
        prepare: async (office, place, who) => {
          const { accountNumber } = await accountAt(office, place, who);
          const about = { receivedOn: office.town.today, method: 'CHECK', applyTo: 'ACCOUNT' };
          const body = { receiptNumber, amountCents: cents, ...about };
          return () => say(office, by.actor, `/accounts/${accountNumber}/payments`, body);
        },
      }).bind(world);
    },
  }));
const returned = told(SUPERVISORS).map((by): Act => ({
  name: `${by.actor}: takes a payment back`,
  bind: (world) => {
    const hasPaid = ({ paid }: model.Party) => Object.keys(paid).length > 0;
    const payers = flatOf(world, by.where).parties.filter(hasPaid);
    const payer = payers[by.pick % Math.max(1, payers.length)];
    const receipt = payer && Object.keys(payer.paid)[0];
    if (receipt === undefined) return null;
    return onParty({
      ...{ kind: 'takes a payment back', told: by, can: ({ paid }) => receipt in paid },
      inModel: (now, flat, who) => model.takeBack(now, flat, who, receipt),
      prepare: (office) =>
        Promise.resolve(() => say(office, by.actor, `/payments/${receipt}/reverse`, { reason: 'not honored' })),
    }).bind(world);
  },
}));

/** Whatever a case waits for is done, so that runs come to their ends. */
const goOn = fc
  .tuple(fc.nat(20), readDue, approve, noNewTenant, landlord, refund, redraft)
  .map(([first, ...steps]): Act => ({
    name: `whatever is waited for (${first})`,
    bind: (world) => {
      const bound = steps.map((step) => step.bind(world)).filter((each) => each !== null);
      return bound[first % Math.max(1, bound.length)] ?? null;
    },
  }));

/** Time goes by. */
export const advance = fc.integer({ min: 1, max: 6 }).map((ahead): Act => ({
  name: `${ahead} days go by`,
  bind: ({ today }) =>
    today + ahead > LONGEST_RUN_DAYS
      ? null
      : {
          ...{ kind: 'days go by', marks: [], inModel: (now) => model.advance(now, ahead) },
          prepare: (office) => Promise.resolve(() => moveClock(office, ahead)),
        },
}));

/** What people do at a counter, as often as it happens there. */
export const acts: fc.Arbitrary<Act>[] = [
  ...[moveOut, moveOut, moveOut, setUp, setUpAtStop, setUpAtStop, read, goOn, goOn, goOn, goOn, goOn, goOn, sendBack],
  ...[noNewTenant, landlord, landlord, cancelMoveOut, cancelSetUp, moveStart, pay],
  ...[moveStop, moveStop, landlordDeclines, returned],
];

/** Two at once, of which money often is one. */
export const races: fc.Arbitrary<[Act, Act]>[] = [
  fc.tuple(fc.oneof(...acts), fc.oneof(...acts)),
  fc.tuple(fc.oneof(approve, refund), pay),
  fc.tuple(fc.oneof(cancelSetUp, goOn), pay),
  fc.tuple(goOn, fc.oneof(cancelMoveOut, cancelSetUp, setUp, moveStart, moveStop)),
];
