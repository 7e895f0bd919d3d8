import { z } from 'zod';
import { APPROVAL_REASONS } from '../../domain/settings';
import {
  byInstant,
  idText,
  instant,
  isWellFormed,
  jsonObject,
  listOf,
  listQuery,
  mailAddressShown,
  person,
} from './common';
import { locationNote } from './location-notes';
import { likelyDuplicate, oldDebts } from './master-contacts';
import { copied, depositProposal, nullable, splitShown } from './onboarding';

export const draftParams = z.strictObject({ draftId: idText(40) });
export const newDraftBody = z
  .strictObject({
    copyFrom: nullable(z.strictObject({ customerNumber: idText(20), locationNumber: nullable(idText(20)) })),
    /** The class of a new place: a form from scratch begins with its services. */
    classCode: nullable(idText(16)),
  })
  .openapi('NewDraft');
/** Anything may stand in a half-filled form that can be stored. */
const draftContent = jsonObject.refine((content) => canBeStored(content), 'Only printable characters');
export const draftBody = z.strictObject({ content: draftContent }).openapi('DraftContent');

function canBeStored(value: unknown): boolean {
  if (typeof value === 'string') return isWellFormed(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, inner]) => isWellFormed(key) && canBeStored(inner));
}

/** One thing about a form that is being filled: an ERROR stands against saving it, a WARNING does not. */
const formProblem = z
  .strictObject({
    pointer: z.string(),
    code: z.string(),
    message: z.string(),
    severity: z.enum(['ERROR', 'WARNING']),
    /** The account or case that it is about, and what is offered: MOVE_OUT of whoever is there. */
    details: z.record(z.string(), z.string()).optional(),
  })
  .openapi('FormProblem');

/** What the office works out for the clerk while the form is filled (domain.md row S1). */
const computed = z
  .strictObject({
    /** The number that the next customer gets, unless somebody is faster. */
    nextNumber: z.string().nullable(),
    /** The name in its parts, as Save would keep it. */
    name: splitShown.nullable(),
    /** Where mail of today would go; null: to the service address. */
    mailsTo: mailAddressShown.nullable(),
    /** What copying brings beside the form itself. */
    copied: copied.omit({ form: true, deposits: true }).nullable(),
    /** What a new service address of this class gets. */
    defaultServices: z.array(z.strictObject({ serviceCode: z.string(), rateCode: z.string() })),
    duplicates: z.array(likelyDuplicate),
    deposits: z.array(depositProposal),
    oldDebts,
    approvalReasons: z.array(z.enum(APPROVAL_REASONS)),
    /** What whoever goes to the place has to know. */
    alerts: z.array(locationNote),
  })
  .openapi('ComputedParts');

/** A form on its way, with all that stands against saving it; of one that is saved, its case says the rest. */
export const draftShown = z
  .strictObject({
    draftId: z.string(),
    kind: z.string(),
    status: z.enum(['OPEN', 'SAVED', 'DISCARDED']),
    caseId: z.string().nullable(),
    content: jsonObject,
    problems: z.array(formProblem),
    computed: computed.nullable(),
    createdBy: person,
    /** Who wrote in it last. */
    writtenBy: person,
    updatedAt: instant,
  })
  .openapi('Draft');

export const draftListQuery = listQuery(byInstant, { view: z.enum(['mine', 'all']).default('mine') });
export const draftList = listOf(
  z
    .strictObject({
      draftId: z.string(),
      customerName: z.string().nullable(),
      place: z.string().nullable(),
      startDate: z.string().nullable(),
      createdBy: person.nullable(),
      updatedAt: instant,
    })
    .openapi('DraftInList'),
);
