import { APPROVAL_REASONS } from '../settings';
import { approvalReasons, type SetUpTerms } from './approval-reasons';

const usual: SetUpTerms = {
  services: [
    { rateId: 1, quantity: '1', units: '1.0000', defaultRateId: 1, defaultQuantity: '1.0000', defaultUnits: '1' },
  ],
  deposits: [{ askedCents: 10_000, proposedCents: 10_000 }],
  ...{ startOn: '2026-06-03', today: '2026-06-10', backDaysWithoutApproval: 7, oldDebtCents: 0 },
  exemptBeyondType: false,
  approvalFor: [...APPROVAL_REASONS],
};
const reasons = (change: Partial<SetUpTerms>) => approvalReasons({ ...usual, ...change });
const service = (change: object) => [{ ...usual.services[0]!, ...change }];

describe('a set-up needs approval', () => {
  it('not when everything is as policy has it', () => {
    expect(reasons({})).toEqual([]);
    expect(reasons({ deposits: [{ askedCents: 20_000, proposedCents: 10_000 }] })).toEqual([]);
    expect(reasons({ oldDebtCents: -500 })).toEqual([]);
  });

  it.each<[string, Partial<SetUpTerms>]>([
    ['DEPOSIT', { deposits: [{ askedCents: 9_999, proposedCents: 10_000 }] }],
    ['RATE', { services: service({ rateId: 2 }) }],
    ['UNITS', { services: service({ units: '2' }) }],
    ['UNITS', { services: service({ quantity: '2' }) }],
    ['UNITS', { services: service({ otherPriceTerms: true }) }],
    ['BACK_DATED', { startOn: '2026-06-02' }],
    ['DEBT', { oldDebtCents: 1 }],
    ['EXEMPT', { exemptBeyondType: true }],
  ])('for %s, if policy asks', (reason, change) => {
    expect(reasons(change)).toEqual([reason]);
    expect(reasons({ ...change, approvalFor: [] })).toEqual([]);
  });

  it('not for a rate where the service has no default', () => {
    expect(reasons({ services: service({ rateId: 2, defaultRateId: null }) })).toEqual([]);
  });
});
