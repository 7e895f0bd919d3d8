import { listedName } from '../../../domain/names/split-name';
import { fresh } from '../check/check';
import type { ValuesOf } from '../files';
import { addAll, type Writing } from './writing';

/** Adds customers with the ways to reach them. */
export async function writeCustomers(w: Writing): Promise<void> {
  const { tx, c } = w;
  const rows = fresh(c, 'customers').map(({ values }) => values);
  const idOf = (number: string) => c.office.customers.get(number)?.id ?? 0;
  await addAll(
    w,
    tx.db.Customer,
    rows.map((values) => ({ ...customerRow(values), id: idOf(values.customerNumber), createdAt: tx.now })),
  );
  await addAll(
    w,
    tx.db.CustomerContact,
    rows.flatMap(({ customerNumber, phones, emails }) =>
      [
        ...phones.map((phone) => ({ ...phone, kind: 'PHONE' as const })),
        ...emails.map((email) => ({ ...email, kind: 'EMAIL' as const })),
      ].map((contact, i) => ({ ...contact, customerId: idOf(customerNumber), position: i + 1 })),
    ),
  );
}

function customerRow({ customerNumber, kind, type, phones: _, emails: _also, ...values }: ValuesOf<'customers'>) {
  const nothing = {
    ...{ organizationName: null, namePrefix: null, firstName: null, middleName: null, lastName: null },
    ...{ nameSuffix: null, mailLine1: null, mailLine2: null, mailCity: null, mailState: null, mailPostalCode: null },
    ...{ altLine1: null, altLine2: null, altCity: null, altState: null, altPostalCode: null },
    ...{ altSeasonStart: null, altSeasonEnd: null },
  };
  const displayName = displayNameOf(values).slice(0, 160);
  return { ...nothing, ...values, customerNumber, kind, displayName, typeCode: type ?? null };
}

/** How a customer is listed: by the last name, or as an organization. */
function displayNameOf(values: Partial<ValuesOf<'customers'>>): string {
  const { organizationName, firstName, middleName, lastName = '', nameSuffix } = values;
  const [first, middle, suffix] = [firstName ?? null, middleName ?? null, nameSuffix ?? null];
  return organizationName ?? listedName({ prefix: null, first, middle, last: lastName, suffix });
}
