import type { FieldWorkDone, StepInput } from '../contract/activities';
import { RefusedError } from '../db/errors';
import { parsedJson } from '../db/reads/select';
import { closeRequest, lockRequest, refuseRequest } from '../db/records/field-work-requests';
import { actingAs, type Tx } from '../db/transaction';
import type { Refusal } from '../domain/refusal';
import type { RequestKind } from '../domain/states';
import { changeServices } from './account-services';
import { inStep, type Deps } from './in-step';
import { exchangeMeter } from './meter-exchange';
import { takeBatch, takePaymentBack } from './payment-requests';
import type { RequestDone } from './request-done';
import { askWriteOff, fileUnclaimed, takeRefundResult } from './settlement-requests';
import { askSmallRefund, transfer } from './transfers';

const DO: Record<RequestKind, (tx: Tx, form: never, workId: string) => Promise<RequestDone>> = {
  METER_EXCHANGE: exchangeMeter,
  ACCOUNT_SERVICES: changeServices,
  TRANSFER: transfer,
  SMALL_REFUND: askSmallRefund,
  WRITE_OFF: askWriteOff,
  REFUND_RESULT: takeRefundResult,
  UNCLAIMED_FILE: fileUnclaimed,
  PAYMENT_REVERSAL: takePaymentBack,
  PAYMENT_BATCH: takeBatch,
};

/** The one step of a write of case records that somebody asked for outside a lifecycle. */
export function requestActivities(deps: Deps) {
  return {
    /**
     * Does all that was asked for, in the name of who asked, or nothing: what stands against it is kept with the request,
     * under the same key, after its transaction has rolled back. Refused: REQUEST_UNKNOWN.
     */
    carryOutRequest: async (input: StepInput): Promise<FieldWorkDone> => {
      try {
        return await inStep(deps, input, (system) => carryOut(system, input.caseId));
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        return inStep(deps, input, async (system): Promise<FieldWorkDone> => {
          const request = await lockRequest(system, input.caseId);
          const { blockers: _all, pointer: _at, ...details } = error.details;
          const errors = refusalsOf(error).map(({ code, message, pointer = '#' }) => ({
            pointer,
            code,
            detail: message,
          }));
          await refuseRequest(actingAs(system, request.createdBy), request, { errors, details });
          return { status: 'REFUSED', wakes: [], settlementCaseIds: [] };
        });
      }
    },
  };
}

async function carryOut(system: Tx, workId: string): Promise<FieldWorkDone> {
  const request = await lockRequest(system, workId);
  const tx = actingAs(system, request.createdBy);
  const done = await DO[request.kind](tx, parsedJson<never>(request.content), workId);
  const { result, wakes, settlementCaseIds = [], starts = [] } = done;
  await closeRequest(tx, request, result);
  return { status: 'APPLIED', wakes, settlementCaseIds, starts };
}

const refusalsOf = ({ refusal, details }: RefusedError): Refusal[] =>
  details.blockers
    ? (JSON.parse(details.blockers) as Refusal[])
    : [{ ...refusal, pointer: refusal.pointer ?? details.pointer }];
