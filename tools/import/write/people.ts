import { alternateColumns, contactRows, mailColumns, nameColumns } from '../../../db/records/customer-columns';
import { fresh } from '../check/check';
import type { Settings } from '../../../domain/settings';
import type { ValuesOf } from '../files';
import { addressIn } from '../rows/cells';
import { addAll, type Writing } from './writing';

/** Adds customers with the ways to reach them. */
export async function writeCustomers(w: Writing): Promise<void> {
  const { tx, c } = w;
  const rows = fresh(c, 'customers').map(({ values }) => values);
  const idOf = (number: string) => c.office.customers.get(number)?.id ?? 0;
  await addAll(
    w,
    tx.db.Customer,
    rows.map((values) => ({
      ...customerRow(values, c.settings.contacts),
      id: idOf(values.customerNumber),
      createdAt: tx.now,
    })),
  );
  await addAll(
    w,
    tx.db.CustomerContact,
    rows.flatMap(({ customerNumber, phones, emails }) =>
      [...contactRows('PHONE', phones, c.settings.contacts), ...contactRows('EMAIL', emails, c.settings.contacts)].map(
        (contact, i) => ({ ...contact, customerId: idOf(customerNumber), position: i + 1 }),
      ),
    ),
  );
}

function customerRow(values: ValuesOf<'customers'>, home: Settings['contacts']) {
  const { customerNumber, type, altSeasonStart: seasonStart, altSeasonEnd: seasonEnd } = values;
  const season = addressIn(values, 'alt');
  const alternate = season && seasonStart && seasonEnd ? { ...season, seasonStart, seasonEnd } : null;
  return {
    ...{ customerNumber, typeCode: type ?? null, ...nameColumns(nameIn(values)) },
    ...{ ...mailColumns(addressIn(values, 'mail'), home), ...alternateColumns(alternate, home) },
  };
}

function nameIn(values: ValuesOf<'customers'>) {
  const { organizationName: organization, namePrefix, firstName, middleName, lastName = '', nameSuffix } = values;
  if (organization !== undefined) return { organization };
  const [prefix, first, middle, suffix] = [namePrefix, firstName, middleName, nameSuffix].map((part) => part ?? null);
  return {
    prefix: prefix ?? null,
    first: first ?? null,
    middle: middle ?? null,
    last: lastName,
    suffix: suffix ?? null,
  };
}
