import { z } from 'zod';
import {
  anyDate,
  byId,
  cents,
  idText,
  instant,
  jsonObject,
  listOf,
  listQuery,
  mailAddressShown,
  person,
} from './common';
import { priceTerms } from './onboarding';
import { accountRole, accountStatus, agreementStatus, caseStatus, caseStep, caseType, stopReason } from './words';

export const accountParams = z.strictObject({ accountNumber: idText(20) });
export const billParams = z.strictObject({ billNumber: idText(20) });
export const ledgerQuery = listQuery(byId, {});

/** A customer in one line. */
const namedCustomer = z.strictObject({ customerNumber: z.string(), displayName: z.string() });

export const accountDetail = z
  .strictObject({
    accountNumber: z.string(),
    customer: namedCustomer,
    cosigner: namedCustomer.extend({ since: instant }).nullable(),
    location: z.strictObject({ locationNumber: z.string(), address: z.string() }),
    role: accountRole,
    status: accountStatus,
    startOn: anyDate,
    stopOn: anyDate.nullable(),
    vacateOn: anyDate.nullable(),
    stopReason: stopReason.nullable(),
    finalBillOn: anyDate.nullable(),
    billCycle: z.string().nullable(),
    ...{ taxExempt: z.boolean(), penaltyExempt: z.boolean() },
    forwardingAddress: mailAddressShown.nullable(),
    agreements: z.array(
      z.strictObject({
        agreementId: z.int(),
        serviceCode: z.string(),
        servicePointId: z.int(),
        rateCode: z.string(),
        quantity: z.string(),
        units: z.string(),
        priceTerms: priceTerms.nullable(),
        status: agreementStatus,
        startOn: anyDate,
        endOn: anyDate.nullable(),
        lastBilledThrough: anyDate.nullable(),
      }),
    ),
    deposits: z.array(
      z.strictObject({
        depositId: z.int(),
        serviceCode: z.string(),
        amountCents: cents,
        paidOn: anyDate,
        stoppedOn: anyDate.nullable(),
        heldCents: cents,
      }),
    ),
    askedDeposits: z.array(
      z.strictObject({
        serviceCode: z.string(),
        amountCents: cents,
        receivedCents: cents,
        status: z.enum(['REQUESTED', 'PAID', 'WAIVED', 'CANCELED']),
        waivedBecause: z.string().nullable(),
      }),
    ),
    depositsHeldCents: cents,
    balanceCents: cents,
    openCases: z.array(z.strictObject({ caseId: z.string(), type: caseType, status: caseStatus, step: caseStep })),
    bills: z.array(
      z.strictObject({
        billNumber: z.string(),
        kind: z.string(),
        status: z.string(),
        totalCents: cents,
        postedOn: anyDate,
        dueOn: anyDate,
      }),
    ),
  })
  .openapi('AccountDetail');

export const ledger = listOf(
  z
    .strictObject({
      entryId: z.int(),
      entryOn: anyDate,
      kind: z.string(),
      caseId: z.string().nullable(),
      createdAt: instant,
      receivableCents: cents,
      balanceCents: cents,
      postings: z.array(
        z.strictObject({ ledgerAccount: z.string(), serviceCode: z.string().nullable(), amountCents: cents }),
      ),
    })
    .openapi('LedgerEntry'),
);

const correction = z
  .strictObject({
    canceled: z.string(),
    replacement: z.string(),
    caseId: z.string(),
    reason: z.string(),
    differenceCents: cents,
    correctedOn: anyDate,
    requestedBy: person,
    approvedBy: person,
  })
  .openapi('BillCorrection');

export const billShown = z
  .strictObject({
    billNumber: z.string(),
    accountNumber: z.string(),
    kind: z.enum(['FINAL', 'REGULAR']),
    status: z.enum(['POSTED', 'CANCELED']),
    periodFrom: anyDate,
    periodThrough: anyDate,
    totalCents: cents,
    postedOn: anyDate,
    dueOn: anyDate,
    caseId: z.string().nullable(),
    revision: z.int().nullable(),
    approvedBy: person.nullable(),
    cosigner: namedCustomer.nullable(),
    /** The correction that made this bill, and the one that canceled it. */
    replaces: correction.nullable(),
    canceledBy: correction.nullable(),
    lines: z.array(
      z
        .strictObject({
          lineNo: z.int(),
          serviceCode: z.string().nullable(),
          kind: z.string(),
          code: z.string(),
          name: z.string(),
          quantity: z.string().nullable(),
          unit: z.string().nullable(),
          amountCents: cents,
          steps: z.array(z.unknown()),
        })
        .openapi('BillLine'),
    ),
  })
  .openapi('Bill');

export const finalBillDraft = z
  .strictObject({
    caseId: z.string(),
    accountNumber: z.string(),
    revision: z.int(),
    status: z.enum(['DRAFT', 'SENT_BACK', 'APPROVED', 'CANCELED']),
    periodFrom: anyDate,
    periodThrough: anyDate,
    totalCents: cents,
    estimated: z.boolean(),
    contentHash: z.string(),
    draftedBy: person,
    draftedAt: instant,
    content: jsonObject,
  })
  .openapi('FinalBillDraft');
