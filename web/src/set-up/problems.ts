import { fieldId } from '../kit/problem-summary';
import { day } from '../kit/format';
import type { Draft } from './draft-desk';
import { valueAt, type Content } from './content';
import type { Tab } from './tabs';

/** One thing that is said of the form, by a pointer into it. */
export type FormProblem = Pick<Draft['problems'][number], 'pointer' | 'code' | 'message' | 'severity' | 'details'>;

const TAB_OF: Record<string, Tab> = {
  ...{ location: 'location', copiedFrom: 'location', services: 'services', forceMoveOut: 'services' },
  ...{ landlordAgreement: 'services', deposits: 'deposits', meters: 'meters', serviceOrders: 'orders' },
};

/** The tab on which a problem is mended. */
export function tabOf({ pointer, code }: Pick<FormProblem, 'pointer' | 'code'>): Tab {
  if (code === 'METER_MISSING') return 'meters';
  return TAB_OF[pointer.split('/')[1] ?? ''] ?? 'customer';
}

const ISO = /\b(\d{4}-\d{2}-\d{2})\b/g;
const ORDERS: Record<string, string> = { READ_IN: 'read-in', TURN_ON: 'turn-on', RECONNECT: 'reconnect' };

/** What is said of a problem, in the words of the console: dates and sums as people type them. */
export function saidOf({ pointer, code, message }: Pick<FormProblem, 'pointer' | 'code' | 'message'>): string {
  const isDate = /(startDate|stopDate|connectDate|dueOn|readOn)$/.test(pointer);
  const isMissing = code === 'REQUIRED' || code === 'TYPE' || code === 'FORMAT';
  if (isDate && isMissing) return `Give ${nameOf(pointer)} as a date, as in 03/27/2026`;
  if (pointer.endsWith('/amountCents') && code === 'TYPE') return 'Give the deposit as money, as in 150.00';
  if (code === 'REQUIRED') return `Give ${nameOf(pointer)}`;
  return message
    .replaceAll(ISO, (date) => day(date))
    .replaceAll(/\ba (READ_IN|TURN_ON|RECONNECT)\b/g, (_all, order: string) => `a ${ORDERS[order] ?? order}`);
}

const NAMES: Record<string, string> = {
  ...{ line: 'the name', organization: 'the name of the organization', first: 'the first name' },
  ...{ last: 'the last name', startDate: 'the start', stopDate: 'the stop', line1: 'the street address' },
  ...{ city: 'the city', state: 'the state', postalCode: 'the zip code', rateCode: 'the billing rate' },
  ...{ serial: "the meter's serial number", dials: 'the number of dials', multiplier: 'the multiplier' },
  ...{ unit: 'the unit of the meter', readOn: 'the day of the read', dueOn: 'the due date' },
  ...{ connectDate: 'the connect date', amountCents: 'the amount', existing: 'the number' },
  ...{ seasonStart: 'the first day of the season', seasonEnd: 'the last day of the season' },
};

function nameOf(pointer: string): string {
  const [last = '', list = ''] = pointer.split('/').reverse();
  if (last === 'value')
    return pointer.includes('ead/')
      ? 'the read'
      : pointer.includes('phones')
        ? 'the telephone number'
        : 'the e-mail address';
  return NAMES[last] ?? (Number.isNaN(Number(last)) ? 'this' : `what is in ${list}`);
}

/** What decides whether a problem is told yet. */
export interface Told {
  /** The clerk has tried to save: everything is told. */
  tried: boolean;
  /** The fields that were changed and left. */
  touched: ReadonlySet<string>;
  /** The field that is being typed in: it is not judged half-way. */
  active: string | null;
}

/** Whether a problem is told: what is still empty, and was never looked at, is not wrong yet. */
export function isTold(
  { pointer, severity }: FormProblem,
  content: Content,
  { tried, touched, active }: Told,
): boolean {
  if (tried || severity === 'WARNING') return true;
  if (pointer === active) return false;
  const value = valueAt(content, pointer);
  return touched.has(pointer) || !(value === undefined || value === null || value === '');
}

const ATTEMPTS = 20;

/** Takes whoever looks to the field at a pointer, or to the part of the form that holds it, once it is on the page. */
export function goToField(pointer: string, attempt = 0): void {
  const field = fieldOf(pointer);
  if (field) return focusOn(field);
  if (attempt < ATTEMPTS) window.setTimeout(() => goToField(pointer, attempt + 1), 30);
}

function fieldOf(pointer: string): HTMLElement | null {
  const id = fieldId(pointer);
  const inside = document.querySelector<HTMLElement>(`[id^="${id}-"]`);
  const own = document.getElementById(id) ?? inside;
  const parent = pointer.slice(0, pointer.lastIndexOf('/'));
  return own ?? (parent.length > 1 ? fieldOf(parent) : null);
}

function focusOn(field: HTMLElement): void {
  field.scrollIntoView({ block: 'center' });
  field.focus({ preventScroll: true });
}
