import { placeNewcomer, type ChainLink, type Placement } from './place-newcomer';

const S = '2026-06-10';
const link = (agreementId: number, change: Partial<ChainLink>): ChainLink => ({
  ...{ agreementId, accountId: agreementId, role: 'TENANT', accountStatus: 'ACTIVE', status: 'ACTIVE' },
  ...{ startOn: '2024-01-01', endOn: null, lastBilledThrough: '2026-05-31' },
  ...change,
});
const leaver = (change: Partial<ChainLink> = {}) =>
  link(1, { accountStatus: 'PENDING_STOP', status: 'PENDING_STOP', endOn: S, ...change });
const gone = () => link(1, { accountStatus: 'CLOSED', status: 'CLOSED', endOn: S, lastBilledThrough: S });
const landlord = (change: Partial<ChainLink> = {}) =>
  link(2, {
    ...{ role: 'LANDLORD', accountStatus: 'PENDING_START', status: 'PENDING_START' },
    ...{ startOn: S, lastBilledThrough: null, ...change },
  });
const tookOver = (lastBilledThrough: string | null = null) =>
  landlord({ accountStatus: 'ACTIVE', status: 'ACTIVE', lastBilledThrough });

/** What was decided, in short: who is followed, who gives way, who stops on T, whose S moves. */
function place(chain: ChainLink[], startOn: string): string {
  const placed = placeNewcomer(chain, startOn);
  if ('refusal' in placed) return placed.refusal.code;
  const { followsId, removed, landlordStops, stopMoves, gapFrom }: Placement = placed;
  const words = [
    `follows ${followsId}`,
    ...removed.map(({ agreementId }) => `${agreementId} gives way`),
    ...(landlordStops ? [`${landlordStops.agreementId} stops on T`] : []),
    ...(stopMoves ? [`S of ${stopMoves.agreementId} moves to T`] : []),
    ...(gapFrom ? [`nobody from ${gapFrom}`] : []),
  ];
  return words.join(', ');
}

describe('a newcomer who starts on T, while the leaver stops on S', () => {
  it.each<[string, ChainLink[], string, string]>([
    ['T = S follows the leaver, and a pending landlord gives way', [leaver(), landlord()], S, 'follows 1, 2 gives way'],
    ['T < S also moves S to T', [leaver(), landlord()], '2026-06-08', 'follows 1, 2 gives way, S of 1 moves to T'],
    ['T > S keeps the landlord and stops them on T', [leaver(), landlord()], '2026-06-20', 'follows 2, 2 stops on T'],
    ['T = S without a landlord', [leaver()], S, 'follows 1'],
    ['T < S without a landlord', [leaver()], '2026-06-09', 'follows 1, S of 1 moves to T'],
    ['T > S without a landlord leaves days to nobody', [leaver()], '2026-06-12', `follows 1, nobody from ${S}`],
    [
      'T < S of a leaver who has stopped and waits for the final bill',
      [leaver({ status: 'STOPPED', accountStatus: 'FINAL_PENDING' })],
      '2026-06-08',
      'follows 1, S of 1 moves to T',
    ],
    ['T < S of a leaver who is final billed', [gone()], '2026-06-08', 'START_BEFORE_STOP'],
    ['T < S, billed past T already', [leaver({ lastBilledThrough: '2026-06-09' })], '2026-06-09', 'BILLED_PAST_START'],
    [
      'T on the day that the leaver began',
      [leaver({ startOn: '2026-06-01', lastBilledThrough: null })],
      '2026-06-01',
      'START_BEFORE_STOP',
    ],
  ])('%s', (_name, chain, startOn, expected) => {
    expect(place(chain, startOn)).toBe(expected);
  });

  it.each<[string, ChainLink[], string, string]>([
    ['a landlord who took over is handed over from', [gone(), tookOver()], '2026-07-01', 'follows 2, 2 stops on T'],
    ['T = S of one who was never billed takes their place', [gone(), tookOver()], S, 'follows 1, 2 gives way'],
    ['T = S of one who was billed', [gone(), tookOver('2026-06-30')], S, 'BILLED_PAST_START'],
    ['T within what the landlord was billed for', [gone(), tookOver('2026-06-30')], '2026-06-30', 'BILLED_PAST_START'],
    [
      'a landlord on the way out is a leaver',
      [gone(), landlord({ accountStatus: 'PENDING_STOP', status: 'PENDING_STOP', endOn: '2026-07-01' })],
      '2026-07-01',
      'follows 2',
    ],
  ])('after a reversion: %s', (_name, chain, startOn, expected) => {
    expect(place(chain, startOn)).toBe(expected);
  });

  it.each<[string, ChainLink[], string, string]>([
    ['nobody ever had the point', [], S, 'follows null'],
    ['nobody has the point', [gone()], '2026-07-01', `follows 1, nobody from ${S}`],
    ['somebody has it and stays', [link(1, {})], S, 'OCCUPIED'],
    ['somebody had it cut for debt', [link(1, { status: 'CUT_NONPAY' })], S, 'OCCUPIED'],
    ['somebody else is set up', [leaver(), link(3, { status: 'PENDING_START', startOn: S })], S, 'START_PENDING'],
    [
      'somebody else is set up after the landlord',
      [leaver(), landlord({ endOn: '2026-06-20' }), link(3, { status: 'PENDING_START', startOn: '2026-06-20' })],
      '2026-06-20',
      'START_PENDING',
    ],
  ])('%s', (_name, chain, startOn, expected) => {
    expect(place(chain, startOn)).toBe(expected);
  });
});
