import type { CivilDate } from '../../domain/dates';
import { mailingAddressOn, type MailingAddresses } from '../../domain/mailing-address';
import type { AccountRole, AccountStatus, ContactKind } from '../../domain/states';
import type { Db } from '../create-db';
import type { Customer } from '../models/places';
import { pageOf, type Page, type PageRequest } from './page';
import { addressOf } from './people';
import { containing, select, selectOne } from './select';

/** One line of the customer list. */
export interface CustomerRow {
  customerNumber: string;
  kind: 'PERSON' | 'ORGANIZATION';
  displayName: string;
}

/** The customers, by name or number where q is given, in the order of their numbers. */
export async function listCustomers(db: Db, q: string | undefined, page: PageRequest): Promise<Page<CustomerRow>> {
  const rows = await select<CustomerRow & { id: number }>(
    db,
    `SELECT c.id id, c.customer_number customerNumber, c.kind kind, c.display_name displayName FROM customer c
     WHERE c.id > :after ${q ? 'AND (c.display_name LIKE :like OR c.customer_number = :q)' : ''}
     ORDER BY c.id LIMIT :limit`,
    { q, like: q && containing(q), after: page.after?.[0] ?? 0, limit: page.limit + 1 },
  );
  const { rows: kept, next } = pageOf(rows, page.limit, (row) => [row.id]);
  return { rows: kept.map(({ id: _id, ...row }) => row), next };
}

/** An address as it is stored, in parts. */
export interface AddressParts {
  line1: string;
  line2: string | null;
  city: string;
  state: string;
  postalCode: string;
}

/** One customer with every account, and where mail of today goes; or null. */
export async function findCustomer(db: Db, customerNumber: string, today: CivilDate) {
  const found = await db.Customer.findOne({ where: { customerNumber }, raw: true });
  if (!found) return null;
  const { kind, displayName, namePrefix, firstName, middleName, lastName, nameSuffix, organizationName } = found;
  const contacts = await db.CustomerContact.findAll({
    where: { customerId: found.id },
    order: ['position'],
    raw: true,
  });
  const contactsOf = (wanted: ContactKind) =>
    contacts.filter((each) => each.kind === wanted).map(({ value, purpose }) => ({ value, purpose }));
  const { permanent, alternate } = addressesOf(found);
  const accounts = await select<{
    accountNumber: string;
    role: AccountRole;
    status: AccountStatus;
    locationNumber: string;
    address: string;
    startOn: string;
    stopOn: string | null;
  }>(
    db,
    `SELECT a.account_number accountNumber, a.role, a.status, l.location_number locationNumber, ${addressOf('l')} address,
       a.start_on startOn, a.stop_on stopOn
     FROM account a JOIN location l ON l.id = a.location_id WHERE a.customer_id = :id ORDER BY a.start_on DESC, a.id DESC`,
    { id: found.id },
  );
  return {
    customerNumber: found.customerNumber,
    kind,
    displayName,
    typeCode: found.typeCode,
    ...{ namePrefix, firstName, middleName, lastName, nameSuffix, organizationName },
    phones: contactsOf('PHONE'),
    emails: contactsOf('EMAIL'),
    mailingAddress: permanent,
    alternateAddress: alternate,
    mailsTo: mailingAddressOn({ permanent, alternate }, today),
    accounts,
  };
}

/** A customer's mailing addresses: the permanent one, and the one of the season. */
export function addressesOf(row: Customer): MailingAddresses<AddressParts> {
  const { mailLine1, mailLine2, mailCity, mailState, mailPostalCode } = row;
  const { altLine1, altLine2, altCity, altState, altPostalCode, altSeasonStart, altSeasonEnd } = row;
  const alternate = addressParts(altLine1, altLine2, altCity, altState, altPostalCode);
  const season = altSeasonStart && altSeasonEnd && { seasonStart: altSeasonStart, seasonEnd: altSeasonEnd };
  return {
    permanent: addressParts(mailLine1, mailLine2, mailCity, mailState, mailPostalCode),
    alternate: alternate && season ? { ...alternate, ...season } : null,
  };
}

/** An address out of its columns, or null when there is none. */
export function addressParts(
  line1: string | null,
  line2: string | null,
  city: string | null,
  state: string | null,
  postalCode: string | null,
): AddressParts | null {
  return line1 === null ? null : { line1, line2, city: city ?? '', state: state ?? '', postalCode: postalCode ?? '' };
}

/** Id and numbers of an account, or null. */
export async function findAccountId(db: Db, accountNumber: string) {
  return selectOne<{ accountId: number; accountNumber: string; locationNumber: string }>(
    db,
    `SELECT a.id accountId, a.account_number accountNumber, l.location_number locationNumber
     FROM account a JOIN location l ON l.id = a.location_id WHERE a.account_number = :accountNumber`,
    { accountNumber },
  );
}
