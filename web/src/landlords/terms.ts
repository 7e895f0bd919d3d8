import type { Schema } from '../api/client';
import { centsOf, words } from '../kit/format';
import { monthDayOf } from '../kit/mail';

type Line = Schema<'NewLandlordAgreement'>['lines'][number];

/** What a landlord agreement says of one service, as it is typed. */
export interface TypedLine {
  serviceCode: string;
  decision: Line['decision'];
  rateCode: string;
  seasonStart: string;
  seasonEnd: string;
  excluded: NonNullable<Line['stopReasonsExcluded']>;
  fee: string;
}

/** The terms of a landlord agreement, as they are typed. */
export interface TypedTerms {
  lines: TypedLine[];
  fee: string;
  noticeBy: NonNullable<Schema<'NewLandlordAgreement'>['noticeBy']>;
}

/** What a service does when its tenant leaves. */
export const DECISIONS: Record<Line['decision'], string> = {
  ALWAYS: 'Always to the landlord',
  ASK: 'Ask the landlord each time',
  NEVER: 'Never: shut it off',
};

const inDollars = (cents: number): string => (cents / 100).toFixed(2);

/** The terms of an agreement as it is. */
export const typedTerms = ({ lines, feeCents, noticeBy }: Schema<'LandlordAgreement'>): TypedTerms => ({
  fee: inDollars(feeCents),
  noticeBy,
  lines: lines.map((line) => ({
    serviceCode: line.serviceCode,
    decision: line.decision,
    rateCode: line.rateCode,
    seasonStart: line.seasonStart?.replace('-', '/') ?? '',
    seasonEnd: line.seasonEnd?.replace('-', '/') ?? '',
    excluded: line.stopReasonsExcluded as TypedLine['excluded'],
    fee: inDollars(line.feeCents),
  })),
});

/** Terms to begin with: these services, each asked for, at its default rate. */
export const newTerms = (
  serviceCodes: string[],
  services: Schema<'Service'>[],
  classCode: string | null,
): TypedTerms => ({
  fee: '0.00',
  noticeBy: 'MAIL',
  lines: serviceCodes.map((serviceCode) => {
    const service = services.find(({ code }) => code === serviceCode);
    const ofClass = service?.classDefaults.find((each) => each.classCode === classCode)?.rateCode;
    const rateCode =
      ofClass ?? service?.rates.find(({ isDefault }) => isDefault)?.code ?? service?.rates[0]?.code ?? '';
    return { serviceCode, decision: 'ASK', rateCode, seasonStart: '', seasonEnd: '', excluded: [], fee: '0.00' };
  }),
});

/** What the terms lack, for `check`. */
export function termFaults(at: string, { lines, fee }: TypedTerms): Record<string, string | false> {
  const faults: Record<string, string | false> = {
    [`${at}/feeCents`]: centsOf(fee) === null && 'Give the fee, for example 25.00',
  };
  lines.forEach((line, i) => {
    const of = ` of ${words(line.serviceCode).toLowerCase()}`;
    const seasonal = Boolean(line.seasonStart || line.seasonEnd);
    faults[`${at}/lines/${i}/rateCode`] = !line.rateCode && `Choose the rate${of}`;
    faults[`${at}/lines/${i}/seasonStart`] = seasonal && !monthDayOf(line.seasonStart) && `Give the first day${of}`;
    faults[`${at}/lines/${i}/seasonEnd`] = seasonal && !monthDayOf(line.seasonEnd) && `Give the last day${of}`;
    faults[`${at}/lines/${i}/feeCents`] = centsOf(line.fee) === null && `Give the fee${of}`;
  });
  return faults;
}

/** The terms for the API. */
export const termsBody = ({ lines, fee, noticeBy }: TypedTerms): Schema<'LandlordTerms'> => ({
  feeCents: centsOf(fee) ?? 0,
  noticeBy,
  lines: lines.map((line) => ({
    serviceCode: line.serviceCode,
    decision: line.decision,
    rateCode: line.rateCode,
    seasonStart: monthDayOf(line.seasonStart),
    seasonEnd: monthDayOf(line.seasonEnd),
    stopReasonsExcluded: line.excluded,
    feeCents: centsOf(line.fee) ?? 0,
  })),
});
