import { byQuery, type Invariant } from './invariant';

/** Who is responsible beside the holder, and whose records are whose. */
export const people: Invariant[] = [
  byQuery(
    'cosigner-is-another',
    'Nobody cosigns their own account',
    `SELECT a.account_number AS account FROM account_cosigner k JOIN account a ON a.id = k.account_id
     WHERE a.customer_id = k.customer_id`,
  ),
  byQuery(
    'merged-contact-empty',
    'A master contact that was merged has no customers, and its merge is on record',
    `SELECT m.id AS master_contact FROM master_contact m WHERE m.merged_into_id IS NOT NULL
       AND (EXISTS (SELECT 1 FROM customer c WHERE c.master_contact_id = m.id)
         OR NOT EXISTS (SELECT 1 FROM master_contact_merge g
           WHERE g.from_id = m.id AND g.into_id = m.merged_into_id AND g.undone_at IS NULL))`,
  ),
];
