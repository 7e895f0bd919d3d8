import type { BillDocument } from '../../domain/documents/bill-document';
import { drawBack } from './bill-back';
import { drawFront } from './bill-front';
import { COLORS, PAGE, Paper } from './paper';

/** A bill as PDF; `on` is the day that the file bears, so that the same bill is the same bytes whenever it is made. */
export async function billPdf(bill: BillDocument, on: string): Promise<Buffer> {
  const { title, lang, sender } = bill;
  const paper = new Paper({ title, lang, author: sender.name, on });
  drawBill(paper, bill);
  return paper.end();
}

/** Draws the pages of a bill on paper that may hold others. */
function drawBill(paper: Paper, bill: BillDocument): void {
  const begin = () => {
    if (bill.isDraft) watermark(paper);
  };
  const first = paper.page();
  paper.inside('Sect', () => {
    begin();
    const { charts } = drawFront(paper, bill);
    drawBack(paper, bill, { charts, begin });
  });
  const pages = paper.pageCount - first + 1;
  paper.onPages(first, (page) => {
    const text = `${bill.title} · Page ${page - first + 1} of ${pages}${page === first ? ' · How it was worked out is on the back' : ''}`;
    const style = { size: 7, color: COLORS.quiet, align: 'right' } as const;
    paper.decoration(() => paper.text(text, PAGE.width - PAGE.margin, PAGE.height - 26, style));
  });
}

/** Nobody takes a draft for a bill, also where a page lies alone. */
function watermark(paper: Paper): void {
  paper.decoration((doc) => {
    doc.save();
    doc.rotate(-52, { origin: [PAGE.width / 2, PAGE.height / 2] }).fillOpacity(0.13);
    paper.text('DRAFT', PAGE.width / 2, PAGE.height / 2 - 100, {
      ...{ size: 160, weight: 'bold', align: 'center', color: COLORS.draft },
    });
    doc.restore();
  });
}
