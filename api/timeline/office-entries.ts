import type { caseEvents } from '../../db/reads/cases';
import type { Person } from '../../db/reads/people';
import type { MoneyRow } from '../../db/reads/timeline/money';
import type { NoticeRow } from '../../db/reads/timeline/notices';
import type { OrderRow } from '../../db/reads/timeline/orders';
import type { ReportRow } from '../../db/reads/timeline/reports';
import { formatCents } from '../../domain/money';
import { actorOf, type Entry } from './entry';
import { eventText, inWords } from './event-text';

// The incident itself says more.
const TOLD_ELSEWHERE = new Set(['INCIDENT_OPENED', 'INCIDENT_RESOLVED']);

/** What happened in the case. */
export const eventEntries = (rows: Awaited<ReturnType<typeof caseEvents>>): Entry[] =>
  rows
    .filter(({ kind }) => !TOLD_ELSEWHERE.has(kind))
    .map(({ seq, kind, fromStep, toStep, at, data, actor }) => ({
      ...{ at, kind: 'EVENT' as const, id: String(seq), text: eventText(kind, data), actor },
      data: { event: kind, fromStep, toStep },
      forPeople: data,
    }));

const ORDER: Record<string, string> = {
  'order.cut': 'was cut',
  'order.completed': 'was done',
  'order.unable': 'could not be done',
  'order.canceled': 'was canceled',
  'order.changed': 'was planned anew',
  'order.released': 'goes on after the case',
};

/** What became of the case's service orders. */
export const orderEntries = (rows: OrderRow[], caseId: string): Entry[] =>
  rows.map(({ seq, action, orderNumber, type, at, before, ...row }) => {
    const handedOver = before === caseId ? 'went on to another case' : 'came from another case';
    const became = action === 'order.handed-over' ? handedOver : (ORDER[action] ?? `changed: ${action}`);
    const data = { orderNumber, type, action: action.replace('order.', '').toUpperCase().replace('-', '_') };
    const text = `The service order ${orderNumber} (${inWords(type).toLowerCase()}) ${became}.`;
    return { at, kind: 'SERVICE_ORDER', id: String(seq), text, actor: actorOf(row), data };
  });

const REPORT_STATUS = { RECORDED: ', which the case has yet to take', APPLIED: '', VOID: ', which the case refused' };

/** What the field handed in. */
export const reportEntries = (rows: ReportRow[]): Entry[] =>
  rows.map(({ reportId, orderNumber, type, outcome, reads, reason, status, at, ...row }) => {
    const values = reads.map(({ meterId, value, readOn }) => `meter ${meterId} read ${value} on ${readOn}`);
    const done = values.length > 0 ? `done, ${values.join(', ')}` : 'done';
    const said = outcome === 'DONE' ? done : outcome === 'UNABLE' ? 'not possible' : 'not needed any more';
    return {
      ...{ at, kind: 'FIELD_REPORT' as const, id: String(reportId), actor: actorOf(row) },
      text: `${outcome === 'CANCELED' ? 'The office' : 'The field'} reported on the service order ${orderNumber}: ${said}${REPORT_STATUS[status]}.`,
      data: { reportId, orderNumber, type, outcome, reads, status },
      forPeople: { reason },
    };
  });

const MONEY: Record<string, string> = {
  FINAL_BILL: 'A final bill of',
  REGULAR_BILL: 'A bill of',
  DEPOSIT_INTEREST: 'Interest on the deposit of',
  DEPOSIT_APPLIED: 'A deposit was applied to what is owed:',
  CREDIT_OFFSET: 'A credit of one service was set against another:',
  PAYMENT: 'A payment of',
  REFUND: 'A refund of',
  DEPOSIT_RECEIVED: 'A deposit of',
  OPENING_BALANCE: 'A balance brought forward of',
  REVERSION_FEE: 'The landlord was charged for the reversion:',
  REVERSION_FEE_UNDONE: 'The charge for the reversion was taken back:',
};

/** The money that the case moved. The amount is what changed hands: the debits, or of a bill what is owed by it. */
export const moneyEntries = (rows: MoneyRow[]): Entry[] =>
  rows.map(({ entryId, kind, entryOn, at, lines, ...row }) => {
    const owed = lines.find(({ ledgerAccount }) => ledgerAccount === 'RECEIVABLE')?.amountCents ?? 0;
    const debits = lines.reduce((sum, { amountCents }) => sum + Math.max(0, amountCents), 0);
    const amountCents = kind.endsWith('_BILL') ? owed : debits;
    const what = `${MONEY[kind] ?? `${inWords(kind)} of`} ${formatCents(amountCents)}`;
    return {
      ...{ at, kind: 'MONEY' as const, id: String(entryId), actor: actorOf(row) },
      text: what.includes(':') ? `${what}.` : `${what} was posted.`,
      data: { entryId, entry: kind, entryOn, amountCents, lines },
    };
  });

const NOTICE_STATUS = { QUEUED: 'is to be sent', SENT: 'was sent', CANCELED: 'was canceled before it was sent' };

/** The letters to the customer. */
export const noticeEntries = (rows: NoticeRow[], system: Person): Entry[] =>
  rows.map(({ noticeId, kind, status, at }) => ({
    ...{ at, kind: 'NOTICE' as const, id: String(noticeId), actor: system },
    text: `A notice (${inWords(kind).toLowerCase()}) ${NOTICE_STATUS[status]}.`,
    data: { noticeId, notice: kind, status },
  }));
