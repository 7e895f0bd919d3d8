import { select } from '../../../db/reads/select';
import type { Db } from '../../../db/create-db';

/** Somebody who has left a place, or is there. */
export interface Occupant {
  customerNumber: string;
  customerName: string;
  accountNumber: string;
  locationNumber: string;
  line1: string;
}

const OCCUPANT = `SELECT c.customer_number customerNumber, c.display_name customerName, a.account_number accountNumber,
    l.location_number locationNumber, l.line1 line1
  FROM account a JOIN customer c ON c.id = a.customer_id JOIN location l ON l.id = a.location_id`;

/** Tenants who have left a place that nobody has since. */
export const goneTenants = (db: Db): Promise<Occupant[]> =>
  select<Occupant>(
    db,
    `${OCCUPANT} WHERE a.role = 'TENANT' AND a.status IN ('FINAL_BILLED', 'CLOSED')
       AND NOT EXISTS (SELECT 1 FROM account o WHERE o.location_id = l.id AND o.id <> a.id
         AND o.status NOT IN ('FINAL_BILLED', 'CLOSED', 'CANCELED'))
     ORDER BY a.id`,
  );

/** Tenants who are at their place. */
export const presentTenants = (db: Db): Promise<Occupant[]> =>
  select<Occupant>(db, `${OCCUPANT} WHERE a.role = 'TENANT' AND a.status = 'ACTIVE' ORDER BY a.id`);
