import { lostUsage, unassignedDays, type PointHistory } from './unassigned-usage';

const read = (id: number, readOn: string, value: string, more: object = {}) => ({
  ...{ id, installation: 0, readOn, value, rollover: false, dials: 4, multiplier: '1', ...more },
});
const left = {
  agreementId: 1,
  startOn: '2026-01-01',
  endOn: '2026-03-01',
  startReadId: 1,
  stopReadId: 2,
  hasLeft: true,
};
const next = { agreementId: 2, startOn: '2026-03-11', endOn: null, startReadId: 3, stopReadId: null, hasLeft: false };
const point = (more: Partial<PointHistory> = {}): PointHistory => ({
  reads: [read(1, '2026-01-01', '100'), read(2, '2026-03-01', '150'), read(3, '2026-03-11', '160.5')],
  holders: [left, next],
  ...{ shutOffOn: [], handoverDayTo: 'OUTGOING', today: '2026-04-01', ...more },
});

it('are the days between two holders, with what ran in them', () => {
  expect(unassignedDays(point())).toEqual([
    {
      ...{ afterAgreementId: 1, from: '2026-03-02', through: '2026-03-10', isOpen: false },
      ...{ usage: '10.5', usageAfterShutOff: null },
    },
  ]);
  expect(unassignedDays(point({ handoverDayTo: 'INCOMING' }))).toMatchObject([{ from: '2026-03-01' }]);
});

it('go on while nobody has begun, up to the last read', () => {
  expect(unassignedDays(point({ holders: [left] }))).toMatchObject([
    { from: '2026-03-02', through: '2026-04-01', isOpen: true, usage: '10.5' },
  ]);
});

it('are none where one follows on the day, or the day of the stop is today', () => {
  expect(unassignedDays(point({ holders: [left, { ...next, startOn: '2026-03-01', startReadId: 2 }] }))).toEqual([]);
  expect(unassignedDays(point({ holders: [left], today: '2026-03-01' }))).toEqual([]);
});

it('tell what ran after the supply had been turned off', () => {
  const reads = [...point().reads.slice(0, 2), read(4, '2026-03-05', '151'), read(3, '2026-03-11', '160.5')];
  expect(unassignedDays(point({ reads, shutOffOn: ['2026-03-05'] }))).toMatchObject([{ usageAfterShutOff: '9.5' }]);
});

it('add up with the usage of the holders over a rollover and a meter exchange', () => {
  const reads = [
    ...[read(1, '2026-01-01', '9990'), read(2, '2026-03-01', '10', { rollover: true }), read(5, '2026-03-04', '14')],
    ...[read(6, '2026-03-04', '500', { installation: 1, multiplier: '10' })],
    read(3, '2026-03-11', '501', { installation: 1, multiplier: '10' }),
  ];
  expect(unassignedDays(point({ reads }))).toMatchObject([{ usage: '14' }]);
  expect(lostUsage(point({ reads }))).toBeNull();
});

it('do not add up where whoever follows on the day begins with another read', () => {
  const holders = [left, { ...next, startOn: '2026-03-01' }];
  expect(lostUsage(point({ holders }))).toBe('10.5');
});
