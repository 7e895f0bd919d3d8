import { billDocument } from '../../domain/documents/bill-document';
import { SAMPLE_BILL } from '../../domain/documents/sample-bill';
import { readPdf } from '../../tests/support/read-pdf';
import { billPdf } from '../pdf/bill-pdf';
import { billHtml } from './bill-html';

const textOf = (html: string): string =>
  html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&amp;', '&');

describe('a bill as a page', () => {
  it('says what the PDF says: every amount and every step', async () => {
    const bill = billDocument(SAMPLE_BILL);
    const page = textOf(billHtml(bill));
    const paper = readPdf(await billPdf(bill, '2026-06-12'))
      .pages.map(({ text }) => text)
      .join('\n');
    const amounts = (text: string) => new Set(text.match(/-?\$[\d,]+\.\d\d/g));
    expect(amounts(page)).toEqual(amounts(paper));
    const flat = paper.replaceAll(/\s+/g, ' ');
    for (const step of bill.charges.flatMap(({ lines }) => lines.flatMap(({ steps }) => steps))) {
      expect(page).toContain(step);
      expect(flat).toContain(step);
    }
  });

  it('lets no name be markup', () => {
    const name = '<script>alert(1)</script> & "Sons"';
    const html = billHtml(billDocument({ ...SAMPLE_BILL, customer: { ...SAMPLE_BILL.customer, name } }));
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;Sons&quot;');
    expect(html).not.toContain('<script');
  });

  it('is marked as a draft', () => {
    const draft = billHtml(billDocument({ ...SAMPLE_BILL, number: null, postedOn: null, dueOn: null }));
    expect(textOf(draft)).toContain('DRAFT');
    expect(textOf(billHtml(billDocument(SAMPLE_BILL)))).not.toContain('DRAFT');
  });
});
