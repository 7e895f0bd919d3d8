import type { Schema } from '../api/client';

/** A postal address as it is typed. */
export interface TypedAddress {
  line1: string;
  line2: string | null;
  city: string;
  state: string;
  postalCode: string;
  country?: string | null;
}

/** The parts of a person's name. */
export interface TypedPerson {
  prefix: string | null;
  first: string | null;
  middle: string | null;
  last: string | null;
  suffix: string | null;
}

/** A name as it is typed: in one line, in its parts, or an organization's. */
export type TypedName = { line: string } | { organization: string } | (TypedPerson & { second?: TypedPerson | null });

/** A customer who is new to the office, as typed. */
export interface NewCustomer {
  number: string | null;
  name: TypedName;
  typeCode: string | null;
  phones: { value: string; purpose: string | null }[];
  emails: { value: string; purpose: string | null }[];
  mailingAddress: TypedAddress | null;
  alternateAddress: (TypedAddress & { seasonStart: string; seasonEnd: string }) | null;
}

/** A new place, as typed. */
export interface NewPlace {
  number: string | null;
  address: TypedAddress;
  classCode: string | null;
}

/** Which of a place's points of a service. */
export interface AtPoint {
  serviceCode: string;
  position: number;
}

/** One billing service of the form. */
export interface ServiceLine extends AtPoint {
  rateCode: string;
  quantity: string;
  units: string;
  priceTerms?: Schema<'PriceTerms'>;
  frequency: string;
  connectDate: string | null;
}

interface TypedRead {
  value: string;
  readOn: string;
}

/** A meter to put in. */
export interface InstallLine extends AtPoint {
  action: 'INSTALL';
  serial: string;
  dials: number | string;
  multiplier: string;
  unit: string;
  beginRead: TypedRead | null;
}

/** A meter to take out. */
export interface RemoveLine extends AtPoint {
  action: 'REMOVE';
  serial: string;
  removalRead: TypedRead;
}

/** An order for the field. */
export interface OrderLine extends AtPoint {
  type: string;
  dueOn: string | null;
  notes: string | null;
  gating: boolean;
  assignee?: string | null;
}

/** A deposit that is asked for, or why it is not. */
export interface DepositLine {
  serviceCode: string;
  amountCents: number | string;
  waivedBecause: string | null;
}

/** What a landlord agrees for one service of the place. */
interface TermsLine {
  serviceCode: string;
  decision: string;
  rateCode: string;
}

/** The set-up form as it is typed: what is not a date, a sum or a number yet stands in it as text. */
export interface Content {
  customer: { existing: string } | NewCustomer;
  location: { existing: string } | NewPlace;
  role: string;
  copiedFrom: string | null;
  startDate: string;
  billCycle: string | null;
  taxExempt?: boolean | null;
  penaltyExempt?: boolean | null;
  services: ServiceLine[];
  meters: (InstallLine | RemoveLine)[];
  deposits: DepositLine[];
  serviceOrders: OrderLine[];
  movesFrom?: string | null;
  stopDate?: string | null;
  forceMoveOut?: boolean;
  landlordAgreement?: { lines: TermsLine[]; noticeBy: string } | null;
}

/** Whom a form begins with: nobody is known yet. */
export const NOBODY: NewCustomer = {
  ...{ number: null, name: { line: '' }, typeCode: null, phones: [], emails: [] },
  ...{ mailingAddress: null, alternateAddress: null },
};
/** An address of which nothing is typed yet. */
export const NO_ADDRESS: TypedAddress = { line1: '', line2: null, city: '', state: '', postalCode: '' };

/** The form of a draft. Whoever writes drafts through the API may leave parts out: they are empty here. */
export function contentOf(draft: Record<string, unknown>): Content {
  const given = draft as Partial<Content>;
  const customer = given.customer ?? NOBODY;
  const location = given.location ?? { number: null, address: NO_ADDRESS, classCode: null };
  return {
    ...{ role: 'TENANT', copiedFrom: null, startDate: '', billCycle: null },
    ...{ services: [], meters: [], deposits: [], serviceOrders: [] },
    ...given,
    customer: 'existing' in customer ? customer : { ...NOBODY, ...customer },
    location: 'existing' in location ? location : { ...location, address: { ...NO_ADDRESS, ...location.address } },
  };
}

const partsOf = (pointer: string): string[] =>
  pointer
    .replace(/^#\/?/, '')
    .split('/')
    .filter((part) => part !== '');

/** What stands at a place of the form (JSON pointer), or undefined. */
export function valueAt(content: unknown, pointer: string): unknown {
  return partsOf(pointer).reduce<unknown>(
    (at, part) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[part] : undefined),
    content,
  );
}

/** The form with another value at a place; nothing else of it changes. */
export function withValue(content: Content, pointer: string, value: unknown): Content {
  return changed(content, partsOf(pointer), value) as Content;
}

function changed(at: unknown, [part, ...rest]: string[], value: unknown): unknown {
  if (part === undefined) return value;
  if (Array.isArray(at))
    return (at as unknown[]).map((each, i) => (i === Number(part) ? changed(each, rest, value) : each));
  const object = (at ?? {}) as Record<string, unknown>;
  return { ...object, [part]: changed(object[part], rest, value) };
}

/** Whether two forms say the same, whatever the order of their fields; what is left out says nothing. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const [a, b] = [one as Record<string, unknown>, other as Record<string, unknown>];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => isSame(a[key], b[key]));
}

/** Whether two lines are about the same point of a place. */
export const isAt = (one: AtPoint, other: AtPoint): boolean =>
  one.serviceCode === other.serviceCode && one.position === other.position;

/** The form without a service, and without all that is of it alone. */
export function withoutService(content: Content, at: AtPoint): Content {
  const rest = <T extends AtPoint>(lines: T[]): T[] => lines.filter((line) => !isAt(line, at));
  const services = rest(content.services);
  const stays = services.some(({ serviceCode }) => serviceCode === at.serviceCode);
  return {
    ...{ ...content, services, meters: rest(content.meters), serviceOrders: rest(content.serviceOrders) },
    deposits: stays ? content.deposits : content.deposits.filter(({ serviceCode }) => serviceCode !== at.serviceCode),
  };
}

/** The form filled from another account, with whom and when as they were typed (domain.md row S6). */
export function withCopy(content: Content, copy: Content): Content {
  const { customer, startDate } = content;
  return { ...copy, customer, startDate };
}
