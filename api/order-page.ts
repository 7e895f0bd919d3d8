import { escaped } from '../documents/html/markup';
import type { FoundServiceOrder } from '../db/reads/service-orders';

/** An order with what stands on its page beside itself. */
export interface PrintedOrder extends FoundServiceOrder {
  utility: string;
  alerts: string[];
  dueOnClosedDay: boolean;
  printedOn: string;
}

const STYLE = `body{font:14px sans-serif;max-width:720px;margin:24px auto;color:#000}h1{font-size:20px;margin:0 0 4px}
table{border-collapse:collapse;width:100%;margin:12px 0}th,td{border:1px solid #000;padding:6px 8px;text-align:left;vertical-align:top}
th{width:30%}.alert{border:3px solid #000;padding:8px;font-weight:bold;margin:12px 0}.blank td{height:34px}pre{font:inherit;white-space:pre-wrap;margin:0}`;

/** The page of an order that the field takes along: what is to be done where, and lines to write the read on. */
export function orderPage(order: PrintedOrder): string {
  const { orderNumber, type, status, utility, alerts, meter, dueOn, dueOnClosedDay, assignee, printedOn } = order;
  const rows: [string, string][] = [
    ['Work', inWords(type)],
    ['Status', inWords(status)],
    ['Due', dueOnClosedDay ? `${dueOn} (the office is closed)` : dueOn],
    ['Assigned to', assignee?.displayName ?? 'Nobody yet'],
    ['Place', `${order.locationNumber}: ${order.address}`],
    ['Account', order.accountNumber],
    ['Service', order.serviceCode],
    ['Meter', meter ? `${meter.serial}, ${meter.dials} dials, ${meter.unit}` : 'None'],
    ['Last read', meter?.lastRead ? `${meter.lastRead.value} on ${meter.lastRead.readOn}` : 'None'],
    ['Notes', order.notes ?? ''],
    ...(order.unableReason ? ([['Could not be done before', order.unableReason]] as [string, string][]) : []),
  ];
  const told = rows.map(([name, text]) => `<tr><th>${name}</th><td><pre>${escaped(text)}</pre></td></tr>`);
  const asked = ['Read', 'Date', 'Remarks', 'Signature'].map(
    (name) => `<tr class="blank"><th>${name}</th><td></td></tr>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Service order ${escaped(orderNumber)}</title><style>${STYLE}</style></head>
<body><h1>Service order ${escaped(orderNumber)}</h1><p>${escaped(utility)}, printed on ${printedOn}</p>
${alerts.map((text) => `<div class="alert">Alert: ${escaped(text)}</div>`).join('\n')}
<table>${told.join('')}</table>
<table>${asked.join('')}</table>
</body></html>
`;
}

const inWords = (word: string): string => (word.charAt(0) + word.slice(1).toLowerCase()).replaceAll('_', ' ');
