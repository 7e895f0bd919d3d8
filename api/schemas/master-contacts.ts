import { z } from 'zod';
import { DEBT_POLICIES, DEBT_RELATIONS } from '../../domain/debt/old-debts';
import { byId, cents, freeText, idText, instant, line, listOf, listQuery, person, searchText } from './common';
import { accountRole, accountStatus } from './words';

const contactId = z.coerce
  .number()
  .int()
  .min(1)
  .max(2 ** 31 - 1);
const contactIdGiven = z
  .int()
  .min(1)
  .max(2 ** 31 - 1);
const kind = z.enum(['PERSON', 'ORGANIZATION']);

/** The cosigner of an account: a customer, who may have no account of their own. */
export const cosignerBody = z.strictObject({ customerNumber: idText(20) }).openapi('SetCosigner');
const oldDebt = z
  .strictObject({
    accountNumber: z.string(),
    relation: z.enum(DEBT_RELATIONS),
    owedCents: cents,
    policy: z.enum(DEBT_POLICIES),
  })
  .openapi('OldDebt');
export const oldDebts = z.array(oldDebt);
export const oldDebtList = listOf(oldDebt);
export const cosignerShown = z
  .strictObject({
    accountNumber: z.string(),
    cosigner: z.strictObject({ customerNumber: z.string(), displayName: z.string(), since: instant }).nullable(),
    /** What the cosigner owes on accounts that have ended: a warning, the cosigner is set all the same. */
    oldDebts,
  })
  .openapi('Cosigner');

export const masterContactParams = z.strictObject({ masterContactId: contactId });
export const mergeParams = z.strictObject({ mergeId: contactId });
export const masterContactQuery = listQuery(byId, { q: searchText, merged: z.enum(['true']).optional() });
export const newMasterContact = z
  .strictObject({ customerNumbers: z.array(idText(20)).min(1).max(50), name: line(160).nullable().default(null) })
  .refine(({ customerNumbers }) => new Set(customerNumbers).size === customerNumbers.length, {
    message: 'Name each customer once',
    path: ['customerNumbers'],
  })
  .openapi('NewMasterContact');
export const renameBody = z.strictObject({ name: line(160) }).openapi('RenameMasterContact');
export const assignBody = z.strictObject({ masterContactId: contactIdGiven.nullable() }).openapi('AssignMasterContact');
export const mergeBody = z.strictObject({ into: contactIdGiven, reason: freeText(200) }).openapi('MergeMasterContact');
export const merged = z
  .strictObject({ mergeId: z.int(), customerNumbers: z.array(z.string()) })
  .openapi('MergedMasterContact');
export const mergeUndone = z
  .strictObject({ movedBack: z.array(z.string()), stayed: z.array(z.string()) })
  .openapi('MergeUndone');

const contactRow = z
  .strictObject({
    masterContactId: z.int(),
    kind,
    displayName: z.string(),
    mergedInto: z.int().nullable(),
    customers: z.int(),
  })
  .openapi('MasterContact');
export const masterContactList = listOf(contactRow);

export const masterContactDetail = contactRow
  .omit({ customers: true })
  .extend({
    customers: z.array(z.strictObject({ customerNumber: z.string(), displayName: z.string() })),
    records: z.array(
      z
        .strictObject({
          customerNumber: z.string(),
          relation: z.enum(['HOLDER', 'COSIGNER', 'LANDLORD']),
          accountNumber: z.string().nullable(),
          role: accountRole.nullable(),
          status: accountStatus.nullable(),
          locationNumber: z.string(),
          address: z.string(),
        })
        .openapi('RelatedRecord'),
    ),
    merges: z.array(
      z.strictObject({
        mergeId: z.int(),
        from: z.int(),
        into: z.int(),
        reason: z.string(),
        customerNumbers: z.array(z.string()),
        mergedBy: person.nullable(),
        mergedAt: instant,
        undoneAt: instant.nullable(),
      }),
    ),
  })
  .openapi('MasterContactDetail');

const reason = z.enum(['SAME_NAME', 'SIMILAR_NAME', 'SAME_PHONE', 'SAME_EMAIL', 'SAME_ADDRESS']);
const record = z.strictObject({
  customerNumber: z.string(),
  displayName: z.string(),
  masterContactId: z.int().nullable(),
});
/** A record that is likely of the same person or business: score from 0 to 100, and why. */
export const likelyDuplicate = record.extend({ score: z.int(), reasons: z.array(reason) }).openapi('LikelyDuplicate');
export const duplicatesQuery = listQuery(z.tuple([z.int().min(0), z.int().min(0)]), {
  customerNumber: idText(20).optional(),
});
export const duplicateList = listOf(
  z.strictObject({ one: record, other: record, score: z.int(), reasons: z.array(reason) }).openapi('DuplicatePair'),
);
