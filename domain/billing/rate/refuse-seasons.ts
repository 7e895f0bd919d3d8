import { addDays, inSeason, isMonthDay } from '../../dates';
import { ownQuantity } from './charges';
import { problem, type Problem } from '../problem';
import type { RateVersion } from './rate-version';

// Made once: every bill looks at the seasons of each of its rates.
const DAYS = Array.from({ length: 366 }, (_, i) => addDays('2024-01-01', i));

/** Problems of a version's seasons and of the charges that name them (domain.md rule 26). */
export function refuseSeasons(version: RateVersion): Problem[] {
  const { seasons = [], charges, change = {} } = version;
  const { by = 'DAYS', bounds = 'SHARE', lines = 'EACH' } = change;
  const codes = seasons.map(({ code }) => code);
  return [
    ...seasons.flatMap(({ code, from, to }, i) => [
      problem(
        code !== '' && codes.indexOf(code) === i,
        'RATE_SEASON',
        'Each season has a code of its own',
        `/seasons/${i}/code`,
      ),
      problem(isMonthDay(from), 'RATE_SEASON', 'The first day of a season is MM-DD', `/seasons/${i}/from`),
      problem(isMonthDay(to), 'RATE_SEASON', 'The last day of a season is MM-DD', `/seasons/${i}/to`),
    ]),
    ...refuseDays(version),
    ...charges.flatMap(({ seasons: wanted = [] }, i) =>
      wanted.map((code, k) =>
        problem(codes.includes(code), 'RATE_SEASON', `The version has no season ${code}`, `/charges/${i}/seasons/${k}`),
      ),
    ),
    problem(
      ['DAYS', 'FIRST_DAY', 'LAST_DAY'].includes(by),
      'RATE_CHANGE',
      'A change is by DAYS, FIRST_DAY or LAST_DAY',
      '/change/by',
    ),
    problem(
      ['SHARE', 'WHOLE'].includes(bounds),
      'RATE_CHANGE',
      'Bounds of a part are its SHARE or WHOLE',
      '/change/bounds',
    ),
    problem(
      ['EACH', 'CHANGED_ONLY'].includes(lines),
      'RATE_CHANGE',
      'A part prices EACH line or the CHANGED_ONLY',
      '/change/lines',
    ),
  ];
}

/** Days with two seasons, and days on which usage has no price or is nobody's: the first day of each is named. */
function refuseDays({ seasons = [], charges }: RateVersion): Problem[] {
  if (seasons.some(({ from, to }) => !isMonthDay(from) || !isMonthDay(to))) return [];
  const seasonsOn = (day: string) => seasons.filter(({ from, to }) => inSeason(day, from, to)).map(({ code }) => code);
  const twice = DAYS.find((day) => seasonsOn(day).length > 1);
  const ofUsage = charges.filter((charge) => charge.kind === 'TIERS' && ownQuantity(charge) === undefined);
  const unpriced = DAYS.find((day) => {
    const [season = ''] = seasonsOn(day);
    return ofUsage.length > 0 && !ofUsage.some((charge) => !charge.seasons || charge.seasons.includes(season));
  });
  const shares = charges.filter(({ kind }) => kind === 'SHARE_OF_USAGE');
  const alone = DAYS.find((day) => {
    const [season = ''] = seasonsOn(day);
    return shares.length > 0 && !shares.some((share) => !share.seasons || share.seasons.includes(season));
  });
  const on = (day = '') => day.slice(5);
  return [
    problem(
      !twice,
      'RATE_SEASON',
      `${on(twice)} is in two seasons: ${(twice ? seasonsOn(twice) : []).join(', ')}`,
      '/seasons',
    ),
    problem(!unpriced, 'RATE_SEASON', `Usage of ${on(unpriced)} has no price in any tiers`, '/seasons'),
    problem(!alone, 'RATE_SEASON', `On ${on(alone)} no share says whose usage it is`, '/seasons'),
  ];
}
