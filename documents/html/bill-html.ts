import type { BillChart } from '../../domain/documents/bill-chart';
import type { BillDocument, ChargedService } from '../../domain/documents/bill-document';
import { element, escaped, row, stacked } from './markup';
import { BILL_STYLE } from './bill-style';

/** A bill as a page: it stands alone, without scripts or anything to fetch, and says what the PDF says. */
export function billHtml(bill: BillDocument): string {
  const { title, lang, isDraft, sender, mailTo, headline, facts, charges, total, statement, howToPay, notes, slip } =
    bill;
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>${BILL_STYLE}</style>
</head>
<body${isDraft ? ' class="draft"' : ''}>
${isDraft ? '<p class="mark">DRAFT</p>' : ''}
<main>
<header>
<p class="sender">${escaped(sender.name)}</p>
<p class="quiet">${stacked(sender.lines)}</p>
${element('h1', title)}
</header>
<p>${stacked(mailTo)}</p>
<h2 class="due">${escaped(headline.label)} <strong>${escaped(headline.amount)}</strong> ${escaped(headline.when)}</h2>
<table class="facts">${facts.map((fact) => row(fact)).join('')}</table>
<h2>Charges</h2>
<table>${charges.map(chargeRows).join('')}${row(['Total of this bill', '', total], 'class="sum"')}</table>
<h2>Your account</h2>
<table>${statement.map(({ label, amount, isSum }) => row([label, amount], isSum ? 'class="sum"' : '')).join('')}</table>
${readsOf(bill)}
${bill.charts.map(chartOf).join('\n')}
<h2>How to pay</h2>
${paragraphs(howToPay)}
<h2>Good to know</h2>
${paragraphs(notes)}
${slip ? slipOf(slip.payTo, slip.rows) : ''}
<h2>How your bill was worked out</h2>
${charges.map(workingOf).join('\n')}
</main>
</body>
</html>
`;
}

const paragraphs = (texts: readonly string[]): string => texts.map((text) => element('p', text)).join('\n');

const chargeRows = ({ title, lines, subtotal }: ChargedService): string =>
  [
    row([title, '', subtotal], 'class="service"'),
    ...lines.map(({ name, quantity, amount }) => row([name, quantity ?? '', amount])),
  ].join('');

function readsOf({ reads: { from, to, rows } }: BillDocument): string {
  if (rows.length === 0) return '';
  const head = ['Service', 'Meter', 'Previous', 'Current', 'Used'].map((text) => element('th', text, 'scope="col"'));
  return `<h2>Meter reads, ${escaped(from)} to ${escaped(to)}</h2>
<table><thead><tr>${head.join('')}</tr></thead><tbody>${rows.map((cells) => row(cells)).join('')}</tbody></table>`;
}

const HEIGHT = 90;
const STEP = 34;

function chartOf({ title, alt, bars }: BillChart): string {
  const drawn = bars.map(({ label, quantity, share, estimated, isLast }, i) => {
    const height = Math.max(Math.round(share * HEIGHT), 1);
    const kind = estimated ? 'estimated' : isLast ? 'last' : 'bar';
    const middle = i * STEP + STEP / 2;
    const told =
      isLast || share === 1 ? `<text x="${middle}" y="${HEIGHT + 8 - height}">${escaped(quantity)}</text>` : '';
    return `<rect class="${kind}" x="${i * STEP + 6}" y="${HEIGHT + 12 - height}" width="${STEP - 12}" height="${height}"/>${told}<text x="${middle}" y="${HEIGHT + 26}">${escaped(label)}</text>`;
  });
  return `<figure><figcaption>${escaped(title)}</figcaption>
<svg role="img" aria-label="${escaped(alt)}" viewBox="0 0 ${bars.length * STEP} ${HEIGHT + 32}" width="${bars.length * STEP}">${drawn.join('')}</svg></figure>`;
}

const slipOf = (payTo: readonly string[], rows: readonly (readonly string[])[]): string => `<section class="slip">
<h2>Payment slip</h2>
<p>${stacked(payTo)}</p>
<table>${rows.map((cells) => row(cells)).join('')}</table>
</section>`;

const workingOf = ({ title, lines, subtotal }: ChargedService): string =>
  [
    element('h3', `${title}: ${subtotal}`),
    ...lines.map(
      ({ name, quantity, amount, steps }) =>
        `${element('h4', `${quantity ? `${name}, ${quantity}` : name}: ${amount}`)}<ol>${steps.map((step) => element('li', step)).join('')}</ol>`,
    ),
  ].join('\n');
