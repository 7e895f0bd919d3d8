import { mailingAddressOn } from './mailing-address';

const permanent = { line1: 'PO Box 9' };
const alternate = { line1: '1 Beach Road', seasonStart: '11-15', seasonEnd: '03-31' };
const on = (day: string) => mailingAddressOn({ permanent, alternate }, day)?.line1;

describe('S12 mail', () => {
  it('goes to the address in season on that day; a season may wrap the year end', () => {
    expect(['2026-11-15', '2027-01-01', '2027-03-31'].map(on)).toEqual(Array(3).fill('1 Beach Road'));
    expect(['2026-11-14', '2027-04-01'].map(on)).toEqual(['PO Box 9', 'PO Box 9']);
  });

  it.each([
    ['01-01', '12-31'],
    ['03-01', '02-28'],
    ['03-01', '02-29'],
    ['07-05', '07-04'],
  ])('goes to the alternate address every day of a season from %s to %s, leap days too', (seasonStart, seasonEnd) => {
    const addresses = { permanent, alternate: { ...alternate, seasonStart, seasonEnd } };
    for (const day of ['2026-01-01', '2026-02-28', '2026-03-01', '2026-07-04', '2026-12-31', '2028-02-29'])
      expect([day, mailingAddressOn(addresses, day)?.line1]).toEqual([day, '1 Beach Road']);
  });

  it('follows a season that ends on a leap day, in every year; out of season it may go to the service address', () => {
    const addresses = { permanent: null, alternate: { ...alternate, seasonEnd: '02-29' } };
    const days = ['2027-02-28', '2027-03-01', '2028-02-29', '2028-03-01'];
    expect(days.map((day) => mailingAddressOn(addresses, day)?.line1 ?? null)).toEqual([
      ...['1 Beach Road', null],
      ...['1 Beach Road', null],
    ]);
  });

  it('goes to the permanent address all year without an alternate one, and to none where none was given', () => {
    expect(mailingAddressOn({ permanent, alternate: null }, '2026-12-01')).toBe(permanent);
    expect(mailingAddressOn({ permanent: null, alternate: null }, '2026-12-01')).toBeNull();
  });
});
