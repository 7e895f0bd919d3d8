import { STATUS_CODES } from 'node:http';
import { ZodError } from 'zod';
import { isOutage, RefusedError } from '../db/errors';
import type { Refusal } from '../domain/refusal';
import { fieldFaults } from './field-faults';
import { LIMITS } from './limits';
import { TemporalUnavailable } from '../carry-out/ask-case';

/** An RFC 9457 problem. `errors` points at the fields at fault, `details` names records, never people. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  errors: { pointer: string; detail: string; code?: string }[];
  details?: Record<string, string>;
  requestId: string;
}

/** What an error is to the caller. */
export interface ProblemAnswer {
  status: number;
  body: Problem;
  headers: Record<string, string>;
}

/** The status of every code that is not 422, a business rule that the request breaks. */
const STATUS: Record<string, number> = {
  MALFORMED: 400,
  IDEMPOTENCY_KEY_MISSING: 400,
  NOT_SIGNED_IN: 401,
  SIGN_IN_FAILED: 401,
  ROLE: 403,
  OWN_WORK: 403,
  OVER_LIMIT: 403,
  CROSS_SITE: 403,
  NOT_IN_PRODUCTION: 403,
  NOT_FOUND: 404,
  ACCOUNT_UNKNOWN: 404,
  CASE_UNKNOWN: 404,
  NO_DOCUMENT: 404,
  ORDER_UNKNOWN: 404,
  ACCOUNT_CANCELED: 409,
  ACTION_FAILED: 409,
  ACCOUNT_NOT_ACTIVE: 409,
  ACCOUNT_NOT_OPEN: 409,
  ABSENCE_OVERLAPS: 409,
  ALREADY_DECIDED: 409,
  ASSIGNEE_CHANGED: 409,
  AMENDMENT_PENDING: 409,
  AMENDMENT_STALE: 409,
  AMOUNT_CHANGED: 409,
  BELOW_COLLECTIONS: 409,
  BILL_CANCELED: 409,
  CASE_ABORTED: 409,
  CLASS_HAS_RATES: 409,
  CASE_CLOSED: 409,
  CASE_OPEN: 409,
  CASE_REFUSED: 409,
  CASE_SAVING: 409,
  CHAIN_TAKEN: 409,
  CONTACT_ASSIGNED: 409,
  CORRECTION_STALE: 409,
  DRAFT_STALE: 409,
  CONTACT_MERGED: 409,
  COSIGNER_BOUND: 409,
  FINAL_BILL_IN_FORCE: 409,
  FIRST_APPROVAL_MISSING: 409,
  FORGED_COMMAND: 409,
  FORGED_DECISION: 409,
  HANDED_OVER: 409,
  LAST_ADMIN: 409,
  LANDLORD_TOOK_OVER: 409,
  LATER_AGREEMENT: 409,
  NO_AGREEMENT: 409,
  NO_CREDIT_HELD: 409,
  NO_INCIDENT: 409,
  NOTE_ENDED: 409,
  ALREADY_ENDED: 409,
  NOTHING_TO_DECLINE: 409,
  MORATORIUM: 409,
  NO_SHUT_OFF: 409,
  STILL_SERVED: 409,
  TENANT_COMES: 409,
  NOTHING_TO_TRANSFER: 409,
  NOT_AMENDABLE: 409,
  NOT_FINAL_BILLED: 409,
  NOT_SKIPPABLE: 409,
  MONEY_HELD: 409,
  NO_DEPOSIT_ASKED: 409,
  MERGED_ON: 409,
  MERGE_UNDONE: 409,
  METER_THERE: 409,
  METER_INSTALLED: 409,
  METER_HELD: 409,
  METER_IN_USE: 409,
  METER_NOT_INSTALLED: 409,
  SERIAL_TAKEN: 409,
  TERMS_NEED_SUPERVISOR: 403,
  WORK_ABORTED: 409,
  METER_NOT_THERE: 409,
  STOP_IS_SET: 409,
  STOPPED_LATER: 409,
  DRAFT_CHANGED: 409,
  RATE_DAYS_BILLED: 409,
  RATE_PUBLISHED: 409,
  RATE_VERSION_THERE: 409,
  READ_RECORDED: 409,
  TYPE_TAKEN: 409,
  CODE_TAKEN: 409,
  START_BEFORE_STOP: 409,
  OCCUPIED: 409,
  NOT_RESCHEDULABLE: 409,
  NEW_TENANT_SET_UP: 409,
  STOP_AHEAD: 409,
  TOO_MANY_REREADS: 409,
  TOO_MANY_MOVES: 409,
  SERVICE_MOVES: 409,
  LANDLORD_MOVES_OUT: 409,
  DELEGATED: 409,
  DRAFT_SAVED: 409,
  HOLIDAY_THERE: 409,
  NOT_DELEGATED: 409,
  NOT_YOURS: 409,
  NOT_CANCELABLE: 409,
  NOT_STOPPED: 409,
  NOT_STOPPING: 409,
  NUMBER_TAKEN: 409,
  ORDER_CLOSED: 409,
  ORDER_NEEDED: 409,
  POINT_HELD: 409,
  POSTED_BEFORE: 409,
  RECEIPT_USED: 409,
  REFUSED_BEFORE: 409,
  REPORT_UNKNOWN: 409,
  REVISION_CHANGED: 409,
  STALE_TASK: 409,
  TASK_CLAIMED: 409,
  TASK_CLOSED: 409,
  TOO_MANY_MESSAGES: 409,
  USERNAME_TAKEN: 409,
  NO_BALANCE_DUE: 409,
  NO_COLLECTIONS: 409,
  NO_UNCLAIMED: 409,
  WRITE_OFF_ASKED: 409,
  REFUND_NOT_ISSUED: 409,
  REFUND_NOT_SENT: 409,
  REFUND_SETTLED: 409,
  PAYMENT_REVERSED: 409,
  PRECONDITION_FAILED: 412,
  TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  PRECONDITION_REQUIRED: 428,
  TOO_MANY_REQUESTS: 429,
  INTERNAL: 500,
  NOT_READY: 503,
  UNAVAILABLE: 503,
};

/** The status that a refusal's code is answered with. */
export const statusOf = (code: string): number => (Object.hasOwn(STATUS, code) ? (STATUS[code] ?? 422) : 422);

/** The problem that an error is, without SQL, stack or names. */
export function problemOf(error: unknown, requestId: string): ProblemAnswer {
  const { code, detail, errors = [], details, headers = {} } = understood(error);
  const status = statusOf(code);
  const type = `urn:keyturn:problem:${code.toLowerCase().replaceAll('_', '-')}`;
  const title = STATUS_CODES[status] ?? 'Error';
  return {
    status,
    body: { type, title, status, detail, code, errors, ...(details && { details }), requestId },
    headers,
  };
}

interface Understood {
  code: string;
  detail: string;
  errors?: Problem['errors'];
  details?: Record<string, string>;
  headers?: Record<string, string>;
}

function understood(error: unknown): Understood {
  if (error instanceof RefusedError) return refusal(error);
  if (error instanceof ZodError)
    return { code: 'MALFORMED', detail: 'The request is not as it must be', errors: fieldFaults(error) };
  if (isOutage(error) || error instanceof TemporalUnavailable) {
    const headers = { 'Retry-After': String(LIMITS.retryAfterSeconds) };
    return {
      code: 'UNAVAILABLE',
      detail: 'The request was not taken. Send it again with the same Idempotency-Key',
      headers,
    };
  }
  return fromExpress(error) ?? { code: 'INTERNAL', detail: 'Something unexpected happened. Quote the requestId' };
}

function refusal({ refusal: { code, message, pointer }, details, places }: RefusedError): Understood {
  const { pointer: given, blockers, ...rest } = details;
  const at = pointer ?? given;
  // Everything that stands against a form, where it was all looked at.
  const all = blockers ? (JSON.parse(blockers) as Refusal[]) : [];
  const errors = all.map((each) => ({ pointer: each.pointer ?? '#', detail: each.message, code: each.code }));
  return {
    code,
    detail: message,
    errors: errors.length > 0 ? errors : at ? [{ pointer: at, detail: message }] : places,
    ...(Object.keys(rest).length > 0 && { details: rest }),
    ...(code === 'TOO_MANY_REQUESTS' && rest.retryAfter && { headers: { 'Retry-After': rest.retryAfter } }),
  };
}

// The body parser and the router name what they did not accept by a status.
function fromExpress(error: unknown): Understood | null {
  const { status, limit } = (error ?? {}) as { status?: unknown; limit?: number };
  if (status === 413) return { code: 'TOO_LARGE', detail: `This request may have up to ${limit} bytes` };
  if (status === 415) return { code: 'UNSUPPORTED_MEDIA_TYPE', detail: 'Send application/json in UTF-8' };
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return {
      code: 'MALFORMED',
      detail: 'The request cannot be read',
      errors: [{ pointer: '#', detail: 'This is not JSON' }],
    };
  }
  return null;
}
