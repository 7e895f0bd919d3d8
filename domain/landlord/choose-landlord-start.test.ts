import {
  chooseLandlordStart,
  type LandlordAgreementTerms,
  type LandlordLine,
  type LandlordStartFacts,
} from './choose-landlord-start';

const agreement = (
  changes: Partial<LandlordLine> = {},
  terms: Partial<LandlordAgreementTerms> = {},
): LandlordAgreementTerms => ({
  lines: [{ serviceType: 'WATER', decision: 'ALWAYS', season: null, stopReasonsExcluded: [], ...changes }],
  startOn: '2024-01-01',
  endOn: null,
  ...terms,
});
const choose = (changes: Partial<LandlordStartFacts> = {}) => {
  const { choice, reason } = chooseLandlordStart({
    landlordAgreement: agreement(),
    serviceType: 'WATER',
    stopOn: '2026-06-10',
    stopReason: 'CUSTOMER',
    newTenant: 'NO',
    ...changes,
  });
  return `${choice} ${reason}`;
};
const UNKNOWN = { newTenant: 'UNKNOWN' } as const;

describe('who takes a service over when its tenant stops', () => {
  it('is the new tenant when one is named, whatever the landlord agreed', () => {
    expect(choose({ newTenant: 'YES' })).toBe('PROMPT_NEW_TENANT NEW_TENANT_NAMED');
    expect(choose({ newTenant: 'YES', landlordAgreement: null })).toBe('PROMPT_NEW_TENANT NEW_TENANT_NAMED');
  });

  it('is the landlord by itself when the agreement says always', () => {
    expect(choose()).toBe('REVERT AGREEMENT_ALWAYS');
    expect(choose(UNKNOWN)).toBe('REVERT AGREEMENT_ALWAYS');
  });

  it('is asked of the landlord when the agreement asks, or has no word on the service', () => {
    expect(choose({ landlordAgreement: agreement({ decision: 'ASK' }) })).toBe('PROMPT_LANDLORD AGREEMENT_ASKS');
    expect(choose({ serviceType: 'ELECTRIC' })).toBe('PROMPT_LANDLORD SERVICE_NOT_IN_AGREEMENT');
    expect(choose({ landlordAgreement: null, ownerKnown: true })).toBe('PROMPT_LANDLORD OWNER_WITHOUT_AGREEMENT');
  });

  it('is not the landlord who gives it up, whatever they agreed; who did so before is asked', () => {
    expect(choose({ landlordLeft: 'NOW' })).toBe('VACANT LANDLORD_LEFT');
    expect(choose({ landlordLeft: 'NOW', landlordAgreement: agreement({ decision: 'ASK' }) })).toBe(
      'VACANT LANDLORD_LEFT',
    );
    expect(choose({ landlordLeft: 'NOW', ...UNKNOWN })).toBe('PROMPT_NEW_TENANT LANDLORD_LEFT');
    expect(choose({ landlordLeft: 'BEFORE' })).toBe('PROMPT_LANDLORD LANDLORD_LEFT');
  });

  it('is nobody when the landlord never wants it, or there is no agreement', () => {
    expect(choose({ landlordAgreement: agreement({ decision: 'NEVER' }) })).toBe('VACANT AGREEMENT_NEVER');
    expect(choose({ landlordAgreement: null })).toBe('VACANT NO_AGREEMENT');
  });

  it('is asked first for a new tenant when nobody knows whether there is one', () => {
    expect(choose({ ...UNKNOWN, landlordAgreement: null })).toBe('PROMPT_NEW_TENANT NO_AGREEMENT');
    expect(choose({ ...UNKNOWN, landlordAgreement: agreement({ decision: 'NEVER' }) })).toBe(
      'PROMPT_NEW_TENANT AGREEMENT_NEVER',
    );
    expect(choose({ ...UNKNOWN, landlordAgreement: agreement({ decision: 'ASK' }) })).toBe(
      'PROMPT_NEW_TENANT AGREEMENT_ASKS',
    );
  });

  it('is not the landlord by itself out of season; a season may wrap the year end', () => {
    const winter = agreement({ season: { start: '11-15', end: '03-31' } });
    expect(choose({ landlordAgreement: winter })).toBe('PROMPT_LANDLORD OUT_OF_SEASON');
    expect(choose({ landlordAgreement: winter, stopOn: '2027-01-05' })).toBe('REVERT AGREEMENT_ALWAYS');
    expect(choose({ landlordAgreement: winter, stopOn: '2026-11-15' })).toBe('REVERT AGREEMENT_ALWAYS');
  });

  it('is not the landlord by itself after a stop for a reason the agreement excludes', () => {
    const landlordAgreement = agreement({ stopReasonsExcluded: ['NONPAY'] });
    expect(choose({ landlordAgreement, stopReason: 'NONPAY' })).toBe('PROMPT_LANDLORD STOP_REASON_EXCLUDED');
    expect(choose({ landlordAgreement, stopReason: 'NONPAY', ...UNKNOWN })).toBe(
      'PROMPT_NEW_TENANT STOP_REASON_EXCLUDED',
    );
    expect(choose({ landlordAgreement })).toBe('REVERT AGREEMENT_ALWAYS');
  });

  it('follows the agreement from its first day to the day before its end', () => {
    const landlordAgreement = agreement({}, { startOn: '2026-06-10', endOn: '2026-07-01' });
    expect(choose({ landlordAgreement })).toBe('REVERT AGREEMENT_ALWAYS');
    expect(choose({ landlordAgreement, stopOn: '2026-06-09' })).toBe('VACANT AGREEMENT_NOT_IN_FORCE');
    expect(choose({ landlordAgreement, stopOn: '2026-06-30' })).toBe('REVERT AGREEMENT_ALWAYS');
    expect(choose({ landlordAgreement, stopOn: '2026-07-01' })).toBe('VACANT AGREEMENT_NOT_IN_FORCE');
    expect(choose({ landlordAgreement, stopOn: '2026-07-01', ownerKnown: true })).toBe(
      'PROMPT_LANDLORD OWNER_WITHOUT_AGREEMENT',
    );
  });
});
