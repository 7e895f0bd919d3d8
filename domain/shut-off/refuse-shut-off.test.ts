import { refuseShutOff } from './refuse-shut-off';

const winter = { services: ['ELECTRIC', 'WATER'], from: '11-15', to: '03-31' };
const asked = { serviceCode: 'WATER', on: '2026-11-14', moratoria: [winter], protections: [] };
const codeOn = (on: string, more: object = {}) => refuseShutOff({ ...asked, on, ...more })?.code ?? null;

describe('a moratorium', () => {
  it.each([
    ['2026-11-14', null],
    ['2026-11-15', 'MORATORIUM'],
    ['2026-12-31', 'MORATORIUM'],
    ['2027-01-01', 'MORATORIUM'],
    ['2027-03-31', 'MORATORIUM'],
    ['2027-04-01', null],
  ])('that wraps the year: %s is %s', (on, code) => expect(codeOn(on)).toBe(code));

  it.each([
    ['2026-05-31', null],
    ['2026-06-01', 'MORATORIUM'],
    ['2026-08-31', 'MORATORIUM'],
    ['2026-09-01', null],
  ])('inside the year: %s is %s', (on, code) =>
    expect(codeOn(on, { moratoria: [{ ...winter, from: '06-01', to: '08-31' }] })).toBe(code),
  );

  it('covers its services alone', () => {
    expect(codeOn('2026-12-01', { serviceCode: 'REFUSE' })).toBeNull();
    expect(codeOn('2026-12-01', { moratoria: [] })).toBeNull();
  });
});

it.each([
  ['2026-06-30', 'NO_SHUT_OFF'],
  ['2026-07-01', null],
])('a place that is not to be shut off through 30 June: %s is %s', (on, code) =>
  expect(codeOn(on, { protections: [{ reason: 'MEDICAL', untilOn: '2026-06-30' }] })).toBe(code),
);
