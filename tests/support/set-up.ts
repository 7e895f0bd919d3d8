import type { OnboardForm } from '../../contract/forms';
import type { SmallTown } from './small-town';

/** The new customer of the tests: their name must not leave MySQL either. */
export const newCustomer = (more: object = {}): OnboardForm['customer'] => ({
  ...{ number: null, name: { line: 'Ottoline B. Quackenbush' }, typeCode: null },
  phones: [{ value: '555-0147', purpose: null }],
  ...{ emails: [], mailingAddress: null, alternateAddress: null, ...more },
});

/** The set-up form of the small town's flat, as copying from its tenant fills it. */
export function copiedForm(town: SmallTown, more: Partial<OnboardForm> = {}): OnboardForm {
  return {
    ...{ customer: newCustomer(), location: { existing: town.locationNumber }, role: 'TENANT' },
    ...{ copiedFrom: town.accountNumber, startDate: town.today, billCycle: null },
    services: [service('WATER'), service('REFUSE')],
    ...{ meters: [], deposits: [], serviceOrders: [], ...more },
  };
}

/** The form of a start from scratch at a new location with a meter of its own. */
export function scratchForm(town: SmallTown, more: Partial<OnboardForm> = {}): OnboardForm {
  const address = { line1: '14 Zephyrine Walk', line2: null, city: 'Millbrook', state: 'CO', postalCode: '80000' };
  return copiedForm(town, {
    ...{ location: { number: null, address }, copiedFrom: null },
    meters: [
      {
        ...{ serviceCode: 'WATER', position: 1, serial: 'M-900002', dials: 6, multiplier: '1', unit: 'gal' },
        beginRead: { value: '25', readOn: town.today },
      },
    ],
    ...more,
  });
}

/** A billing service as the form ticks it. */
export const service = (serviceCode: string, more: object = {}): OnboardForm['services'][number] => ({
  ...{ serviceCode, position: 1, rateCode: `RES-${serviceCode}`, units: '1', frequency: 'MONTHLY', connectDate: null },
  ...more,
});

/** A deposit that is asked for, in cents. */
export const deposit = (amountCents: number, waivedBecause: string | null = null) => ({
  ...{ serviceCode: 'WATER', amountCents, waivedBecause },
});

/** A service order that is cut with the set-up. */
export const order = (type: 'TURN_ON' | 'READ_IN' | 'RECONNECT', more: object = {}) => ({
  ...{ serviceCode: 'WATER', position: 1, type, dueOn: null, notes: null, gating: true },
  ...more,
});
