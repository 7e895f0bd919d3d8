import { civilNow } from '../../db/clock';
import { ensure } from '../../db/errors';
import { findCustomer } from '../../db/reads/customers';
import { readSettings } from '../../db/records/settings';
import type { CivilDate } from '../../domain/dates';
import type { ApiDeps } from '../deps';
import { ok, type Answer } from '../route';

/** One customer, with where mail of a day goes, today unless given; the version is the ETag. Refused: NOT_FOUND. */
export async function customerAnswer({ db }: ApiDeps, customerNumber: string, mailOn?: CivilDate): Promise<Answer> {
  const { clock, contacts } = await readSettings(db);
  const found = await findCustomer(db, customerNumber, { mailOn: mailOn ?? civilNow(clock), home: contacts });
  ensure(found, 'NOT_FOUND', 'There is no such customer');
  const { version, ...customer } = found;
  return ok(customer, { ETag: `"${version}"` });
}
