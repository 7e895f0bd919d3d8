import { isCivilDate } from '../dates';
import { formatCents } from '../money';
import type { Step } from '../step';
import { billChart, type BillChart } from './bill-chart';
import type { BilledLine, BilledRead, BillFacts, Sender } from './bill-facts';
import { statementOf, type StatementRow } from './bill-statement';
import { addressLine, addressLines, grouped, inWords, longDay, shortDay } from './wording';

/** One amount of a bill with how it came about. */
export interface ExplainedLine {
  name: string;
  quantity: string | null;
  amount: string;
  steps: string[];
}

/** What one service, or the account itself, is charged. */
export interface ChargedService {
  title: string;
  lines: ExplainedLine[];
  subtotal: string;
}

/** What is torn off and sent with the money. */
export interface RemittanceSlip {
  payTo: string[];
  rows: [label: string, value: string][];
}

/** A final bill section by section, in words and figures as they are read: PDF and HTML both show exactly this. */
export interface BillDocument {
  title: string;
  lang: 'en-US';
  isDraft: boolean;
  sender: { name: string; lines: string[] };
  mailTo: string[];
  /** What a reader looks for first. */
  headline: { label: string; amount: string; when: string };
  facts: [label: string, value: string][];
  reads: { from: string; to: string; rows: [service: string, meter: string, from: string, to: string, used: string][] };
  charts: BillChart[];
  charges: ChargedService[];
  total: string;
  statement: StatementRow[];
  howToPay: string[];
  notes: string[];
  /** Null where there is nothing to pay. */
  slip: RemittanceSlip | null;
}

/** Sets out a final bill for its reader. The same facts give the same document, whoever makes it and whenever. */
export function billDocument(facts: BillFacts): BillDocument {
  const { number, revision, sender, customer, from, through, totalCents } = facts;
  const title = number ? `Final bill ${number}` : `Draft of a final bill, revision ${revision}`;
  return {
    ...{ title, lang: 'en-US', isDraft: number === null },
    sender: { name: sender.name, lines: senderLines(sender) },
    mailTo: [customer.name, ...addressLines(customer.address)],
    headline: headlineOf(facts),
    facts: factsOf(facts),
    reads: { from: shortDay(from), to: shortDay(through), rows: facts.reads.map(readRow) },
    charts: facts.history.map(billChart).filter((chart) => chart !== null),
    charges: chargesOf(facts.lines),
    total: formatCents(totalCents),
    statement: statementOf(facts),
    howToPay: howToPay(facts),
    notes: notesOf(facts),
    slip: slipOf(facts),
  };
}

function senderLines({ address, telephone, email }: Sender): string[] {
  return [addressLine(address), [telephone, email].filter((each) => each !== null).join(' · ')].filter(Boolean);
}

function headlineOf({ standing: { netCents }, dueOn }: BillFacts): BillDocument['headline'] {
  if (netCents < 0) {
    const when = dueOn ? 'We send it to you. Please do not pay.' : 'Refund, once the bill is posted';
    return { label: 'Refund to you', amount: formatCents(-netCents), when };
  }
  if (netCents === 0) return { label: 'Amount due', amount: formatCents(0), when: 'There is nothing to pay.' };
  const when = dueOn ? `Due ${longDay(dueOn)}` : 'Due date is set when the bill is posted';
  return { label: 'Amount due', amount: formatCents(netCents), when };
}

function factsOf({ number, postedOn, account, customer, from, through, replaces }: BillFacts): [string, string][] {
  const { cosigner } = customer;
  return [
    ['Bill', number ?? 'Draft'],
    ['Date', postedOn ? longDay(postedOn) : 'Not posted'],
    ['Account', account.number],
    ['Customer', `${customer.name} (${customer.number})`],
    ['Service at', `${addressLine(account.address)} (${account.location})`],
    ['For', `${longDay(from)} to ${longDay(through)}`],
    ...(cosigner ? [['Cosigner', cosigner] as [string, string]] : []),
    ...(replaces ? [['Replaces', `Bill ${replaces}, which is canceled`] as [string, string]] : []),
  ];
}

function readRow({ service, meter, previous, current, usage, unit, estimated }: BilledRead) {
  const used = `${grouped(usage)} ${unit ?? ''}`.trim();
  const to = grouped(current) + (estimated ? ' (est.)' : '');
  return [inWords(service), meter, grouped(previous), to, used] as [string, string, string, string, string];
}

function chargesOf(lines: BilledLine[]): ChargedService[] {
  const services = [...new Set(lines.map(({ service }) => service))];
  return services.map((service) => {
    const own = lines.filter((line) => line.service === service);
    const cents = own.reduce((sum, { amountCents }) => sum + amountCents, 0);
    const title = service === null ? 'Account' : inWords(service);
    return { title, lines: own.map(explained), subtotal: formatCents(cents) };
  });
}

const explained = ({ name, quantity, unit, amountCents, steps }: BilledLine): ExplainedLine => ({
  name,
  quantity: quantity === null ? null : `${grouped(quantity)} ${unit ?? ''}`.trim(),
  amount: formatCents(amountCents),
  steps: steps.map(stepText),
});

/** The working of one step: its sentence, the rule that it follows, and its figures. */
function stepText({ text, rule, values }: Step): string {
  return `${plain(text)} (${[rule, ...Object.entries(values).map(figure)].join('; ')})`;
}

/** A figure with its name; days and amounts as the rest of the bill has them. */
function figure([name, value]: [string, string]): string {
  const words = name.replaceAll(/([A-Z])/g, ' $1').toLowerCase();
  if (isCivilDate(value)) return `${words} ${shortDay(value)}`;
  if (!name.endsWith('Cents') && name !== 'cents') return `${words} ${plain(value)}`;
  const of = words.replace(/ ?cents$/, '') || 'amount';
  return /^-?\d+$/.test(value) ? `${of} ${formatCents(Number(value))}` : `${of} ${value} cents`;
}

/** Stored words are not for people: HALF_UP is half up. */
const plain = (text: string): string =>
  text.replaceAll(/\b[A-Z]+(?:_[A-Z]+)+\b/g, (word) => word.toLowerCase().replaceAll('_', ' '));

function howToPay({ standing: { netCents }, sender, account }: BillFacts): string[] {
  if (netCents < 0)
    return ['You need do nothing. The refund goes to the name and address on this bill; tell us if they change.'];
  if (netCents === 0) return ['You need do nothing.'];
  const { payOnline, address, telephone } = sender;
  return [
    `By mail: a check to ${sender.name} with the slip below, and account ${account.number} on it.`,
    ...(payOnline ? [`Online: ${payOnline}`] : []),
    `In person: ${addressLine(address)}`,
    ...(telephone ? [`Cannot pay by then? Call ${telephone} before the due date.`] : []),
  ];
}

function notesOf({ estimated, replaces, sender, customer }: BillFacts): string[] {
  const reach = [sender.telephone, sender.email].filter((each) => each !== null).join(' or ');
  return [
    ...(estimated ? ['A read of this bill was estimated. If the meter is read later, the bill may be corrected.'] : []),
    ...(replaces ? [`This bill takes the place of bill ${replaces}.`] : []),
    ...(customer.cosigner ? [`${customer.cosigner} shares the responsibility for this account and gets a copy.`] : []),
    `Service in your name has ended: this is your last bill. Questions${reach ? `: ${reach}` : '? Ask us'}.`,
  ];
}

function slipOf({
  standing: { netCents },
  sender,
  customer,
  account,
  number,
  dueOn,
}: BillFacts): RemittanceSlip | null {
  if (netCents <= 0) return null;
  return {
    payTo: [sender.name, ...addressLines(sender.address)],
    rows: [
      ['Account', account.number],
      ['Bill', number ?? 'Draft'],
      ['Customer', customer.name],
      ['Due', dueOn ? longDay(dueOn) : 'Not posted'],
      ['Amount due', formatCents(netCents)],
    ],
  };
}
