import type { BillDocument } from '../../domain/documents/bill-document';
import { drawCharges } from './bill-charges';
import { drawChart, LEAST_CHART } from './bill-chart';
import { drawSlip, SLIP_TOP } from './bill-slip';
import { COLORS, PAGE, type Paper } from './paper';
import { tableRow, type Column } from './table';

const LEFT = PAGE.margin;
const RIGHT = PAGE.width - PAGE.margin;
const BODY_LEFT = { x: LEFT, width: 292 };
const BODY_RIGHT = { x: 352, width: RIGHT - 352 };

/** The front of a bill: who and where, what is due and when, reads, use, charges, and the slip. Returns what is left for the back. */
export function drawFront(paper: Paper, bill: BillDocument): { charts: BillDocument['charts'] } {
  drawHead(paper, bill);
  const top = drawFacts(paper, bill);
  paper.rule(LEFT, top, RIGHT - LEFT);
  const bottom = bill.slip ? SLIP_TOP - 14 : PAGE.height - PAGE.margin - 14;
  drawCharges(paper, bill, { ...BODY_LEFT, top: top + 10, bottom });
  const charts = drawSide(paper, bill, top + 10, bottom);
  if (bill.slip) drawSlip(paper, bill, bill.slip);
  return { charts };
}

function drawHead(paper: Paper, { sender, title, mailTo, headline, isDraft }: BillDocument): void {
  paper.leaf('P', () =>
    paper.text(sender.name, LEFT, 34, { size: 17, weight: 'bold', color: COLORS.accent, width: 330 }),
  );
  paper.leaf('P', () => {
    let y = 58;
    for (const line of sender.lines) y = paper.text(line, LEFT, y, { size: 8, color: COLORS.quiet });
  });
  const [first, second] = isDraft ? ['DRAFT', title] : ['FINAL BILL', title.replace('Final bill ', 'Bill ')];
  paper.leaf('H1', () => {
    const color = isDraft ? COLORS.draft : COLORS.ink;
    paper.text(first ?? '', RIGHT, 34, { size: 17, weight: 'bold', align: 'right', color });
    paper.text(second ?? '', RIGHT, 58, { size: 9, align: 'right', color: COLORS.quiet });
  });
  paper.rule(LEFT, 86, RIGHT - LEFT, { color: COLORS.accent, thickness: 1.6 });
  // Where the window of an envelope is.
  paper.leaf('P', () => {
    let y = 136;
    for (const line of mailTo) y = paper.text(line, 63, y, { size: 10.5, width: 250 });
  });
  const { x, width } = { x: 346, width: RIGHT - 346 };
  paper.box(x, 100, width, 100, COLORS.accentPale);
  paper.leaf('H2', () => {
    paper.text(headline.label, x + 14, 111, { size: 11, weight: 'bold', color: COLORS.accent });
    paper.text(headline.amount, x + 14, 127, { size: 32, weight: 'bold' });
    paper.text(headline.when, x + 14, 174, { size: 10.5, weight: 'bold', width: width - 24 });
  });
}

/** Two columns of labels and values; returns the y below them. */
function drawFacts(paper: Paper, { facts }: BillDocument): number {
  const half = Math.ceil(facts.length / 2);
  const sides = [facts.slice(0, half), facts.slice(half)];
  const ends = sides.map((side, i) => {
    const x = LEFT + i * 222;
    const columns: Column[] = [
      { x, width: 54 },
      { x: x + 56, width: i === 0 ? 156 : RIGHT - x - 56 },
    ];
    let y = 226;
    paper.inside('Table', () => {
      for (const [label, value] of side) {
        const cells = [{ text: label, style: { color: COLORS.quiet }, heads: 'Row' as const }, { text: value }];
        y = tableRow(paper, columns, cells, y, { size: 8.8 }) + 1.5;
      }
    });
    return y;
  });
  return Math.max(...ends) + 6;
}

/** Reads, graphs of use and how to pay; returns the graphs that the back must show. */
function drawSide(paper: Paper, bill: BillDocument, top: number, bottom: number): BillDocument['charts'] {
  const { x, width } = BODY_RIGHT;
  let y = drawReads(paper, bill, top);
  const small = { size: 8, width } as const;
  const about: [string, string[]][] = [
    ['How to pay', bill.howToPay],
    ['Good to know', bill.notes],
  ];
  const textsHeight = about.reduce(
    (sum, [, texts]) => sum + 14 + texts.reduce((high, text) => high + paper.heightOf(text, small) + 1, 0) + 5,
    0,
  );
  const free = bottom - y - textsHeight;
  const fitting = Math.min(bill.charts.length, Math.max(Math.floor(free / (LEAST_CHART + 6)), 0));
  const height = Math.min(104, free / Math.max(fitting, 1) - 6);
  for (const chart of bill.charts.slice(0, fitting)) {
    drawChart(paper, chart, { x, y, width, height });
    y += height + 6;
  }
  for (const [heading, texts] of about) {
    const at = y;
    paper.leaf('H2', () => paper.text(heading, x, at, { size: 10, weight: 'bold', color: COLORS.accent }));
    y += 14;
    for (const text of texts) {
      const from = y;
      paper.leaf('P', () => (y = paper.text(text, x, from, small) + 1));
    }
    y += 5;
  }
  return bill.charts.slice(fitting);
}

function drawReads(paper: Paper, { reads }: BillDocument, top: number): number {
  const { x, width } = BODY_RIGHT;
  if (reads.rows.length === 0) return top;
  paper.leaf('H2', () => paper.text('Meter reads', x, top, { size: 10, weight: 'bold', color: COLORS.accent }));
  const columns: Column[] = [
    { x, width: 84 },
    { x: x + 84, width: 40, align: 'right' },
    { x: x + 124, width: 48, align: 'right' },
    { x: x + 172, width: width - 172, align: 'right' },
  ];
  let y = top + 15;
  const style = { size: 7.8 };
  paper.inside('Table', () => {
    const head = ['Service, meter', 'Previous', 'Current', 'Used'];
    const cells = head.map((text) => ({ text, heads: 'Column' as const, style: { color: COLORS.quiet } }));
    y = tableRow(paper, columns, cells, y, style) + 1;
    for (const [service, meter, from, to, used] of reads.rows) {
      const cell = { text: `${service}, ${meter}`, heads: 'Row' as const };
      y = tableRow(paper, columns, [cell, { text: from }, { text: to }, { text: used }], y, style) + 1;
    }
  });
  return y + 9;
}
