/**
 * What should become of a flat when its keys change hands, told a second time and apart from the product: dates are days
 * from the flat's first day, money is cents, and every read lies on a straight line, so that usage follows from dates.
 * Sources: domain.md section 4 (states, T and S) and section 3 (rules 4, 5, 10, 14), design.md decision 11.
 */
export const SERVICES = ['WATER', 'REFUSE'] as const;
export type Service = (typeof SERVICES)[number];

/** The landlord's word on both services; null: the place has no landlord. */
export type LandlordWord = 'ALWAYS' | 'ASK' | 'NEVER' | null;
export type NewTenant = 'YES' | 'NO' | 'UNKNOWN';
/** NONE: this party never gets the service. */
export type LinkStatus = 'NONE' | 'PENDING_START' | 'ACTIVE' | 'PENDING_STOP' | 'STOPPED';
/** FINAL_BILLED and what comes after it are one: what the account owes and whether it is being settled tell the rest. */
export type PartyStatus = 'PENDING_START' | 'ACTIVE' | 'PENDING_STOP' | 'FINAL_PENDING' | 'SETTLED' | 'CANCELED';

/** A vacancy: what becomes of a leaver's services. */
export interface Vacancy {
  open: boolean;
  newTenant: NewTenant;
  choice: 'ASK_TENANT' | 'ASK_LANDLORD' | 'REVERT' | 'NEW_TENANT' | 'VACANT';
  tenant: number | null;
  landlord: number | null;
  /** A clerk has said that the landlord takes the services. */
  answered: boolean;
  /** The landlord has said no, which holds. */
  declined: boolean;
}

const newVacancy = (newTenant: NewTenant): Vacancy => ({
  ...{ open: true, newTenant, choice: 'VACANT', tenant: null, landlord: null, answered: false, declined: false },
});

/** One account of a flat: its two services move together, but water waits for its read. */
export interface Party {
  role: 'TENANT' | 'LANDLORD';
  status: PartyStatus;
  link: Record<Service, LinkStatus>;
  start: number;
  end: number | null;
  /** The stop that a person asked for. */
  asked: number | null;
  /** Whether the read of the stop is there. */
  read: boolean;
  /** The day of the read that usage begins with. */
  readFrom: number | null;
  billedThrough: number | null;
  /** What is owed less what is held. */
  netCents: number;
  deposit: { cents: number; paidOn: number } | null;
  settingUp: boolean;
  moveOut: { open: boolean; byPerson: boolean; sentBack: boolean; drafted: boolean } | null;
  vacancy: Vacancy | null;
  settling: boolean;
  /** By receipt number: what was paid and not taken back. */
  paid: Record<string, number>;
}

/** A flat: its parties in the order in which they were made, and the chain of those who have, had or get the services. */
export interface Flat {
  word: LandlordWord;
  perDay: number;
  lastRead: number;
  parties: Party[];
  chain: number[];
}

/** The flats and the day. */
export interface World {
  today: number;
  flats: Flat[];
}

/** What a command comes to: OK, or one of the codes that it may be refused with. */
export type Verdict = 'OK' | string[];

const BEGUN: readonly LinkStatus[] = ['ACTIVE', 'PENDING_STOP', 'STOPPED'];
const MAX_BACK_DAYS = 30;

export function newFlat(word: LandlordWord, perDay: number, openingCents: number, depositCents: number): Flat {
  const tenant = newParty('TENANT', -400);
  return {
    ...{ word, perDay, lastRead: -10, chain: [0] },
    parties: [
      {
        ...tenant,
        ...{ status: 'ACTIVE', link: { WATER: 'ACTIVE', REFUSE: 'ACTIVE' }, readFrom: -10, billedThrough: -10 },
        netCents: openingCents - depositCents,
        deposit: depositCents > 0 ? { cents: depositCents, paidOn: -400 } : null,
      },
    ],
  };
}

function newParty(role: Party['role'], start: number): Party {
  return {
    ...{ role, start, status: 'PENDING_START', link: { WATER: 'PENDING_START', REFUSE: 'PENDING_START' } },
    ...{ end: null, asked: null, read: false, readFrom: null, billedThrough: null, netCents: 0, deposit: null },
    ...{ settingUp: false, moveOut: null, vacancy: null, settling: false, paid: {} },
  };
}

export const partyOf = (flat: Flat, index: number): Party => {
  const party = flat.parties[index];
  if (!party) throw new Error(`The flat has no party ${index}`);
  return party;
};
const after = (flat: Flat, index: number): number | null => flat.chain[flat.chain.indexOf(index) + 1] ?? null;
const before = (flat: Flat, index: number): number | null => flat.chain[flat.chain.indexOf(index) - 1] ?? null;
const all = (party: Party, ...status: LinkStatus[]): boolean =>
  SERVICES.every((service) => party.link[service] === 'NONE' || status.includes(party.link[service]));
const has = (party: Party, service: Service): boolean => party.link[service] !== 'NONE';
const isMovingOut = (party: Party): boolean => party.moveOut?.open === true;

/* ---- What people ask for ---- */

export function moveOut(world: World, flat: Flat, who: number, stop: number, newTenant: NewTenant): Verdict {
  const party = partyOf(flat, who);
  const codes: string[] = [];
  if (isMovingOut(party)) codes.push('CASE_OPEN');
  if (party.role === 'LANDLORD' && SERVICES.some((each) => party.link[each].startsWith('PENDING_')))
    codes.push('SERVICE_MOVES');
  if (party.status !== 'ACTIVE') codes.push('ACCOUNT_NOT_ACTIVE');
  if (stop <= party.start) codes.push('STOP_BEFORE_START', 'VACATE_BEFORE_START');
  if (party.billedThrough !== null && stop <= party.billedThrough) codes.push('BILLED_PAST_STOP');
  if (stop < world.today - MAX_BACK_DAYS) codes.push('STOP_TOO_FAR_BACK');
  if (codes.length > 0) return codes;
  stopAt(party, stop);
  Object.assign(party, { asked: stop, read: false, status: 'PENDING_STOP' });
  party.moveOut = { open: true, byPerson: true, sentBack: false, drafted: false };
  party.vacancy = newVacancy(newTenant);
  choose(flat, who, party.vacancy, newTenant);
  return settle(world);
}

export function cancelMoveOut(world: World, flat: Flat, who: number): Verdict {
  const party = partyOf(flat, who);
  if (!isMovingOut(party)) return ['CASE_CLOSED'];
  const codes = SERVICES.flatMap((service) => takeBackCodes(flat, who, service));
  if (codes.length > 0) return codes;
  const landlord = after(flat, who);
  if (landlord !== null) giveWay(flat, landlord);
  const wasBegun = SERVICES.some((each) => party.link[each] !== 'PENDING_START');
  goOn(party, wasBegun);
  if (party.vacancy) party.vacancy.open = false;
  return settle(world);
}

/** Why whoever follows cannot give the service back. */
function takeBackCodes(flat: Flat, who: number, service: Service): string[] {
  const next = after(flat, who);
  if (next === null) return [];
  const follower = partyOf(flat, next);
  if (!has(follower, service)) return takeBackCodes(flat, next, service);
  if (follower.role !== 'LANDLORD')
    return [follower.link[service] === 'PENDING_START' ? 'NEW_TENANT_SET_UP' : 'HANDED_OVER'];
  const codes = takeBackCodes(flat, next, service);
  if (codes.length > 0) return codes;
  if (follower.billedThrough !== null) return ['HANDED_OVER'];
  return isMovingOut(follower) ? ['LANDLORD_MOVES_OUT'] : [];
}

/** A clerk moves the stop: whoever follows comes along, gives way, or stands against it. */
export function moveStopDate(world: World, flat: Flat, who: number, stop: number): Verdict {
  const party = partyOf(flat, who);
  if (!isMovingOut(party)) return ['CASE_CLOSED'];
  if (!party.moveOut?.byPerson) return ['NOT_RESCHEDULABLE'];
  const codes: string[] = [];
  if (stop === party.end) codes.push('NOTHING_TO_MOVE');
  if (stop <= party.start) codes.push('STOP_BEFORE_START', 'VACATE_BEFORE_START');
  if (party.billedThrough !== null && stop <= party.billedThrough) codes.push('BILLED_PAST_STOP');
  if (stop < world.today - MAX_BACK_DAYS) codes.push('STOP_TOO_FAR_BACK');
  if (codes.length > 0) return codes;
  const { landlord, tenant } = followersOf(flat, who);
  const comes = tenant === null ? null : partyOf(flat, tenant);
  const lets = landlord === null ? null : partyOf(flat, landlord);
  // Of a tenant who has begun with one service alone, either is said.
  const stand = comes && !all(comes, 'PENDING_START') ? ['HANDED_OVER'] : [];
  if (comes && stop > comes.start) stand.push('NEW_TENANT_SET_UP');
  if (stand.length > 0) return stand;
  if (lets && lets.billedThrough !== null) return ['HANDED_OVER'];
  const { vacancy } = party;
  const along = vacancy?.open === true && (!lets || comesAlong(party, lets, comes, stop));
  if (lets && !along && isMovingOut(lets)) return ['LANDLORD_MOVES_OUT'];
  if (landlord !== null && !along) giveWay(flat, landlord);
  moveStop(flat, party, stop);
  party.asked = stop;
  if (along && lets) lets.start = stop;
  else if (vacancy?.open) chooseAgain(flat, who, vacancy, tenant);
  else if (tenant === null) {
    const newTenant = vacancy?.newTenant ?? 'UNKNOWN';
    party.vacancy = newVacancy(newTenant);
    choose(flat, who, party.vacancy, newTenant);
  }
  return settle(world);
}

function followersOf(flat: Flat, who: number): { landlord: number | null; tenant: number | null } {
  const first = after(flat, who);
  if (first === null || partyOf(flat, first).role === 'TENANT') return { landlord: null, tenant: first };
  return { landlord: first, tenant: after(flat, first) };
}

/** Whether a landlord's start, which is still pending, only moves. */
const comesAlong = (leaver: Party, landlord: Party, tenant: Party | null, stop: number): boolean =>
  all(landlord, 'PENDING_START') && landlord.start === leaver.end && (tenant === null || tenant.start > stop);

/** What a clerk has answered is not asked again; days before a tenant are offered to the landlord. */
function chooseAgain(flat: Flat, who: number, vacancy: Vacancy, tenant: number | null): void {
  if (tenant !== null) return giveToTenant(flat, who, vacancy, tenant);
  const isUnasked = vacancy.choice === 'ASK_TENANT' || vacancy.choice === 'NEW_TENANT';
  const byItself = vacancy.choice === 'REVERT' && !vacancy.answered;
  const known = isUnasked || (byItself && vacancy.newTenant !== 'YES') ? vacancy.newTenant : 'NO';
  const { answered } = vacancy;
  vacancy.tenant = null;
  choose(flat, who, vacancy, known);
  if (answered && vacancy.choice === 'ASK_LANDLORD') {
    vacancy.answered = true;
    startLandlord(flat, who, vacancy);
  }
}

/** The landlord who has said yes says no after all, before the handover. */
export function landlordDeclines(world: World, flat: Flat, who: number): Verdict {
  const { vacancy } = partyOf(flat, who);
  if (!vacancy?.open) return ['CASE_CLOSED'];
  const { landlord } = vacancy;
  const isPending = landlord !== null && partyOf(flat, landlord).status === 'PENDING_START';
  if (vacancy.choice !== 'REVERT' || !isPending) return ['NOTHING_TO_DECLINE'];
  giveWay(flat, landlord);
  vacancy.landlord = null;
  declined(vacancy);
  return settle(world);
}

/** Whether a landlord is to begin with all that they get. */
export function isReverting(flat: Flat, { vacancy }: Party): boolean {
  if (!vacancy?.open || vacancy.choice !== 'REVERT' || vacancy.landlord === null) return false;
  return all(partyOf(flat, vacancy.landlord), 'PENDING_START');
}

/** The field reads the meter today, for whoever's stop has no read yet. */
export function report(world: World, flat: Flat, who: number): Verdict {
  const party = partyOf(flat, who);
  if (party.link.WATER !== 'PENDING_STOP') return ['NOT_STOPPING'];
  if ((party.end ?? 0) > world.today) return ['READ_BEFORE_STOP'];
  party.read = true;
  flat.lastRead = world.today;
  return settle(world);
}

export const owesRead = (party: Party): boolean => isMovingOut(party) && !party.read && party.status !== 'CANCELED';
export const isDrafted = (party: Party): boolean => isMovingOut(party) && party.moveOut?.drafted === true;

export function approve(world: World, flat: Flat, who: number): Verdict {
  const party = partyOf(flat, who);
  if (!isDrafted(party) || party.moveOut?.sentBack) return ['TASK_CLOSED'];
  party.netCents += billCents(flat, party) - interestCents(party);
  party.billedThrough = party.end;
  Object.assign(party, { status: 'SETTLED', settling: true, deposit: null });
  if (party.moveOut) party.moveOut.open = false;
  return settle(world);
}

export function sendBack(_world: World, flat: Flat, who: number): Verdict {
  const { moveOut: theirs } = partyOf(flat, who);
  if (!theirs?.open || !theirs.drafted || theirs.sentBack) return ['TASK_CLOSED'];
  theirs.sentBack = true;
  return 'OK';
}

export function redraft(_world: World, flat: Flat, who: number): Verdict {
  const { moveOut: theirs } = partyOf(flat, who);
  if (!theirs?.open || !theirs.sentBack) return ['TASK_CLOSED'];
  theirs.sentBack = false;
  return 'OK';
}

/** "There is no new tenant." */
export function noNewTenant(world: World, flat: Flat, who: number): Verdict {
  const { vacancy } = partyOf(flat, who);
  if (!vacancy?.open || vacancy.choice !== 'ASK_TENANT') return ['TASK_CLOSED'];
  choose(flat, who, vacancy, 'NO');
  return settle(world);
}

/** The landlord takes the services, or does not. */
export function landlordSays(world: World, flat: Flat, who: number, yes: boolean): Verdict {
  const { vacancy } = partyOf(flat, who);
  if (!vacancy?.open || vacancy.choice !== 'ASK_LANDLORD') return ['TASK_CLOSED'];
  vacancy.answered = yes;
  if (yes) startLandlord(flat, who, vacancy);
  else declined(vacancy);
  return settle(world);
}

function declined(vacancy: Vacancy): void {
  vacancy.declined = true;
  vacancy.choice = vacancy.tenant === null ? 'VACANT' : 'NEW_TENANT';
}

/** A new tenant is set up from a day on: T against S. */
export function setUp(world: World, flat: Flat, start: number): Verdict {
  const place = placeOf(flat, start);
  if (Array.isArray(place)) return place;
  const tenant = flat.parties.push({ ...newParty('TENANT', start), settingUp: true }) - 1;
  enter(flat, tenant, place);
  return settle(world);
}

interface Place {
  after: number | null;
  removed: number[];
  landlordStops: number | null;
  stopMoves: number | null;
}

function placeOf(flat: Flat, start: number): Place | string[] {
  const chain = [...flat.chain];
  const removed: number[] = [];
  for (;;) {
    const index = chain.at(-1);
    if (index === undefined) return { after: null, removed, landlordStops: null, stopMoves: null };
    const last = partyOf(flat, index);
    const place = { after: index, removed, landlordStops: null, stopMoves: null };
    if (last.settingUp) return ['CASE_OPEN'];
    if (last.role === 'LANDLORD' && last.end === null) {
      if (start > last.start) return { ...place, landlordStops: index };
      removed.push(index);
      chain.pop();
      continue;
    }
    if (last.end === null) return ['OCCUPIED'];
    if (start >= last.end) return place;
    if (!isMovingOut(last) || start <= last.start) return ['START_BEFORE_STOP'];
    if (last.billedThrough !== null && start <= last.billedThrough) return ['BILLED_PAST_START'];
    return { ...place, stopMoves: index };
  }
}

function enter(flat: Flat, tenant: number, place: Place): void {
  const { start } = partyOf(flat, tenant);
  for (const landlord of place.removed) giveWay(flat, landlord);
  if (place.stopMoves !== null) moveStop(flat, partyOf(flat, place.stopMoves), start);
  flat.chain.push(tenant);
  if (place.landlordStops !== null) stopLandlord(partyOf(flat, place.landlordStops), start);
  for (const [leaver, { vacancy }] of flat.parties.entries())
    if (vacancy?.open) giveToTenant(flat, leaver, vacancy, tenant);
}

function giveToTenant(flat: Flat, leaver: number, vacancy: Vacancy, tenant: number): void {
  vacancy.tenant = tenant;
  if (landlordStays(flat, vacancy)) return;
  // T > S: the days between are offered to the landlord, as if nobody came.
  const { start } = partyOf(flat, tenant);
  const gap = start > (partyOf(flat, leaver).end ?? start) && !vacancy.declined;
  Object.assign(vacancy, { choice: 'NEW_TENANT', answered: false });
  if (gap && flat.word === 'ALWAYS') startLandlord(flat, leaver, vacancy);
  if (gap && flat.word === 'ASK') vacancy.choice = 'ASK_LANDLORD';
}

export function cancelSetUp(world: World, flat: Flat, who: number): Verdict {
  const tenant = partyOf(flat, who);
  if (!tenant.settingUp) return ['CASE_CLOSED'];
  leave(flat, who);
  Object.assign(tenant, { status: 'CANCELED', settingUp: false, settling: tenant.netCents !== 0 });
  return settle(world);
}

export function rescheduleSetUp(world: World, flat: Flat, who: number, start: number): Verdict {
  const tenant = partyOf(flat, who);
  if (!tenant.settingUp) return ['CASE_CLOSED'];
  if (!all(tenant, 'PENDING_START')) return ['HANDED_OVER'];
  leave(flat, who);
  const place = placeOf(flat, start);
  if (Array.isArray(place)) return place;
  tenant.start = start;
  enter(flat, who, place);
  return settle(world);
}

/** A newcomer who does not come: what was changed for them is put back. */
function leave(flat: Flat, who: number): void {
  const tenant = partyOf(flat, who);
  const prior = before(flat, who);
  flat.chain = flat.chain.filter((index) => index !== who);
  tenant.link = { WATER: 'PENDING_START', REFUSE: 'PENDING_START' };
  const last = prior === null ? null : partyOf(flat, prior);
  if (last && isMovingOut(last) && last.moveOut?.byPerson) {
    if (last.asked !== null && last.asked !== last.end) moveStop(flat, last, last.asked);
  } else if (last?.role === 'LANDLORD' && last.status !== 'SETTLED' && last.end === tenant.start) {
    goOn(last, all(last, ...BEGUN));
  }
  for (const [leaver, { vacancy }] of flat.parties.entries()) {
    if (!vacancy?.open || vacancy.tenant !== who) continue;
    vacancy.tenant = null;
    if (!landlordStays(flat, vacancy)) choose(flat, leaver, vacancy, vacancy.newTenant);
  }
  if (last && prior !== null) askAgain(flat, prior, tenant.start);
}

/** The services of somebody who left are nobody's again after their vacancy had ended: it is asked anew. */
function askAgain(flat: Flat, who: number, tenantStart: number): void {
  const leaver = partyOf(flat, who);
  if (!all(leaver, 'STOPPED') || after(flat, who) !== null || leaver.vacancy?.open) return;
  const { vacancy } = leaver;
  if (vacancy ? vacancy.choice === 'VACANT' : leaver.end !== tenantStart) return;
  const newTenant = 'UNKNOWN';
  leaver.vacancy = newVacancy(newTenant);
  choose(flat, who, leaver.vacancy, newTenant);
}

/** Money for an account; one that has ended is settled again. */
export function pay(world: World, flat: Flat, who: number, receipt: string, cents: number): Verdict {
  const party = partyOf(flat, who);
  if (party.status === 'CANCELED') return ['ACCOUNT_CANCELED'];
  party.netCents -= cents;
  party.paid[receipt] = cents;
  if (party.status === 'SETTLED') party.settling = true;
  return settle(world);
}

/** The bank does not honor a payment: it is owed again. */
export function takeBack(world: World, flat: Flat, who: number, receipt: string): Verdict {
  const party = partyOf(flat, who);
  const cents = party.paid[receipt];
  if (cents === undefined) return ['PAYMENT_REVERSED'];
  party.netCents += cents;
  delete party.paid[receipt];
  if (party.status === 'SETTLED' || party.status === 'CANCELED') party.settling = true;
  return settle(world);
}

export const owesRefund = (party: Party): boolean => party.settling && party.netCents < 0;

/** A supervisor approves the refund of the sum that was seen; money that comes first makes it another one. */
export function refund(world: World, flat: Flat, who: number, seenCents: number): Verdict {
  const party = partyOf(flat, who);
  if (!owesRefund(party)) return ['TASK_CLOSED'];
  if (party.netCents !== seenCents) return ['AMOUNT_CHANGED'];
  party.netCents = 0;
  return settle(world);
}

export function advance(world: World, days: number): Verdict {
  world.today += days;
  return settle(world);
}

/* ---- What follows by itself ---- */

function choose(flat: Flat, who: number, vacancy: Vacancy, newTenant: NewTenant): void {
  Object.assign(vacancy, { landlord: null, answered: false });
  const without = { ALWAYS: 'REVERT', ASK: 'ASK_LANDLORD', NEVER: 'VACANT' } as const;
  const alone = flat.word === null || vacancy.declined ? 'VACANT' : without[flat.word];
  vacancy.choice = newTenant === 'YES' || (newTenant === 'UNKNOWN' && alone !== 'REVERT') ? 'ASK_TENANT' : alone;
  if (vacancy.choice === 'REVERT') startLandlord(flat, who, vacancy);
}

function startLandlord(flat: Flat, who: number, vacancy: Vacancy): void {
  const landlord = flat.parties.push(newParty('LANDLORD', partyOf(flat, who).end ?? 0)) - 1;
  flat.chain.splice(flat.chain.indexOf(who) + 1, 0, landlord);
  Object.assign(vacancy, { choice: 'REVERT', landlord });
  if (vacancy.tenant === null) return;
  const [party, tenant] = [partyOf(flat, landlord), partyOf(flat, vacancy.tenant)];
  // What the tenant has begun with is no question any more: its days between stay nobody's.
  for (const each of SERVICES) if (BEGUN.includes(tenant.link[each])) party.link[each] = 'NONE';
  stopLandlord(party, tenant.start);
}

function landlordStays(flat: Flat, { landlord }: Vacancy): boolean {
  return landlord !== null && partyOf(flat, landlord).status !== 'CANCELED';
}

function giveWay(flat: Flat, landlord: number): void {
  const party = partyOf(flat, landlord);
  flat.chain = flat.chain.filter((index) => index !== landlord);
  party.status = 'CANCELED';
  if (party.moveOut) party.moveOut.open = false;
  if (party.netCents !== 0) party.settling = true;
}

function stopAt(party: Party, day: number): void {
  party.end = day;
  for (const each of SERVICES) if (party.link[each] === 'ACTIVE') party.link[each] = 'PENDING_STOP';
}

/** A landlord stops for a new tenant and is final billed by a case of its own. */
function stopLandlord(party: Party, day: number): void {
  stopAt(party, day);
  party.read = false;
  if (party.status === 'ACTIVE') party.status = 'PENDING_STOP';
  party.moveOut = { open: true, byPerson: false, sentBack: false, drafted: false };
}

function moveStop(flat: Flat, party: Party, day: number): void {
  for (const each of SERVICES) if (BEGUN.includes(party.link[each])) party.link[each] = 'PENDING_STOP';
  Object.assign(party, { end: day, status: 'PENDING_STOP', read: flat.lastRead >= day });
  if (party.moveOut) Object.assign(party.moveOut, { sentBack: false, drafted: false });
}

/** Whether a landlord got only what a tenant had not begun with: whose start is undone then is more than this model tells. */
export const isPartial = (flat: Flat, who: number): boolean => {
  const prior = before(flat, who);
  return prior !== null && SERVICES.some((service) => !has(partyOf(flat, prior), service));
};

/** Whoever was to stop goes on. */
function goOn(party: Party, begun: boolean): void {
  for (const each of SERVICES) if (BEGUN.includes(party.link[each])) party.link[each] = 'ACTIVE';
  Object.assign(party, { status: begun ? 'ACTIVE' : 'PENDING_START', end: null, asked: null, read: false });
  if (party.moveOut) Object.assign(party.moveOut, { open: false, drafted: false, sentBack: false });
}

/** Everything takes effect that can. */
function settle(world: World): 'OK' {
  for (const flat of world.flats) {
    for (let was = ''; was !== JSON.stringify(flat);) {
      was = JSON.stringify(flat);
      for (const service of SERVICES) handOver(world, flat, service);
      for (const party of flat.parties) follow(world, flat, party);
    }
  }
  return 'OK';
}

function handOver(world: World, flat: Flat, service: Service): void {
  const links = flat.chain.map((index) => partyOf(flat, index)).filter((party) => has(party, service));
  const holder = links.find((party) => ['ACTIVE', 'PENDING_STOP'].includes(party.link[service]));
  if (holder) {
    const due = holder.link[service] === 'PENDING_STOP' && holder.end !== null && holder.end <= world.today;
    if (!due || (service === 'WATER' && !holder.read)) return;
    holder.link[service] = 'STOPPED';
  }
  const newcomer = links.find((party) => party.link[service] === 'PENDING_START');
  if (!newcomer || newcomer.start > world.today) return;
  newcomer.link[service] = newcomer.end === null ? 'ACTIVE' : 'PENDING_STOP';
  if (service !== 'WATER') return;
  const prior = links[links.indexOf(newcomer) - 1];
  const shared = prior?.end === newcomer.start && prior.read;
  newcomer.readFrom = shared || flat.lastRead >= newcomer.start ? newcomer.start : flat.lastRead;
}

function follow(world: World, flat: Flat, party: Party): void {
  if (party.status === 'PENDING_START' && all(party, ...BEGUN)) {
    party.status = party.end === null ? 'ACTIVE' : 'PENDING_STOP';
    party.settingUp = false;
  }
  if (party.status === 'PENDING_STOP' && all(party, 'STOPPED')) party.status = 'FINAL_PENDING';
  const { moveOut: theirs, vacancy } = party;
  if (theirs?.open && party.status === 'FINAL_PENDING' && (party.end ?? 0) <= world.today) theirs.drafted = true;
  if (vacancy?.open && SERVICES.every((service) => isResolved(flat, party, vacancy, service))) vacancy.open = false;
  if (party.settling && party.netCents === 0) party.settling = false;
}

function isResolved(flat: Flat, leaver: Party, vacancy: Vacancy, service: Service): boolean {
  const begun = (index: number | null) => index !== null && BEGUN.includes(partyOf(flat, index).link[service]);
  if (begun(vacancy.tenant)) return true;
  if (vacancy.choice === 'REVERT') return begun(vacancy.landlord);
  return vacancy.choice === 'VACANT' && leaver.link[service] === 'STOPPED';
}

/* ---- Money ---- */

const round = (numerator: number, denominator: number): number =>
  Math.floor((2 * numerator + denominator) / (2 * denominator));

/** Water $3 per 1,000 gal and $10 base, refuse $12, both by thirtieths of the days since the last bill (rules 5, 8, 10). */
function billCents(flat: Flat, party: Party): number {
  const end = party.end ?? 0;
  const days = end - (party.billedThrough ?? party.start);
  const usage = (end - (party.readFrom ?? 0)) * flat.perDay;
  const water = round(usage * 300, 1000) + round(days * 1000, 30);
  return (has(party, 'WATER') ? water : 0) + (has(party, 'REFUSE') ? round(days * 1200, 30) : 0);
}

/** Three percent a year on the deposit until the stop (rule 14). */
function interestCents({ deposit, end }: Party): number {
  return deposit ? round(deposit.cents * 3 * ((end ?? 0) - deposit.paidOn), 100 * 365) : 0;
}
