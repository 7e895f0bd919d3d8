import { billDocument } from '../../domain/documents/bill-document';
import type { BilledLine, BillFacts } from '../../domain/documents/bill-facts';
import { SAMPLE_BILL } from '../../domain/documents/sample-bill';
import { elementsOf, readPdf } from '../../tests/support/read-pdf';
import { billPdf } from './bill-pdf';

const made = (facts: BillFacts): Promise<Buffer> => billPdf(billDocument(facts), '2026-06-12');

/** A bill of so many services with so many lines each, every line with steps. */
function large(services: number, lines: number): BillFacts {
  const [water] = SAMPLE_BILL.lines as [BilledLine, ...BilledLine[]];
  const many = Array.from({ length: services }, (_, s) =>
    Array.from({ length: lines }, (__, l) => ({
      ...water,
      service: `SERVICE_${s + 1}`,
      name: `Charge ${s + 1}.${l + 1}`,
    })),
  );
  return { ...SAMPLE_BILL, lines: many.flat(), totalCents: 333 * services * lines };
}

describe('a bill as PDF', () => {
  it('is one sheet, front and back, whose text can be copied', async () => {
    const { pages, info } = readPdf(await made(SAMPLE_BILL));
    expect(pages).toHaveLength(2);
    expect(pages.map(({ size }) => size)).toEqual([
      [0, 0, 612, 792],
      [0, 0, 612, 792],
    ]);
    const [front = '', back = ''] = pages.map(({ text }) => text);
    for (const said of [
      'Amount due\n$20.54',
      'Due July 3, 2026',
      'Ms. Zoë Łukasik',
      'Nguyễn Văn An',
      'W-4471 1,000 4,500',
    ])
      expect(front).toContain(said);
    expect(front).toContain('Payment slip');
    expect(back.replaceAll('\n', ' ')).toContain('The last read less the first is the usage (rule 2; start 1000;');
    expect(info).toMatchObject({ Title: 'Final bill B0000012', Language: 'en-US' });
  });

  it('is the same bytes when it is made again', async () => {
    const [first, again] = [await made(SAMPLE_BILL), await made(structuredClone(SAMPLE_BILL))];
    expect(again.equals(first)).toBe(true);
    expect((await made({ ...SAMPLE_BILL, totalCents: 1857 })).equals(first)).toBe(false);
  });

  it('embeds each font that it uses', async () => {
    const fonts = readPdf(await made(SAMPLE_BILL)).pages.flatMap((page) => page.fonts);
    expect(fonts.length).toBeGreaterThan(1);
    expect(fonts.filter(({ embedded }) => !embedded)).toEqual([]);
    expect(new Set(fonts.map(({ name }) => name.replace(/^.*\+/, '')))).toEqual(
      new Set(['PublicSans-Regular', 'PublicSans-Bold']),
    );
  });

  it('is tagged for screen readers: headings, tables with heads, lists, and the graph in words', async () => {
    const { pages, marked } = readPdf(await made(SAMPLE_BILL));
    expect(marked).toMatchObject({ Marked: true });
    expect(pages.map(({ lang }) => lang)).toEqual(['en-US', 'en-US']);
    const [front, back] = pages.map(({ structure }) => elementsOf(structure));
    const roles = (elements: typeof front) => new Set(elements?.map(({ role }) => role));
    for (const role of ['H1', 'H2', 'Table', 'TR', 'TH', 'TD', 'Figure', 'P']) expect(roles(front)).toContain(role);
    for (const role of ['H1', 'H2', 'H3', 'L', 'LI', 'LBody']) expect(roles(back)).toContain(role);
    const graph = front?.find(({ role }) => role === 'Figure');
    expect(graph?.alt).toContain('Bar graph of water used in gal: to Jun 10, 2025 3,900;');
  });

  it('marks every page of a draft, and none of a posted bill', async () => {
    const draft = readPdf(await made({ ...SAMPLE_BILL, number: null, postedOn: null, dueOn: null }));
    expect(draft.pages.map(({ text }) => /^DRAFT$/m.test(text))).toEqual([true, true]);
    expect(JSON.stringify(readPdf(await made(SAMPLE_BILL)))).not.toContain('DRAFT');
  });

  it('loses no line of a bill that is too long for its sheet: the working goes on, and the front has the sums', async () => {
    const { pages } = readPdf(await made(large(12, 6)));
    expect(pages.length).toBeGreaterThan(2);
    const rest = pages
      .slice(1)
      .map(({ text }) => text)
      .join('\n');
    for (let s = 1; s <= 12; s++) for (let l = 1; l <= 6; l++) expect(rest).toContain(`Charge ${s}.${l}`);
    for (let s = 1; s <= 12; s++) expect(pages[0]?.text).toContain(`Service ${s} `);
    expect(pages[0]?.text).toContain('Total of this bill $239.76');
    expect(pages[0]?.text).toContain('Payment slip');
  });

  it('prints a mark for letters that its fonts do not have', async () => {
    const customer = { ...SAMPLE_BILL.customer, name: 'Mei 李' };
    expect(readPdf(await made({ ...SAMPLE_BILL, customer })).pages[0]?.text).toContain('Mei ?');
  });
});
