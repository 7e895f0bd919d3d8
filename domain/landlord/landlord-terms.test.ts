import {
  changedTerms,
  inForceOn,
  refuseLandlordChange,
  refuseTerms,
  type LandlordLineTerms,
  type LandlordTerms,
} from './landlord-terms';

const line = (more: Partial<LandlordLineTerms> = {}): LandlordLineTerms => ({
  ...{ serviceCode: 'WATER', decision: 'ALWAYS', rateCode: 'RES-WATER', seasonStart: null, seasonEnd: null },
  ...{ stopReasonsExcluded: [], feeCents: 0, ...more },
});
const terms = (more: Partial<LandlordTerms> = {}): LandlordTerms => ({
  ...{ lines: [line(), line({ serviceCode: 'REFUSE', rateCode: 'RES-REFUSE' })], feeCents: 2500, noticeBy: 'MAIL' },
  ...more,
});

describe('S16 the terms of a landlord', () => {
  it('name each service once, and a season by both of its days', () => {
    expect(refuseTerms(terms(), '#')).toEqual([]);
    expect(refuseTerms(terms({ lines: [line({ seasonStart: '11-15', seasonEnd: '03-31' })] }), '#')).toEqual([]);
    const bad = terms({ lines: [line({ seasonStart: '11-15' }), line({ seasonEnd: '03-31' })] });
    expect(refuseTerms(bad, '#/landlordAgreement').map(({ code, pointer }) => [code, pointer])).toEqual([
      ['SEASON_INCOMPLETE', '#/landlordAgreement/lines/0/seasonEnd'],
      ['SERVICE_TWICE', '#/landlordAgreement/lines/1'],
      ['SEASON_INCOMPLETE', '#/landlordAgreement/lines/1/seasonStart'],
    ]);
  });

  it('change where a change says so, and are null where it changes nothing', () => {
    const season = { start: '05-01', end: '09-30' };
    expect(changedTerms(terms(), { lines: [{ serviceCode: 'WATER', decision: 'ASK', season }] })).toEqual(
      terms({
        lines: [
          line({ decision: 'ASK', seasonStart: '05-01', seasonEnd: '09-30' }),
          line({ serviceCode: 'REFUSE', rateCode: 'RES-REFUSE' }),
        ],
      }),
    );
    expect(changedTerms(terms(), { feeCents: 0 })).toEqual(terms({ feeCents: 0 }));
    expect(changedTerms(terms(), { noticeBy: 'MAIL', lines: [{ serviceCode: 'SEWER', decision: 'ASK' }] })).toBeNull();
    const summer = terms({ lines: [line({ seasonStart: '05-01', seasonEnd: '09-30' })] });
    expect(changedTerms(summer, { lines: [{ serviceCode: 'WATER', season: null }] })).toEqual(
      terms({ lines: [line()] }),
    );
    const both = terms({ lines: [line({ stopReasonsExcluded: ['NONPAY', 'FORCED'] })] });
    const turned = { lines: [{ serviceCode: 'WATER', stopReasonsExcluded: ['FORCED' as const, 'NONPAY' as const] }] };
    expect(changedTerms(both, turned)).toBeNull();
  });
});

describe('S16 which agreement holds on a day', () => {
  const agreements = [
    { id: 1, startOn: '2026-01-01', endOn: '2026-06-01' },
    { id: 2, startOn: '2026-06-01', endOn: '2026-06-01' },
    { id: 3, startOn: '2026-06-01', endOn: null },
  ];

  it('is the one whose days it is in, first day in and last day out', () => {
    expect(inForceOn(agreements, '2025-12-31')).toBeNull();
    expect(inForceOn(agreements, '2026-05-31')?.id).toBe(1);
    expect(inForceOn(agreements, '2026-06-01')?.id).toBe(3);
  });

  it('cannot change while a later one is agreed, or a service goes to the one who leaves from that day on', () => {
    const facts = { on: '2026-05-01', leavingId: 7, comingId: 8, agreements, reversions: [] };
    expect(refuseLandlordChange(facts)?.code).toBe('LATER_AGREEMENT');
    const last = { ...facts, on: '2026-07-01' };
    expect(refuseLandlordChange(last)).toBeNull();
    const pending = { customerId: 7, startOn: '2026-07-01', pendingCaseId: 'vacancy-1' };
    expect(refuseLandlordChange({ ...last, reversions: [pending] })).toMatchObject({
      ...{ code: 'CASE_OPEN', caseId: 'vacancy-1' },
    });
    expect(refuseLandlordChange({ ...last, comingId: 7, reversions: [pending] })).toBeNull();
    const before = { ...pending, startOn: '2026-06-30' };
    expect(refuseLandlordChange({ ...last, reversions: [before] })).toBeNull();
    const begun = { ...pending, pendingCaseId: null };
    expect(refuseLandlordChange({ ...last, reversions: [begun] })?.code).toBe('LANDLORD_TOOK_OVER');
    expect(refuseLandlordChange({ ...last, reversions: [{ ...begun, customerId: 9 }] })).toBeNull();
  });
});
