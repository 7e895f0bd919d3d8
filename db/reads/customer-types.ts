import type { Db } from '../create-db';
import { select } from './select';

/** The kinds of customers, by name. */
export function listCustomerTypes(db: Db): Promise<{ code: string; name: string }[]> {
  return select(db, 'SELECT code, name FROM customer_type ORDER BY name, code');
}
