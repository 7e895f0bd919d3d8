import type { Db } from '../create-db';
import type { CustomerTypeTerms } from '../records/customer-types';
import { select } from './select';

/** A kind of customer as it is shown. */
export type CustomerTypeRow = { code: string } & CustomerTypeTerms;

/** All kinds of customers, by name; those that no new customer gets say so. */
export async function listCustomerTypes(db: Db): Promise<CustomerTypeRow[]> {
  const rows = await db.CustomerType.findAll({ order: ['name', 'code'], raw: true });
  return rows.map(shown);
}

/** One kind of customer with its version, or null. */
export async function findCustomerType(
  db: Db,
  code: string,
): Promise<{ row: CustomerTypeRow; version: number } | null> {
  const found = await db.CustomerType.findByPk(code, { raw: true });
  return found && { row: shown(found), version: found.version };
}

function shown({ code, name, rateClass, billCycle, depositPercent, ...flags }: CustomerTypeRow): CustomerTypeRow {
  return {
    ...{ code, name, rateClass, billCycle, depositPercent, penaltyExempt: Boolean(flags.penaltyExempt) },
    ...{ taxExempt: Boolean(flags.taxExempt), inUse: Boolean(flags.inUse) },
  };
}

/** A list of codes, by code. */
export const listCodes = (db: Db, list: 'rate_class' | 'bill_cycle'): Promise<{ code: string; name: string }[]> =>
  select(db, `SELECT code, name FROM ${list} ORDER BY code`);
