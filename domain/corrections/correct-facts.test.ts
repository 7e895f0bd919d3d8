import { priceFinalBill } from '../billing/price-final-bill';
import { finalBillFacts, unmeteredService, waterRate, waterService } from '../billing/sample-facts';
import { correctFacts, type ServiceCorrection } from './correct-facts';

const nothing: ServiceCorrection = {
  ...{ agreementId: 1, startValue: null, endValue: null, estimated: null, rateVersions: null },
};
const corrected = (known: Partial<ServiceCorrection>, facts = finalBillFacts()) =>
  correctFacts(facts, [{ ...nothing, ...known }]);
const segmentOf = (known: Partial<ServiceCorrection>) => corrected(known).services[0]?.segments[0];

describe('rule 20: the facts of a corrected final bill', () => {
  it('rule 20: are those that were billed where nothing is known better', () => {
    expect(corrected({})).toEqual(finalBillFacts());
    expect(correctFacts(finalBillFacts(), [])).toEqual(finalBillFacts());
  });

  it('rule 20: have the corrected final read, and the bill its usage', () => {
    const facts = corrected({ endValue: '104000' });
    expect(facts.services[0]?.segments).toMatchObject([{ startValue: '100000', endValue: '104000' }]);
    expect(priceFinalBill(facts).services[0]?.usage).toBe('4000');
  });

  it('rule 20: keep the text of a read that is the same value in other digits', () => {
    expect(corrected({ endValue: '106000.000' })).toEqual(finalBillFacts());
  });

  it('rule 4: have the read that the one before ended with as the begin', () => {
    expect(segmentOf({ startValue: '100500' })).toMatchObject({ startValue: '100500', endValue: '106000' });
  });

  it('rule 1: roll over where the corrected read is below the begin, and not where it no longer is', () => {
    expect(segmentOf({ startValue: '999000', endValue: '500' })).toMatchObject({ rollover: 'ACCEPTED' });
    const rolled = {
      ...waterService().segments[0]!,
      startValue: '999000',
      endValue: '500',
      rollover: 'ACCEPTED' as const,
    };
    const facts = finalBillFacts({ services: [waterService({ segments: [rolled] })] });
    expect(corrected({ endValue: '999500' }, facts).services[0]?.segments[0]).toMatchObject({ rollover: 'NONE' });
  });

  it('rule 2: correct the first and the last of several meters and leave those between', () => {
    const [first] = waterService().segments;
    const meters = ['M1', 'M2', 'M3'].map((meterSerial) => ({ ...first!, meterSerial }));
    const facts = finalBillFacts({ services: [waterService({ segments: meters })] });
    const [one, two, three] = corrected({ startValue: '100001', endValue: '105999' }, facts).services[0]!.segments;
    expect([one?.startValue, one?.endValue]).toEqual(['100001', '106000']);
    expect(two).toEqual(meters[1]);
    expect([three?.startValue, three?.endValue]).toEqual(['100000', '105999']);
  });

  it('rule 20: have other rates and a read that is no estimate any more, for the named service alone', () => {
    const refuse = unmeteredService({});
    const facts = finalBillFacts({ services: [waterService({ estimated: true }), refuse] });
    const rateVersions = [waterRate({ taxes: [] })];
    expect(corrected({ rateVersions, estimated: false }, facts).services).toEqual([
      waterService({ rateVersions, estimated: false }),
      refuse,
    ]);
  });
});
