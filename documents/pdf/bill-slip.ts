import type { BillDocument, RemittanceSlip } from '../../domain/documents/bill-document';
import { COLORS, PAGE, type Paper } from './paper';
import { tableRow, type Column } from './table';

/** Where the front is cut. */
export const SLIP_TOP = 622;

const LEFT = PAGE.margin;
const RIGHT = PAGE.width - PAGE.margin;

/** The part that goes back with the money, below a line to cut along. */
export function drawSlip(paper: Paper, { sender }: BillDocument, slip: RemittanceSlip): void {
  const cut = 'Cut here and send this part with your payment';
  const style = { size: 7.5, color: COLORS.quiet };
  const room = paper.widthOf(cut, style) + 12;
  const side = (PAGE.width - room) / 2;
  paper.rule(18, SLIP_TOP, side - 18, { dash: 3, color: COLORS.quiet });
  paper.rule(PAGE.width - side, SLIP_TOP, side - 18, { dash: 3, color: COLORS.quiet });
  paper.leaf('P', () => paper.text(cut, PAGE.width / 2, SLIP_TOP - 5, { ...style, align: 'center' }));
  paper.leaf('H2', () => {
    paper.text('Payment slip', LEFT, SLIP_TOP + 16, { size: 11, weight: 'bold', color: COLORS.accent });
  });
  paper.leaf('P', () => {
    paper.text(`Make your check out to ${sender.name} and mail it to:`, LEFT, SLIP_TOP + 36, style);
    let y = SLIP_TOP + 54;
    for (const line of slip.payTo) y = paper.text(line, 63, y, { size: 10.5 });
  });
  const x = 346;
  const columns: Column[] = [
    { x, width: 74 },
    { x: x + 76, width: RIGHT - x - 76, align: 'right' },
  ];
  let y = SLIP_TOP + 16;
  paper.inside('Table', () => {
    slip.rows.forEach(([label, value], i) => {
      const isAmount = i === slip.rows.length - 1;
      const set = isAmount ? { size: 13, weight: 'bold' as const } : { size: 9 };
      if (isAmount) y += 3;
      const cells = [{ text: label, heads: 'Row' as const, style: { size: isAmount ? 10 : 9 } }, { text: value }];
      y = tableRow(paper, columns, cells, y, set) + 1.5;
    });
  });
  const box = { x: RIGHT - 110, y: y + 6, width: 110, height: 24 };
  paper.leaf('P', () => paper.text('Amount enclosed', x, box.y + 7, { size: 10, weight: 'bold' }));
  paper.decoration((doc) =>
    doc.lineWidth(1).strokeColor(COLORS.ink).rect(box.x, box.y, box.width, box.height).stroke(),
  );
  paper.leaf('P', () => paper.text('$', box.x + 7, box.y + 6, { size: 10.5 }));
}
