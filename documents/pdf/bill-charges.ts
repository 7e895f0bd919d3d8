import type { BillDocument, ChargedService } from '../../domain/documents/bill-document';
import { COLORS, type Paper, type TextStyle } from './paper';
import { rowHeight, tableRow, type Cell, type Column } from './table';

interface Row {
  cells: Cell[];
  /** Space above, and whether a rule parts it from what is before. */
  above: number;
  ruled?: boolean;
}

/** From the size that reads best to the smallest that does; then each service is one row, and its lines are on the back. */
const SIZES = [9, 8.4, 7.8, 7.2];

/** The charges by service and the statement of the account, as large as they fit between top and bottom. */
export function drawCharges(
  paper: Paper,
  bill: BillDocument,
  { x, width, top, bottom }: { x: number; width: number; top: number; bottom: number },
): void {
  const columns: Column[] = [
    { x, width: width - 140 },
    { x: x + width - 138, width: 72, align: 'right' },
    { x: x + width - 64, width: 64, align: 'right' },
  ];
  const ways = [
    ...SIZES.map((size) => ({ size, charges: chargeRows(bill) })),
    ...SIZES.map((size) => ({ size, charges: serviceRows(bill) })),
  ];
  const account: Column[] = [
    { x, width: width - 70 },
    { x: x + width - 64, width: 64, align: 'right' },
  ];
  const statement = statementRows(bill);
  const heightOf = (rows: Row[], of: Column[], size: number) =>
    rows.reduce((sum, { cells, above }) => sum + above + rowHeight(paper, of, cells, { size }), 0);
  const fits = ({ size, charges }: (typeof ways)[number]) =>
    heightOf(charges, columns, size) + heightOf(statement, account, size) + 44 <= bottom - top;
  const { size, charges } = ways.find(fits) ?? { size: 7.2, charges: serviceRows(bill) };
  const below = drawTable(paper, { heading: 'Charges', rows: charges, columns, top, style: { size } });
  drawTable(paper, { heading: 'Your account', rows: statement, columns: account, top: below + 10, style: { size } });
}

function drawTable(
  paper: Paper,
  table: { heading: string; rows: Row[]; columns: Column[]; top: number; style: TextStyle },
): number {
  const { heading, rows, columns, top, style } = table;
  const [{ x } = { x: 0 }] = columns;
  const width = columns.reduce((right, column) => Math.max(right, column.x + column.width), 0) - x;
  paper.leaf('H2', () => paper.text(heading, x, top, { size: 10, weight: 'bold', color: COLORS.accent }));
  let y = top + 14;
  paper.inside('Table', () => {
    for (const { cells, above, ruled } of rows) {
      y += above;
      if (ruled) paper.rule(x, y - 1.5, width);
      y = tableRow(paper, columns, cells, y, style);
    }
  });
  return y;
}

const bold = { weight: 'bold' } as const;

const totalRow = ({ total }: BillDocument): Row => ({
  cells: [{ text: 'Total of this bill', style: bold, heads: 'Row' }, { text: '' }, { text: total, style: bold }],
  ...{ above: 4, ruled: true },
});

const chargeRows = (bill: BillDocument): Row[] => [...bill.charges.flatMap(rowsOf), totalRow(bill)];

function rowsOf({ title, lines, subtotal }: ChargedService): Row[] {
  const head: Cell[] = [{ text: title, style: bold, heads: 'Row' }, { text: '' }, { text: subtotal, style: bold }];
  return [
    { cells: head, above: 3 },
    ...lines.map(({ name, quantity, amount }) => ({
      cells: [{ text: name, heads: 'Row' as const }, { text: quantity ?? '' }, { text: amount }],
      above: 0.5,
    })),
  ];
}

const serviceRows = (bill: BillDocument): Row[] => [
  ...bill.charges.map(({ title, subtotal }) => ({
    cells: [{ text: title, heads: 'Row' as const }, { text: 'see the back' }, { text: subtotal }],
    above: 0.5,
  })),
  totalRow(bill),
];

const statementRows = ({ statement }: BillDocument): Row[] =>
  statement.map(({ label, amount, isSum }) => {
    const style = isSum ? bold : {};
    return {
      cells: [
        { text: label, style, heads: 'Row' },
        { text: amount, style },
      ],
      ...{ above: isSum ? 4 : 0.5, ruled: isSum },
    };
  });
