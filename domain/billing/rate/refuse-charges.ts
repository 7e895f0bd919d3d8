import { compare, parseRational, RoundingMode } from '../../rational';
import { problem, type Problem } from '../problem';
import type { Amount, Charge, PercentCharge, ShareOfUsage } from './charges';
import { figureProblems, isPositive, isSigned, isUnsigned, refuseLimits, refuseTimes } from './figure-problems';
import { numberOf } from './figures';
import { codesOf } from './line-codes';
import { refuseDemand, refuseTiers } from './refuse-tiers';

/** Every problem of a version's charges, each with a JSON pointer below the version (domain.md rules 9, 10, 12, 21 to 28). */
export function refuseCharges(charges: Charge[]): Problem[] {
  const hasTiers = charges.some(({ kind }) => kind === 'TIERS');
  const hasShare = charges.some(({ kind }) => kind === 'SHARE_OF_USAGE');
  return [
    problem(
      charges.length > 0,
      'RATE_EMPTY',
      'The version has no charge; a service that is only measured has a BASE of 0',
      '/charges',
    ),
    ...charges.flatMap((charge, i) => [
      ...refuseCharge(charge, `/charges/${i}`),
      ...refuseLineRounding(charge, `/charges/${i}/rounding`),
    ]),
    ...refuseRepeats(charges),
    ...refuseUnknownCodes(charges),
    problem(hasTiers || !hasShare, 'RATE_SHARE_WITHOUT_TIERS', 'A share of usage needs tiers to price it', '/charges'),
  ];
}

const isCents = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
function refuseLineRounding({ rounding = {} }: Charge, at: string): Problem[] {
  const { mode = 'HALF_UP', toCents = 1 } = rounding;
  return [
    problem(Object.hasOwn(RoundingMode, mode), 'RATE_ROUNDING', 'Unknown rounding mode', `${at}/mode`),
    problem(
      isCoin(toCents),
      'RATE_ROUNDING',
      'Amounts are rounded to a multiple of 1 to 100000 cents',
      `${at}/toCents`,
    ),
  ];
}

/** Whether amounts can be rounded to a multiple of so many cents. */
export const isCoin = (cents: number): boolean => Number.isSafeInteger(cents) && cents >= 1 && cents <= 100_000;

function refuseCharge(charge: Charge, at: string): Problem[] {
  switch (charge.kind) {
    case 'BASE':
    case 'FLAT':
      return [...refuseAmount(charge, at, isSigned), ...refuseLimits(charge, at)];
    case 'MINIMUM':
    case 'MAXIMUM':
      return refuseAmount(charge, at, isUnsigned);
    case 'SHARE_OF_USAGE':
      return refuseShare(charge, at);
    case 'TIERS':
      return refuseTiers(charge, at);
    case 'DEMAND':
      return refuseDemand(charge, at);
    case 'PERCENT':
      return refusePercent(charge, at);
    default:
      return [problem(false, 'RATE_CHARGE_KIND', 'Unknown kind of charge', `${at}/kind`)];
  }
}

function refuseAmount({ amountCents, amount, times }: Amount, at: string, holds: (text: string) => boolean): Problem[] {
  return [
    problem(
      (amountCents === undefined) !== (amount === undefined),
      'RATE_AMOUNT',
      'A charge has either amountCents or an amount in dollars',
      `${at}/amount`,
    ),
    problem(
      amountCents === undefined || isCents(amountCents),
      'RATE_AMOUNT',
      'The amount is whole cents of 0 or more',
      `${at}/amountCents`,
    ),
    ...figureProblems(
      amount,
      `${at}/amount`,
      'RATE_AMOUNT',
      'The amount is dollars like 12.50, with at most 10 decimal places',
      holds,
    ),
    ...refuseTimes(times, `${at}/times`),
  ];
}

function refuseShare({ ofService, share = '1', average, ...limits }: ShareOfUsage, at: string): Problem[] {
  return [
    problem(ofService !== '', 'RATE_SHARE', 'The share needs the service whose usage it follows', `${at}/ofService`),
    ...figureProblems(share, `${at}/share`, 'RATE_SHARE', 'The share is a decimal above 0, like 0.80', isPositive),
    ...figureProblems(
      average?.otherwise,
      `${at}/average/otherwise`,
      'RATE_SHARE',
      'An average is a decimal of 0 or more',
    ),
    ...refuseLimits(limits, at),
  ];
}

const HUNDRED = parseRational('100');

function refusePercent(charge: PercentCharge, at: string): Problem[] {
  const { percent, grossUp, above, onFirst, onlyAbove } = charge;
  const isPercent = (text: string) =>
    isSigned(text) &&
    compare(numberOf(text), parseRational('1000')) <= 0 &&
    compare(numberOf(text), parseRational('-100')) >= 0;
  const isBelowHundred = (text: string) => isPercent(text) && compare(numberOf(text), HUNDRED) < 0;
  const dollars = 'It is dollars of 0 or more, like 50.00';
  return [
    ...figureProblems(
      percent,
      `${at}/percent`,
      'RATE_PERCENT',
      grossUp ? 'A grossed-up percent is from -100 to below 100' : 'The percent is from -100 to 1000, like 5.25',
      grossUp ? isBelowHundred : isPercent,
    ),
    ...figureProblems(above, `${at}/above`, 'RATE_PERCENT', dollars),
    ...figureProblems(onFirst, `${at}/onFirst`, 'RATE_PERCENT', dollars),
    ...figureProblems(onlyAbove, `${at}/onlyAbove`, 'RATE_PERCENT', dollars),
    ...refuseLimits(charge, at),
  ];
}

/** What may be there once: of one code, and at one time. */
function refuseRepeats(charges: Charge[]): Problem[] {
  const single = ['TIERS', 'MINIMUM', 'MAXIMUM', 'SHARE_OF_USAGE'];
  const sameTime = (a: Charge, b: Charge) =>
    JSON.stringify([a.code, a.seasons, a.events, a.when]) === JSON.stringify([b.code, b.seasons, b.events, b.when]);
  return charges.map((charge, i) =>
    problem(
      !single.includes(charge.kind) ||
        charges.findIndex((other) => other.kind === charge.kind && sameTime(other, charge)) === i,
      'RATE_CHARGE_TWICE',
      'A version has at most one charge of this kind with the same code, seasons, events and attributes',
      `/charges/${i}/kind`,
    ),
  );
}

/**
 * A floor, a ceiling or a percent of a line that the version never has would silently do nothing; so would a percent of one
 * that comes after it in the list, or of itself.
 */
function refuseUnknownCodes(charges: Charge[]): Problem[] {
  const known = new Set(charges.flatMap(codesOf));
  return charges.flatMap((charge, i) => {
    if (!('of' in charge || 'except' in charge)) return [];
    // The lines of other services are known on the bill.
    if ('services' in charge && charge.services) return [];
    const { of = [], except = [] } = charge as PercentCharge;
    const before = charges.filter((other, k) => other.kind !== 'PERCENT' || k < i).flatMap(codesOf);
    return Object.entries({ of, except }).flatMap(([name, codes]) =>
      codes.flatMap((code, k) => {
        const at = `/charges/${i}/${name}/${k}`;
        const message = `The version has no charge with the code ${code}, only ${[...known].join(', ')}; a fee is named in fees`;
        return [
          problem(known.has(code), 'RATE_CODE', message, at),
          problem(
            !known.has(code) || before.includes(code),
            'RATE_ORDER',
            `The percent ${code} is worked out later: put it before`,
            at,
          ),
        ];
      }),
    );
  });
}
