import { officeInstantAt, realInstant } from './clock';

const DAY = 86_400;
const clock = { zone: 'America/Denver', offsetSeconds: 8 * DAY, dayStartsAt: '00:00' };
const at = (hour: string) => new Date(`2026-11-24T${hour}:00.000Z`);

describe("the office's clock at an instant that has passed", () => {
  const moves = [
    { movedAt: at('10:00'), offsetSecondsBefore: 0 },
    { movedAt: at('12:00'), offsetSecondsBefore: 3 * DAY },
  ];

  it('showed what its offset of then gave, before, between and after its moves', () => {
    expect(officeInstantAt(clock, moves, at('09:00'))).toEqual(at('09:00'));
    expect(officeInstantAt(clock, moves, at('11:00'))).toEqual(new Date('2026-11-27T11:00:00.000Z'));
    expect(officeInstantAt(clock, moves, at('13:00'))).toEqual(new Date('2026-12-02T13:00:00.000Z'));
  });

  it('is the inverse of the real instant while the clock is not moved', () => {
    expect(realInstant(clock, officeInstantAt(clock, [], at('13:00')))).toEqual(at('13:00'));
  });
});
