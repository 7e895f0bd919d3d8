import { checkAddress } from './check-address';

const given = (state: string, postalCode: string, country?: string | null) =>
  checkAddress({ line1: '1 Elm', line2: null, city: 'Millbrook', state, postalCode, country }, 'US', '#/a');
const shown = (...of: Parameters<typeof given>) => {
  const { address, faults } = given(...of);
  return faults.length > 0 ? faults.map(({ code, pointer }) => [code, pointer]) : [address.state, address.postalCode];
};

describe('S11 S12 a postal address', () => {
  it.each<[string, string, [string, string]]>([
    ['CO', '80000', ['CO', '80000']],
    ['co', '80000-1234', ['CO', '80000-1234']],
    ['Colorado', '800001234', ['CO', '80000-1234']],
    ['new  york', '10001 1234', ['NY', '10001-1234']],
    ['D.C.', '20001', ['DC', '20001']],
    ['Puerto Rico', '00901', ['PR', '00901']],
    ['AE', '09001', ['AE', '09001']],
  ])('of the US, %s %s, has a state of USPS and a ZIP code', (state, zip, normalized) => {
    expect(shown(state, zip)).toEqual(normalized);
    expect(given(state, zip, null).address.country).toBe('US');
  });

  it('of the US that is none names the field and the rule', () => {
    expect(shown('XX', '8000')).toEqual([
      ['ADDRESS_STATE', '#/a/state'],
      ['ADDRESS_ZIP', '#/a/postalCode'],
    ]);
    expect(shown('', '80000-12')).toEqual([
      ['ADDRESS_STATE', '#/a/state'],
      ['ADDRESS_ZIP', '#/a/postalCode'],
    ]);
  });

  it('of Canada has a province and a code with a space; of elsewhere it is as it was given', () => {
    expect(shown('Québec', 'h2x1y4', 'CA')).toEqual(['QC', 'H2X 1Y4']);
    expect(shown('CO', '80000', 'CA')).toEqual([
      ['ADDRESS_STATE', '#/a/state'],
      ['ADDRESS_POSTAL_CODE', '#/a/postalCode'],
    ]);
    expect(shown('', '', 'HK')).toEqual(['', '']);
    expect(shown('Bayern', '80331', 'de')).toEqual(['Bayern', '80331']);
  });
});
