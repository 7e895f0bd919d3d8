import { z } from 'zod';
import { anyDate, byId, civilDate, idText, instant, jsonObject, listOf, listQuery, person } from './common';

export const rateListQuery = listQuery(byId, {});
export const rateParams = z.strictObject({ rateCode: idText(24) });
export const rateVersionParams = rateParams.extend({ effectiveFrom: civilDate });

/** The draft that was seen: nothing else is published. */
export const publishBody = z
  .strictObject({ definitionHash: z.string().regex(/^[0-9a-f]{64}$/, 'Give the hash of the draft that you have seen') })
  .openapi('RatePublication');

const status = z.enum(['DRAFT', 'PUBLISHED']);

export const rateVersionShown = z
  .strictObject({
    effectiveFrom: anyDate,
    status,
    definitionHash: z.string(),
    draftedBy: person.nullable(),
    draftedAt: instant.nullable(),
    publishedBy: person.nullable(),
    publishedAt: instant.nullable(),
    definition: jsonObject,
  })
  .openapi('RateVersion');

const rate = z.strictObject({
  code: z.string(),
  serviceCode: z.string(),
  name: z.string(),
  classCode: z.string().nullable(),
  isDefault: z.boolean(),
});

export const rateShown = rate.extend({ versions: z.array(rateVersionShown) }).openapi('Rate');
export const rateList = listOf(
  rate.extend({ versions: z.array(z.strictObject({ effectiveFrom: anyDate, status })) }).openapi('RateRow'),
);
export const rateSchema = jsonObject.openapi({ description: 'JSON Schema of a version' });
