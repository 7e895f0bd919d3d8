import { duplicateKeyOf, ensure, RefusedError } from '../errors';
import type { CustomerType } from '../models/places';
import type { Tx } from '../transaction';

/** What a kind of customer brings to an account unless its form says otherwise (domain.md row S4). */
export interface CustomerTypeTerms {
  name: string;
  rateClass: string | null;
  billCycle: string | null;
  /** How much of a service's deposit is asked for, in percent. */
  depositPercent: number;
  penaltyExempt: boolean;
  taxExempt: boolean;
  /** False: no new customer gets this type. */
  inUse: boolean;
}

/** What a kind of customer is let off, and what everybody else bears. */
const BORNE = { depositPercent: 100, penaltyExempt: false, taxExempt: false };

/** Whether who acts may let customers off; who may not would evade the approval of a deposit that is waived. */
interface Acting {
  mayLetOff: boolean;
}

function refuseLettingOff({ mayLetOff }: Acting, before: typeof BORNE, after: Partial<typeof BORNE>): void {
  const field = (Object.keys(BORNE) as (keyof typeof BORNE)[]).find(
    (each) => after[each] !== undefined && Number(after[each]) !== Number(before[each]),
  );
  if (field && !mayLetOff)
    refuse('ROLE', 'A supervisor or an administrator says what customers of a type are let off', `#/${field}`);
}

/**
 * Adds a kind of customer; it is in the list at once (domain.md row S4). Refused: ROLE, TYPE_TAKEN, RATE_CLASS_UNKNOWN,
 * BILL_CYCLE_UNKNOWN.
 */
export async function createCustomerType(
  tx: Tx,
  given: { code: string } & CustomerTypeTerms,
  acting: Acting,
): Promise<void> {
  const { code, ...terms } = given;
  refuseLettingOff(acting, BORNE, terms);
  const there = await tx.db.CustomerType.findByPk(code, { lock: true });
  ensure(!there, 'TYPE_TAKEN', 'This customer type is there already');
  await refuseUnknown(tx, terms);
  await tx.db.CustomerType.create({ ...given, createdAt: tx.now });
  tx.audit({ action: 'customerType.created', entity: 'customer_type', entityId: code, data: { ...terms } });
}

/**
 * Changes a kind of customer, for whoever gets it from now on: accounts keep what they began with. Refused: NOT_FOUND,
 * PRECONDITION_FAILED, ROLE, RATE_CLASS_UNKNOWN, BILL_CYCLE_UNKNOWN.
 */
export async function changeCustomerType(
  tx: Tx,
  code: string,
  ifMatch: string,
  patch: Partial<CustomerTypeTerms>,
  acting: Acting,
): Promise<CustomerType> {
  const type = await tx.db.CustomerType.findByPk(code, { lock: true });
  ensure(type, 'NOT_FOUND', 'There is no such customer type');
  ensure(ifMatch === `"${type.version}"`, 'PRECONDITION_FAILED', 'The customer type has changed since it was read');
  refuseLettingOff(acting, type, patch);
  await refuseUnknown(tx, patch);
  const names = Object.keys(patch) as (keyof CustomerTypeTerms)[];
  const before = Object.fromEntries(names.map((name) => [name, type[name]]));
  await type.update(patch);
  const data = { before, after: patch };
  tx.audit({ action: 'customerType.changed', entity: 'customer_type', entityId: code, data });
  return type;
}

async function refuseUnknown(tx: Tx, { rateClass, billCycle }: Partial<CustomerTypeTerms>): Promise<void> {
  if (rateClass && (await tx.db.RateClass.findByPk(rateClass))?.code !== rateClass)
    refuse('RATE_CLASS_UNKNOWN', `There is no class ${rateClass}`, '#/rateClass');
  if (billCycle && (await tx.db.BillCycle.findByPk(billCycle))?.code !== billCycle)
    refuse('BILL_CYCLE_UNKNOWN', `There is no bill cycle ${billCycle}`, '#/billCycle');
}

function refuse(code: string, message: string, pointer: string): never {
  throw new RefusedError({ code, message, pointer });
}

/** The lists of codes that the office keeps. */
export type CodeList = 'RateClass' | 'BillCycle';

/** Adds a code to a list. Refused: CODE_TAKEN. */
export async function addCode(tx: Tx, list: CodeList, { code, name }: { code: string; name: string }): Promise<void> {
  const taken = { code: 'CODE_TAKEN', message: 'This code is there already', pointer: '#/code' };
  try {
    await tx.db[list].create({ code, name, createdAt: tx.now });
  } catch (error) {
    if (duplicateKeyOf(error)) throw new RefusedError(taken);
    throw error;
  }
  const entity = list === 'RateClass' ? 'rate_class' : 'bill_cycle';
  tx.audit({ action: 'code.added', entity, entityId: code, data: { name } });
}
