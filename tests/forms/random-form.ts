import { addDays, type CivilDate } from '../../domain/dates';
import type { Dice } from '../support/seeded';

/** What a form can name. */
export interface Known {
  customers: string[];
  locations: string[];
  accounts: string[];
  today: CivilDate;
  /** Grows with each form, so that what must be new is. */
  n: number;
}

type Part = Record<string, unknown>;

const NAMES = [
  ...['Ana Ruiz', 'RUIZ, ANA M.', 'Pieter van der Berg', 'María de la Cruz', 'John and Mary Smith'],
  ...['Quackenbush, Ottoline', 'Acme Plumbing LLC', 'City of Millbrook', 'Dr. Martin Luther King, Jr.', 'Cher'],
];
const BAD_NAMES = ['', '   ', 'x'.repeat(161), '\u0007'];
const STREETS = ['Zephyrine Walk', 'Alder Street', 'Ferry Landing'];

/** Who fills the form in: whether they make a mistake where they could make one. */
interface Hand extends Dice {
  /** A mistake that is made this often by those who make any. */
  slips(probability: number): boolean;
  /** Something right; by those who make mistakes, as often something wrong. */
  either<T>(right: readonly T[], wrong: readonly T[]): T;
}

function handOf(dice: Dice, isCareful: boolean): Hand {
  const slips = (probability: number) => !isCareful && dice.chance(probability);
  const either = <T>(right: readonly T[], wrong: readonly T[]) => dice.pick(isCareful ? right : [...right, ...wrong]);
  return { ...dice, slips, either };
}

/**
 * A set-up form as clerks and scripts make it: half of them carefully, so that it stands or falls by the records, half
 * with the mistakes that people make.
 */
export function randomForm(dice: Dice, known: Known): Part {
  const { today, n } = known;
  const hand = handOf(dice, dice.chance(0.6));
  const existing = hand.chance(0.35);
  const address = addressOf(hand, n);
  const location = existing
    ? { existing: hand.slips(0.15) ? 'L404404' : hand.pick(known.locations) }
    : {
        ...(hand.chance(0.2) && { number: hand.slips(0.3) ? hand.pick(known.locations) : `X-${n}` }),
        ...(hand.chance(0.3) && { classCode: hand.either(['COMMERCIAL', 'RESIDENTIAL'], ['NONE']) }),
        address,
      };
  const codes = ['WATER', 'REFUSE'].filter(() => hand.chance(0.85));
  const taken = hand.slips(0.08) ? [] : codes.length === 0 ? ['REFUSE'] : codes;
  const startDate = startOf(hand, today);
  const services = taken.map((code) => serviceOf(hand, code, startDate, today));
  if (hand.slips(0.08) && services[0]) services.push(services[0]);
  const hasWater = taken.includes('WATER') || hand.slips(0.2);
  return {
    customer: hand.chance(0.25)
      ? { existing: hand.slips(0.1) ? 'C404404' : hand.pick(known.customers) }
      : customerOf(hand, known),
    location,
    ...(hand.chance(0.3) && { role: hand.either(['TENANT', 'OWNER', 'LANDLORD', 'TENANT'], ['KING']) }),
    ...(hand.slips(0.3) && { copiedFrom: hand.pick(known.accounts) }),
    startDate,
    ...(hand.chance(0.1) && { billCycle: hand.either(['C1'], ['C9']) }),
    services,
    meters: hasWater ? metersOf(hand, known, existing) : [],
    deposits: hasWater ? depositsOf(hand) : [],
    serviceOrders: hasWater ? ordersOf(hand, today) : [],
    ...(hand.chance(0.1) && { taxExempt: hand.chance(0.5) }),
    ...(hand.slips(0.06) && { cosigner: hand.pick(known.customers) }),
    ...(hand.slips(0.06) && { remarks: 'calls back' }),
  };
}

function customerOf(hand: Hand, { customers, n }: Known): Part {
  const name = hand.pick([
    { line: hand.pick(hand.slips(0.1) ? BAD_NAMES : NAMES) },
    { line: `${hand.pick(['Lee', 'Kim', 'Ng'])} Newcomer${n}` },
    { organization: `Tenants ${n} Inc.` },
    { first: 'Ana', last: hand.slips(0.1) ? '' : `Ruiz${n}` },
  ]);
  const phone = hand.either(
    ['970-555-0147', '(970) 555-0110', '+44 20 7946 0018'],
    ['555-0123', '970-555-01475', '12'],
  );
  return {
    name,
    ...(hand.chance(0.15) && { number: hand.slips(0.5) ? hand.pick(customers) : `N-${n}` }),
    ...(hand.chance(0.3) && { typeCode: hand.either(['SENIOR', 'CITY', 'SENIOR'], ['NOBODY', 'senior']) }),
    ...(hand.chance(0.4) && { phones: [{ value: phone, purpose: 'home' }] }),
    ...(hand.chance(0.3) && { emails: [{ value: hand.slips(0.2) ? 'who at example' : `who${n}@example.com` }] }),
    ...(hand.chance(0.3) && { mailingAddress: addressOf(hand, n) }),
    ...(hand.chance(0.2) && {
      alternateAddress: {
        ...addressOf(hand, n),
        seasonStart: hand.either(['11-15', '01-01'], ['02-30']),
        seasonEnd: hand.pick(['03-31', '02-29', '10-01']),
      },
    }),
  };
}

const addressOf = (hand: Hand, n: number): Part => ({
  line1: `${n} ${hand.pick(STREETS)}`,
  city: 'Millbrook',
  state: hand.slips(0.05) ? 'ZZ' : hand.pick(['CO', 'Colorado', 'co']),
  postalCode: hand.slips(0.1) ? '8000' : hand.pick(['80000', '80000-1234']),
});

const startOf = (hand: Hand, today: CivilDate): string =>
  hand.chance(0.6)
    ? today
    : hand.either(
        [-20, -3, 1, 5, 40].map((days) => addDays(today, days)),
        [addDays(today, -70), addDays(today, 200), 'soon'],
      );

function serviceOf(hand: Hand, serviceCode: string, startDate: string, today: CivilDate): Part {
  const isDate = startDate !== 'soon';
  return {
    serviceCode: hand.slips(0.05) ? hand.pick(['GAS', 'water']) : serviceCode,
    rateCode: hand.slips(0.08) ? hand.pick(['RES-WATER', 'RES-REFUSE', 'NO-RATE']) : `RES-${serviceCode}`,
    ...(hand.chance(0.1) && { quantity: hand.either(['2', '0.5'], ['0', 'two']) }),
    ...(hand.chance(0.1) && { units: hand.either(['1', '1.5'], ['-1']) }),
    ...(hand.chance(0.1) && { frequency: hand.either(['MONTHLY', 'QUARTERLY'], ['DAILY']) }),
    ...(hand.chance(0.1) && isDate && { connectDate: addDays(startDate, hand.either([0, 1], [-5, 300])) }),
    ...(hand.slips(0.02) && { connectDate: today }),
    ...(hand.slips(0.05) && { position: hand.pick([2, 0]) }),
  };
}

function metersOf(hand: Hand, { today, n }: Known, existing: boolean): Part[] {
  if (existing ? !hand.slips(0.3) : hand.slips(0.1)) return [];
  return [
    {
      ...{ serviceCode: hand.slips(0.06) ? 'REFUSE' : 'WATER', serial: hand.slips(0.1) ? 'M-900001' : `R-${n}` },
      ...{ dials: hand.slips(0.06) ? 13 : 6, unit: 'gal' },
      beginRead: hand.slips(0.08)
        ? null
        : { value: hand.slips(0.1) ? '25000000' : '25', readOn: addDays(today, hand.slips(0.1) ? 3 : 0) },
    },
  ];
}

function depositsOf(hand: Hand): Part[] {
  if (!hand.chance(0.4)) return [];
  const amountCents = hand.either([10_000, 10_000, 5_000, 0], [-5]);
  const isWaived = amountCents === 0 ? !hand.slips(0.4) : hand.chance(0.1);
  return [
    {
      ...{ serviceCode: hand.slips(0.1) ? 'GAS' : 'WATER', amountCents },
      ...(isWaived && { waivedBecause: 'a good customer' }),
    },
  ];
}

function ordersOf(hand: Hand, today: CivilDate): Part[] {
  if (!hand.chance(0.25)) return [];
  return [
    {
      ...{ serviceCode: 'WATER', type: hand.either(['TURN_ON', 'READ_IN', 'READ_IN'], ['CUT_NONPAY']) },
      ...(hand.chance(0.4) && { dueOn: addDays(today, hand.either([0, 2], [-1])) }),
      ...(hand.chance(0.4) && { assignee: hand.either(['fred', 'fred'], ['cora', 'nobody']) }),
      ...(hand.chance(0.3) && { gating: false }),
    },
  ];
}
