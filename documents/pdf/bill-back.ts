import type { BillDocument, ExplainedLine } from '../../domain/documents/bill-document';
import { drawChart } from './bill-chart';
import { COLORS, PAGE, type Paper } from './paper';

const TOP = 74;
const BOTTOM = PAGE.height - 50;
const GAP = 24;
const WIDTH = (PAGE.width - 2 * PAGE.margin - GAP) / 2;

/** The largest size at which the working still fits on one page is taken, else the last one and more pages. */
const SIZES = [9.4, 8.8, 8.2, 7.6] as const;
const stepStyle = (size: number) => ({ size, width: WIDTH - 16 });

/** Where the next piece goes: two columns a page, as many pages as the working needs. */
class Columns {
  private column = 0;
  y: number;

  constructor(
    private readonly paper: Paper,
    private top: number,
    private readonly begin: () => void,
  ) {
    this.y = top;
  }

  get x(): number {
    return PAGE.margin + this.column * (WIDTH + GAP);
  }

  /** Goes on in the next column, or on the next page, unless there is room for so much. */
  need(height: number): void {
    if (this.y + height <= BOTTOM) return;
    if (this.column === 0) this.column = 1;
    else {
      this.paper.page();
      this.begin();
      this.column = 0;
      this.top = TOP;
    }
    this.y = this.top;
  }
}

/** The back of a bill: how each amount came about, line by line. */
export function drawBack(
  paper: Paper,
  bill: BillDocument,
  { charts, begin }: { charts: BillDocument['charts']; begin: () => void },
): void {
  paper.page();
  begin();
  paper.leaf('H1', () =>
    paper.text('How your bill was worked out', PAGE.margin, 36, { size: 15, weight: 'bold', color: COLORS.accent }),
  );
  paper.leaf('P', () =>
    paper.text(`${bill.title}, ${bill.reads.from} to ${bill.reads.to}`, PAGE.margin, 57, {
      ...{ size: 8.5, color: COLORS.quiet },
    }),
  );
  const columns = new Columns(paper, TOP + 6, begin);
  const room = 2 * (BOTTOM - TOP - 6) - 98 * charts.length - 60;
  const size = SIZES.find((each) => heightOf(paper, bill, each) <= room) ?? SIZES.at(-1) ?? 7.6;
  for (const chart of charts) {
    columns.need(96);
    drawChart(paper, chart, { x: columns.x, y: columns.y, width: WIDTH, height: 90 });
    columns.y += 98;
  }
  for (const { title, lines, subtotal } of bill.charges) {
    columns.need(60);
    const { x, y } = columns;
    paper.rule(x, y, WIDTH, { color: COLORS.accent, thickness: 1 });
    paper.leaf('H2', () => {
      paper.text(title, x, y + 4, { size: 10, weight: 'bold', color: COLORS.accent });
      paper.text(subtotal, x, y + 4, { size: 10, weight: 'bold', color: COLORS.accent, width: WIDTH, align: 'right' });
    });
    columns.y += 20;
    for (const line of lines) drawLine(paper, columns, line, size);
    columns.y += 6;
  }
}

const wordsOf = ({ name, quantity }: ExplainedLine): string => (quantity ? `${name}, ${quantity}` : name);

/** How high the working is in one column. */
function heightOf(paper: Paper, { charges }: BillDocument, size: number): number {
  const lineHeight = (line: ExplainedLine) =>
    line.steps.reduce(
      (sum, step) => sum + paper.heightOf(step, stepStyle(size)) + 1.2,
      paper.heightOf(wordsOf(line), { size: size + 1, weight: 'bold', width: WIDTH - 66 }) + 5,
    );
  return charges.reduce((sum, { lines }) => lines.reduce((high, line) => high + lineHeight(line), sum + 26), 0);
}

function drawLine(paper: Paper, columns: Columns, line: ExplainedLine, size: number): void {
  const { amount, steps } = line;
  const [first = ''] = steps;
  const set = stepStyle(size);
  columns.need(14 + paper.heightOf(first, set));
  const { x, y } = columns;
  const words = wordsOf(line);
  const style = { size: size + 1, weight: 'bold' as const };
  let below = y;
  paper.leaf('H3', () => {
    below = paper.text(words, x, y, { ...style, width: WIDTH - 66 });
    paper.text(amount, x, y, { ...style, width: WIDTH, align: 'right' });
  });
  columns.y = below + 1;
  if (steps.length > 0)
    paper.inside('L', () => {
      steps.forEach((step, i) => {
        columns.need(paper.heightOf(step, set));
        const { x: left, y: top } = columns;
        paper.inside('LI', () => {
          paper.leaf('Lbl', () => paper.text(`${i + 1}.`, left, top, { size, color: COLORS.quiet }));
          paper.leaf('LBody', () => (columns.y = paper.text(step, left + 16, top, set) + 1.2));
        });
      });
    });
  columns.y += 4;
}
