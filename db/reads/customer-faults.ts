import { checkAddress } from '../../domain/addresses/check-address';
import { refuseTypedNumber } from '../../domain/customer-number';
import { lineOf } from '../../domain/names/person-name';
import { isOrganizationLine } from '../../domain/names/split-line';
import type { FormFault } from '../../domain/refusal';
import type { Settings } from '../../domain/settings';
import type { Db } from '../create-db';
import { PHONE_FAULTS, readPhone } from '../phones';
import { splitNameOf, type NewCustomer } from '../records/customer-columns';
import { numberFormOf } from './next-number';

/**
 * Everything about a customer's part of a form, each with its field (domain.md rows S2 to S5, S11, S12); of a change,
 * only what it changes. Blockers: NUMBER_MISSING, NUMBER_CHECK_DIGIT, NUMBER_TAKEN, NAME_PART_TOO_LONG,
 * CUSTOMER_TYPE_UNKNOWN, CUSTOMER_TYPE_NOT_IN_USE, PHONE_NOT_POSSIBLE, ADDRESS_STATE, ADDRESS_ZIP,
 * ADDRESS_POSTAL_CODE. Warnings: PHONE_UNUSUAL, PHONE_TWICE, EMAIL_TWICE, NAME_LOOKS_LIKE_ORGANIZATION.
 */
export async function customerFaults(
  db: Db,
  settings: Settings,
  customer: Partial<NewCustomer>,
  pointer = '#/customer',
): Promise<FormFault[]> {
  const { number, name, typeCode, phones = [], emails = [], mailingAddress, alternateAddress } = customer;
  const home = settings.contacts;
  return [
    ...(number === undefined ? [] : await numberFaults(db, settings, number, `${pointer}/number`)),
    ...(name ? nameFaults(name, `${pointer}/name`) : []),
    ...(typeCode ? await typeFaults(db, typeCode, `${pointer}/typeCode`) : []),
    ...phoneFaults(phones, home, `${pointer}/phones`),
    ...twice(emails.map(({ value }) => value.toLowerCase())).map((i) =>
      warning('EMAIL_TWICE', 'The e-mail address is there twice', `${pointer}/emails/${i}/value`),
    ),
    ...(mailingAddress ? addressFaults(mailingAddress, home, `${pointer}/mailingAddress`) : []),
    ...(alternateAddress ? addressFaults(alternateAddress, home, `${pointer}/alternateAddress`) : []),
  ];
}

/** Those that stand against saving. */
export const blockersIn = (faults: FormFault[]): FormFault[] => faults.filter(({ severity }) => severity === 'ERROR');

const fault =
  (severity: FormFault['severity']) =>
  (code: string, message: string, pointer: string): FormFault => ({ code, message, pointer, severity });
const blocker = fault('ERROR');
const warning = fault('WARNING');

async function numberFaults(db: Db, settings: Settings, number: string | null, pointer: string): Promise<FormFault[]> {
  if (number === null) {
    if (settings.customerNumbers.autoIncrement) return [];
    return [blocker('NUMBER_MISSING', 'The office gives out no numbers by itself: type one', pointer)];
  }
  const wrong = refuseTypedNumber(numberFormOf(settings, 'customer'), number, pointer);
  if (wrong) return [blocker(wrong.code, wrong.message, pointer)];
  if ((await db.Customer.count({ where: { customerNumber: number } })) === 0) return [];
  return [blocker('NUMBER_TAKEN', `The number ${number} was given out already`, pointer)];
}

/** The columns that a line is split into: longer ones would be cut. */
const LONGEST = { prefix: 20, first: 80, middle: 80, last: 80, suffix: 20 };

function nameFaults(given: NewCustomer['name'], pointer: string): FormFault[] {
  const name = splitNameOf(given);
  if (name.kind === 'ORGANIZATION') return [];
  const faults: FormFault[] = [];
  const { second, ...first } = name;
  for (const [person, under] of [
    [first, ''],
    [second, '/second'],
  ] as const)
    for (const [part, longest] of Object.entries(LONGEST) as [keyof typeof LONGEST, number][]) {
      if ((person?.[part]?.length ?? 0) <= longest) continue;
      const at = 'line' in given ? `${pointer}/line` : `${pointer}${under}/${part}`;
      faults.push(blocker('NAME_PART_TOO_LONG', `The ${part} part of the name may have up to ${longest} letters`, at));
    }
  if (!('line' in given) && isOrganizationLine(lineOf(name))) {
    const message = 'This looks like the name of an organization; it is kept as a person';
    faults.push(warning('NAME_LOOKS_LIKE_ORGANIZATION', message, pointer));
  }
  return faults;
}

async function typeFaults(db: Db, code: string, pointer: string): Promise<FormFault[]> {
  const type = await db.CustomerType.findByPk(code, { raw: true });
  if (type?.code !== code) return [blocker('CUSTOMER_TYPE_UNKNOWN', 'There is no such customer type', pointer)];
  if (type.inUse) return [];
  return [blocker('CUSTOMER_TYPE_NOT_IN_USE', 'This customer type is no longer given to customers', pointer)];
}

/** What is wrong with each telephone number. */
export function phoneFaults(
  phones: readonly { value: string }[],
  home: Settings['contacts'],
  pointer: string,
): FormFault[] {
  const read = phones.map(({ value }) => readPhone(value, home));
  const faults = read.flatMap((phone, i) => {
    const at = `${pointer}/${i}/value`;
    if ('why' in phone) return [blocker('PHONE_NOT_POSSIBLE', `${PHONE_FAULTS[phone.why]} (${phone.why})`, at)];
    const message = 'No range of telephone numbers that is known has this one; it is kept';
    return phone.unusual ? [warning('PHONE_UNUSUAL', message, at)] : [];
  });
  const values = read.map((phone, i) => ('value' in phone ? phone.value : `${i}`));
  return [
    ...faults,
    ...twice(values).map((i) => warning('PHONE_TWICE', 'The telephone number is there twice', `${pointer}/${i}/value`)),
  ];
}

const twice = (values: string[]): number[] => values.flatMap((value, i) => (values.indexOf(value) < i ? [i] : []));

/** What is wrong with an address, each with its field. */
export const addressFaults = (
  address: Parameters<typeof checkAddress>[0],
  { country }: Settings['contacts'],
  pointer: string,
): FormFault[] =>
  checkAddress(address, country, pointer).faults.map(({ code, message, pointer: at = pointer }) =>
    blocker(code, message, at),
  );
