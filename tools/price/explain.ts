import type { Step } from '../../domain/step';
import type { PrintedBill } from './price-files';

const WIDTH = 60;

/** A priced bill as text for people: each line with its working below it. */
export function explain(bill: PrintedBill): string {
  const { from, through, days, estimated, lines } = bill;
  return [
    `${from} to ${through}, ${days} days${estimated ? ', estimated' : ''}`,
    '',
    ...lines.flatMap(({ serviceType, name, quantity, unit, amount, steps }) => [
      amountLine(
        `${serviceType ?? ''} ${name}${quantity === null ? '' : `, ${quantity} ${unit ?? ''}`}`.trim(),
        amount,
      ),
      ...steps.map(stepLine),
    ]),
    amountLine('TOTAL', bill.total),
    ...settlementLines(bill),
  ].join('\n');
}

const amountLine = (text: string, amount: string): string => `${text.padEnd(WIDTH)} ${amount.padStart(12)}`;

const stepLine = ({ rule, text, values }: Step): string => {
  const shown = Object.entries(values).map(([name, value]) => `${name} ${value}`);
  return `    ${rule}: ${text}${shown.length > 0 ? ` (${shown.join(', ')})` : ''}`;
};

/** What the account had before and paid, only where there is any. */
function settlementLines({ pastDue, payments, deposits, payable }: PrintedBill): string[] {
  if (pastDue === '0.00' && payments === '0.00' && deposits.length === 0) return [];
  return [
    ...(pastDue === '0.00' ? [] : [amountLine('Past due', pastDue)]),
    ...(payments === '0.00' ? [] : [amountLine('Payments', `-${payments}`)]),
    ...deposits.flatMap(({ amount, paidOn, interest, steps }) => [
      amountLine(`Deposit paid ${paidOn}`, `-${amount}`),
      amountLine('Interest on it', `-${interest}`),
      ...steps.map(stepLine),
    ]),
    amountLine('PAYABLE', payable),
  ];
}
