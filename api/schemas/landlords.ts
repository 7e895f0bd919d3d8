import { z } from 'zod';
import type { LandlordTerms } from '../../domain/landlord/landlord-terms';
import { NOTICE_BY } from '../../domain/landlord/landlord-terms';
import { isCivilDate } from '../../domain/dates';
import { LIMITS } from '../limits';
import { anyDate, byId, cents, civilDate, idText, listOf, listQuery, searchText } from './common';
import { accountRole, accountStatus, caseStep, landlordDecision, stopReason } from './words';

export const landlordParams = z.strictObject({ customerNumber: idText(20) });
export const landlordListQuery = listQuery(byId, { q: searchText });
export const landlordQuery = listQuery(byId, {});

const monthDay = z
  .string()
  .refine((text) => isCivilDate(`2024-${text}`), 'Give a day of the year as MM-DD, as in 11-15')
  .openapi({ example: '11-15' });
const feeCents = z.int().min(0).max(999_999);
const noticeBy = z.enum(NOTICE_BY);
const stopReasonsExcluded = z.array(stopReason).max(4);

const termsShape = {
  lines: z
    .array(
      z.strictObject({
        serviceCode: idText(16),
        decision: landlordDecision,
        rateCode: idText(24),
        seasonStart: monthDay.nullable().default(null),
        seasonEnd: monthDay.nullable().default(null),
        stopReasonsExcluded: stopReasonsExcluded.default([]),
        feeCents: feeCents.default(0),
      }),
    )
    .min(1)
    .max(30),
  feeCents: feeCents.default(0),
  noticeBy: noticeBy.default('MAIL'),
};

/** What a landlord agrees for a place (domain.md row S16). */
export const landlordTerms = z.strictObject(termsShape).openapi('LandlordTerms') satisfies z.ZodType<LandlordTerms>;

export const landlordAgreementBody = z
  .strictObject({ customerNumber: idText(20), startOn: civilDate, ...termsShape })
  .openapi('NewLandlordAgreement');
export const endAgreementBody = z
  .strictObject({ endOn: civilDate, reason: z.enum(['SALE', 'OTHER']) })
  .openapi('EndLandlordAgreement');
export const saleBody = z
  .strictObject({
    soldOn: civilDate,
    buyerCustomerNumber: idText(20).nullable().default(null),
    newAgreement: landlordTerms.nullable().default(null),
  })
  .openapi('Sale');

const manyLocations = z.array(idText(20)).min(1).max(LIMITS.agreementsAtOnce);
export const agreementsBody = z
  .strictObject({ locations: manyLocations, startOn: civilDate, ...termsShape })
  .openapi('NewLandlordAgreements');
export const agreementsPatch = z
  .strictObject({
    locations: manyLocations.optional(),
    effectiveOn: civilDate,
    changes: z
      .strictObject({
        lines: z
          .array(
            z.strictObject({
              serviceCode: idText(16),
              decision: landlordDecision.optional(),
              rateCode: idText(24).optional(),
              season: z.strictObject({ start: monthDay, end: monthDay }).nullable().optional(),
              stopReasonsExcluded: stopReasonsExcluded.optional(),
              feeCents: feeCents.optional(),
            }),
          )
          .min(1)
          .max(30)
          .optional(),
        feeCents: feeCents.optional(),
        noticeBy: noticeBy.optional(),
      })
      .refine((changes) => Object.keys(changes).length > 0, 'Say what is to change'),
  })
  .openapi('ChangeLandlordAgreements');

/** A landlord agreement as it is shown; endOn is the first day on which it is not in force. */
export const agreementShown = z
  .strictObject({
    customerNumber: z.string(),
    customerName: z.string(),
    startOn: anyDate,
    endOn: anyDate.nullable(),
    endReason: z.enum(['SALE', 'REPLACED', 'CHANGED', 'OTHER']).nullable(),
    feeCents: cents,
    noticeBy,
    lines: z.array(
      z.strictObject({
        serviceCode: z.string(),
        decision: landlordDecision,
        rateCode: z.string(),
        seasonStart: z.string().nullable(),
        seasonEnd: z.string().nullable(),
        stopReasonsExcluded: z.array(z.string()),
        feeCents: cents,
      }),
    ),
  })
  .openapi('LandlordAgreement');

const landlordAccount = z
  .strictObject({
    accountNumber: z.string(),
    status: accountStatus,
    locationNumber: z.string(),
    address: z.string(),
    startOn: anyDate,
    stopOn: anyDate.nullable(),
    balanceCents: cents,
  })
  .openapi('LandlordAccount');

/** The landlords of a place: who is now, who is to be, who was; what the landlord who leaves still holds. */
export const placeLandlords = z
  .strictObject({
    locationNumber: z.string(),
    current: agreementShown.nullable(),
    agreements: z.array(agreementShown),
    /** Accounts of landlords at the place that hold a service or are about to. */
    landlordAccounts: z.array(
      z.strictObject({ accountNumber: z.string(), customerNumber: z.string(), status: accountStatus }),
    ),
  })
  .openapi('PlaceLandlords');

export const landlordList = listOf(
  z.strictObject({ customerNumber: z.string(), displayName: z.string(), locations: z.int() }).openapi('LandlordOfList'),
);

export const landlordDetail = z
  .strictObject({
    customerNumber: z.string(),
    displayName: z.string(),
    balanceCents: cents,
    accounts: z.array(landlordAccount),
    vacancies: z.array(
      z.strictObject({
        caseId: z.string(),
        step: caseStep,
        locationNumber: z.string(),
        address: z.string(),
        stopOn: anyDate.nullable(),
      }),
    ),
    locations: listOf(
      agreementShown
        .extend({
          locationNumber: z.string(),
          address: z.string(),
          occupants: z.array(
            z.strictObject({
              accountNumber: z.string(),
              customerNumber: z.string(),
              customerName: z.string(),
              role: accountRole,
            }),
          ),
        })
        .openapi('LandlordLocation'),
    ),
  })
  .openapi('LandlordDetail');

export const agreementsMade = z
  .strictObject({
    customerNumber: z.string(),
    startOn: anyDate,
    locations: z.array(z.strictObject({ locationNumber: z.string(), ended: z.boolean() })),
  })
  .openapi('LandlordAgreementsMade');
export const agreementsChanged = z
  .strictObject({
    customerNumber: z.string(),
    effectiveOn: anyDate,
    changed: z.array(z.string()),
    unchanged: z.array(z.string()),
  })
  .openapi('LandlordAgreementsChanged');
