import type { StoredAddress } from '../../domain/addresses/check-address';
import type { CivilDate } from '../../domain/dates';
import { searchWords } from '../../domain/names/fold';
import { lineOf, type SecondName } from '../../domain/names/person-name';
import type { Settings } from '../../domain/settings';
import { mailingAddressOn, type MailingAddresses } from '../../domain/mailing-address';
import type { AccountRole, AccountStatus, ContactKind } from '../../domain/states';
import type { Db } from '../create-db';
import type { Customer } from '../models/places';
import { pageOf, type Page, type PageRequest } from './page';
import { addressOf } from './people';
import { cosignedBy } from './people/cosigners';
import { masterContactOf } from './people/master-contacts';
import { containing, select, selectOne, startingWith } from './select';
import { shownPhone } from '../phones';

/** One line of the customer list. */
export interface CustomerRow {
  customerNumber: string;
  kind: 'PERSON' | 'ORGANIZATION';
  displayName: string;
}

/**
 * The customers in the order of their numbers; where q is given, those whose name has each of its words in any part and
 * order, accents aside, or whose number, telephone number or e-mail address it is a part of.
 */
export async function listCustomers(db: Db, q: string | undefined, page: PageRequest): Promise<Page<CustomerRow>> {
  const { where, replacements } = searchOf(q);
  const rows = await select<CustomerRow & { id: number }>(
    db,
    `SELECT c.id id, c.customer_number customerNumber, c.kind kind, c.display_name displayName FROM customer c
     WHERE c.id > :after AND (${where}) ORDER BY c.id LIMIT :limit`,
    { ...replacements, after: page.after?.[0] ?? 0, limit: page.limit + 1 },
  );
  const { rows: kept, next } = pageOf(rows, page.limit, (row) => [row.id]);
  return { rows: kept.map(({ id: _id, ...row }) => row), next };
}

// Parts of words have no index: the customers after the cursor are looked through in order until the page is full.
function searchOf(q: string | undefined): { where: string; replacements: Record<string, string> } {
  if (!q) return { where: 'TRUE', replacements: {} };
  const words = searchWords(q);
  const replacements: Record<string, string> = { number: startingWith(q) };
  const ways = ['c.customer_number LIKE :number'];
  words.forEach((word, i) => (replacements[`word${i}`] = containing(word)));
  if (words.length > 0) ways.push(words.map((_, i) => `c.search_name LIKE :word${i}`).join(' AND '));
  const contact = (kind: ContactKind, is: string) =>
    `EXISTS (SELECT 1 FROM customer_contact k WHERE k.customer_id = c.id AND k.kind = '${kind}' AND ${is})`;
  const digits = q.replaceAll(/\D/g, '');
  if (digits.length >= LEAST_DIGITS && /^[\d\s()+./-]+$/.test(q)) {
    replacements.digits = containing(digits);
    // Numbers from before E.164 are kept as they were typed.
    ways.push(
      contact(
        'PHONE',
        "(k.value LIKE :digits OR (k.value NOT LIKE '+%' AND REGEXP_REPLACE(k.value, '[^0-9]', '') LIKE :digits))",
      ),
    );
  }
  if (q.includes('@') || (words.length === 1 && q.length >= LEAST_DIGITS)) {
    replacements.email = containing(q);
    ways.push(contact('EMAIL', 'k.value LIKE :email'));
  }
  return { where: ways.map((way) => `(${way})`).join(' OR '), replacements };
}

/** Fewer digits would find every number. */
const LEAST_DIGITS = 4;

/** One customer with every account, and where mail of a day goes; or null. */
export async function findCustomer(
  db: Db,
  customerNumber: string,
  { mailOn, home }: { mailOn: CivilDate; home: Settings['contacts'] },
) {
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
    ...{ second: secondOf(found), nameLine: nameLineOf(found), version: found.version, mailOn },
    phones: contactsOf('PHONE').map(({ value, purpose }) => ({ ...shownPhone(value, home), purpose })),
    emails: contactsOf('EMAIL'),
    mailingAddress: permanent,
    alternateAddress: alternate,
    mailsTo: mailingAddressOn({ permanent, alternate }, mailOn),
    masterContact: await masterContactOf(db, found.id),
    cosigns: await cosignedBy(db, found.id),
    accounts,
  };
}

/** The second person of a couple, or null. */
function secondOf(row: Customer): SecondName | null {
  const { secondNamePrefix: prefix, secondFirstName: first, secondMiddleName: middle, secondLastName: last } = row;
  const second = { prefix, first, middle, last, suffix: row.secondNameSuffix };
  return Object.values(second).some((part) => part !== null) ? second : null;
}

/** The name of a customer as an envelope has it. */
export function nameLineOf(row: Customer): string {
  if (row.kind === 'ORGANIZATION') return row.organizationName ?? row.displayName;
  const { namePrefix: prefix, firstName: first, middleName: middle, lastName: last, nameSuffix: suffix } = row;
  return lineOf({ prefix, first, middle, last: last ?? '', suffix, second: secondOf(row) }) || row.displayName;
}

/** A customer's mailing addresses: the permanent one, and the one of the season. */
export function addressesOf(row: Customer): MailingAddresses<StoredAddress> {
  const { mailLine1, mailLine2, mailCity, mailState, mailPostalCode } = row;
  const { altLine1, altLine2, altCity, altState, altPostalCode, altSeasonStart, altSeasonEnd } = row;
  const alternate = addressParts(altLine1, altLine2, altCity, altState, altPostalCode, row.altCountry);
  const season = altSeasonStart && altSeasonEnd && { seasonStart: altSeasonStart, seasonEnd: altSeasonEnd };
  return {
    permanent: addressParts(mailLine1, mailLine2, mailCity, mailState, mailPostalCode, row.mailCountry),
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
  country: string | null,
): StoredAddress | null {
  if (line1 === null) return null;
  return { line1, line2, city: city ?? '', state: state ?? '', postalCode: postalCode ?? '', country };
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
