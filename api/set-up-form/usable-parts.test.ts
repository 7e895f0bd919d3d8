import { usableParts } from './usable-parts';

const service = { serviceCode: 'WATER', rateCode: 'RES-WATER' };
const form = {
  customer: { name: { line: 'Ana Ruiz' } },
  location: { existing: 'L000001' },
  startDate: '2026-06-01',
  services: [service],
};
const parts = (content: Record<string, unknown>) => usableParts(content, '2026-06-10');
const faultsOf = (content: Record<string, unknown>) =>
  parts(content)
    .faults.map(({ pointer, code }) => `${pointer} ${code}`)
    .sort();

describe('S1 a half-filled form', () => {
  it('that is whole has no faults and nothing missing', () => {
    const { faults, form: usable, missing } = parts(form);
    expect(Object.keys(usable ?? {})).not.toContain('cosigner');
    expect([faults, [...missing]]).toEqual([[], []]);
    expect(usable).toMatchObject({ startDate: '2026-06-01', role: 'TENANT' });
  });

  it('that is empty names what is needed, and is looked at all the same', () => {
    const { form: usable, missing } = parts({});
    expect(usable).toMatchObject({ startDate: '2026-06-10', services: [] });
    expect([...missing].sort()).toEqual(['customer', 'location', 'startDate']);
    expect(faultsOf({})).toEqual([
      ...['#/customer REQUIRED', '#/location REQUIRED', '#/services REQUIRED', '#/startDate REQUIRED'],
    ]);
  });

  it('says of a field what to write, not what a program expected', () => {
    const { faults } = parts({ ...form, customer: { name: { line: ' ' } }, startDate: 'soon', role: 'KING' });
    expect(faults).toEqual([
      { pointer: '#/customer/name/line', code: 'REQUIRED', message: 'This is needed', severity: 'ERROR' },
      { pointer: '#/role', code: 'NOT_ONE_OF', message: 'Give one of OWNER, TENANT, LANDLORD', severity: 'ERROR' },
      { pointer: '#/startDate', code: 'FORMAT', message: 'Give a date as YYYY-MM-DD', severity: 'ERROR' },
    ]);
  });

  it('leaves out a line with a fault, and still points at the lines as they were typed', () => {
    const content = { ...form, services: [{ serviceCode: '?' }, service, 7, { ...service, serviceCode: 'SEWER' }] };
    const { form: usable, typedAt } = parts(content);
    expect(usable?.services.map(({ serviceCode }) => serviceCode)).toEqual(['WATER', 'SEWER']);
    expect(['#/services/0/rateCode', '#/services/1', '#/meters/1', '#/startDate'].map(typedAt)).toEqual([
      ...['#/services/1/rateCode', '#/services/3', '#/meters/1', '#/startDate'],
    ]);
  });

  it('keeps of a new customer and a new place all that fits, and points at their lines as they were typed', () => {
    const address = { line1: '', city: 'Millbrook', state: 'CO', postalCode: '80000' };
    const customer = { name: { line: 'Ana' }, typeCode: '!', phones: [{ value: '?' }, { value: '970-555-0147' }] };
    const content = { ...form, customer, location: { classCode: 'COM', address } };
    const { faults, form: usable, missing, typedAt } = parts(content);
    expect(faults.map(({ pointer }) => pointer).sort()).toEqual([
      ...['#/customer/phones/0/value', '#/customer/typeCode', '#/location/address/line1'],
    ]);
    expect(usable).toMatchObject({
      customer: { name: { line: 'Ana' }, typeCode: null, phones: [{ value: '970-555-0147' }] },
      location: { classCode: 'COM', address: { city: 'Millbrook', state: 'CO' } },
    });
    expect([[...missing], typedAt('#/customer/phones/0/value')]).toEqual([[], '#/customer/phones/1/value']);
    expect([...parts({ ...form, customer: { ...customer, name: 5 } }).missing]).toEqual(['name']);
  });

  it('knows for which services a line was left out', () => {
    const { leavesOut } = parts({ ...form, services: [{ ...service, quantity: '' }], meters: [{}] });
    expect([leavesOut('services', 'WATER'), leavesOut('services', 'SEWER'), leavesOut('services')]).toEqual([
      ...[true, false, true],
    ]);
    expect([leavesOut('meters', 'SEWER'), leavesOut('deposits', 'WATER')]).toEqual([true, false]);
  });

  it('refuses what is named after the save with a clear code (S13, S14)', () => {
    expect(faultsOf({ ...form, cosigner: 'C000002', masterContact: 4, notes: 'x' })).toEqual([
      ...['#/cosigner AFTER_SAVE', '#/masterContact AFTER_SAVE', '#/notes FIELD_UNKNOWN'],
    ]);
  });

  it.each([[{ services: 'all' }], [{ customer: [] }], [{ location: null }], [{ meters: {} }]])(
    'is looked at whatever stands in a part: %j',
    (broken) => {
      const { faults, form: usable } = parts({ ...form, ...broken });
      expect(faults.length).toBeGreaterThan(0);
      expect(usable).not.toBeNull();
    },
  );
});
