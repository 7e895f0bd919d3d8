import { mailingAddressOn } from './mailing-address';

const permanent = { line1: 'PO Box 9' };
const alternate = { line1: '1 Beach Road', seasonStart: '11-15', seasonEnd: '03-31' };
const on = (day: string) => mailingAddressOn({ permanent, alternate }, day)?.line1;

describe('S12 mail', () => {
  it('goes to the address in season on that day; a season may wrap the year end', () => {
    expect(['2026-11-15', '2027-01-01', '2027-03-31'].map(on)).toEqual(Array(3).fill('1 Beach Road'));
    expect(['2026-11-14', '2027-04-01'].map(on)).toEqual(['PO Box 9', 'PO Box 9']);
  });

  it('goes to the permanent address all year without an alternate one, and to none where none was given', () => {
    expect(mailingAddressOn({ permanent, alternate: null }, '2026-12-01')).toBe(permanent);
    expect(mailingAddressOn({ permanent: null, alternate: null }, '2026-12-01')).toBeNull();
  });
});
