import PDFDocument from 'pdfkit';
import { FONT_FILES, fontName, runsOf, type Weight } from './fonts';

/** Letter, in points. */
export const PAGE = { width: 612, height: 792, margin: 40 } as const;

export const COLORS = {
  ink: '#1b1f24',
  quiet: '#57606a',
  accent: '#0b3d6b',
  accentPale: '#e8f0f8',
  bar: '#9dbcd8',
  line: '#c9d1d9',
  draft: '#c62828',
} as const;

/** How a text is set; without a width it is one line. */
export interface TextStyle {
  size: number;
  weight?: Weight;
  color?: string;
  align?: 'left' | 'right' | 'center';
  width?: number;
}

/** What an element of the structure says of itself: the words for a picture, the way a heading cell goes. */
export interface ElementOptions {
  alt?: string;
  scope?: 'Row' | 'Column';
  bbox?: [x1: number, y1: number, x2: number, y2: number];
}

const LEADING = 1.32;

/**
 * Paper to draw on: each mark is either content with its place in the structure that screen readers follow, or decoration
 * that they pass over. The same drawing gives the same bytes.
 */
export class Paper {
  private readonly doc: PDFKit.PDFDocument;
  private readonly open: PDFKit.PDFStructureElement[] = [];
  private readonly done: Promise<Buffer>;

  constructor({ title, lang, author, on }: { title: string; lang: string; author: string; on: string }) {
    // Of the day of the document, so that making it again changes no byte.
    const date = new Date(`${on}T12:00:00Z`);
    this.doc = new PDFDocument({
      ...{ size: 'LETTER', margin: 0, autoFirstPage: false, bufferPages: true },
      ...{ tagged: true, lang, displayTitle: true, pdfVersion: '1.7', subset: 'PDF/UA' },
      info: { Title: title, Author: author, Creator: 'Keyturn', CreationDate: date, ModDate: date },
    } as object);
    const parts: Buffer[] = [];
    this.done = new Promise((resolve, reject) => {
      this.doc.on('data', (part: Buffer) => parts.push(part));
      this.doc.on('end', () => resolve(Buffer.concat(parts)));
      this.doc.on('error', reject);
    });
    for (const { name, bytes } of FONT_FILES) this.doc.registerFont(name, bytes);
    const root = this.doc.struct('Document');
    this.doc.addStructure(root);
    this.open.push(root);
  }

  /** Begins the next page; returns how many there are. */
  page(): number {
    this.doc.addPage();
    return this.pageCount;
  }

  get pageCount(): number {
    return this.doc.bufferedPageRange().count;
  }

  /** Draws decoration on pages that are done, once it is known how many there are. */
  onPages(from: number, draw: (page: number) => void): void {
    for (let page = from; page <= this.pageCount; page++) {
      this.doc.switchToPage(page - 1);
      draw(page);
    }
  }

  /** An element of the structure that holds what `act` adds. */
  inside(type: string, act: () => void, options: ElementOptions = {}): void {
    const element = this.doc.struct(type, options);
    this.open.at(-1)?.add(element);
    this.open.push(element);
    act();
    this.open.pop();
    element.end();
  }

  /** An element that is drawn by `draw` and has nothing inside. */
  leaf(type: string, draw: () => void, options: ElementOptions = {}): void {
    this.inside(type, () => this.open.at(-1)?.add(draw), options);
  }

  /** What nobody reads aloud: rules, boxes, a watermark. */
  decoration(draw: (doc: PDFKit.PDFDocument) => void): void {
    this.doc.markContent('Artifact');
    draw(this.doc);
    this.doc.endMarkedContent();
  }

  /** A horizontal rule. */
  rule(x: number, y: number, width: number, { color = COLORS.line as string, thickness = 0.7, dash = 0 } = {}): void {
    this.decoration((doc) => {
      doc.lineWidth(thickness).strokeColor(color);
      if (dash) doc.dash(dash, { space: dash });
      doc
        .moveTo(x, y)
        .lineTo(x + width, y)
        .stroke();
      if (dash) doc.undash();
    });
  }

  /** A filled box. */
  box(x: number, y: number, width: number, height: number, color: string): void {
    this.decoration((doc) => doc.rect(x, y, width, height).fill(color));
  }

  /** The canvas itself, inside a leaf. */
  get canvas(): PDFKit.PDFDocument {
    return this.doc;
  }

  /** Sets a text with its top at y, wrapped where it has a width; returns the y below it. Inside a leaf or decoration. */
  text(text: string, x: number, y: number, style: TextStyle): number {
    const { size, weight = 'regular', color = COLORS.ink, align = 'left', width } = style;
    let top = y;
    for (const line of this.lines(text, style)) {
      const long = this.widthOf(line, style);
      const spare = (width ?? 0) - long;
      const shift = width === undefined && align === 'right' ? 0 - long : align === 'right' ? spare : spare / 2;
      let left = align === 'left' ? x : x + (width === undefined && align === 'center' ? 0 - long / 2 : shift);
      // A line ends in a space, so that what is copied or read aloud does not run into the next one.
      for (const run of runsOf(`${line} `)) {
        this.doc.font(fontName(weight, run.subset)).fontSize(size).fillColor(color);
        this.doc.text(run.text, left, top, { lineBreak: false });
        left += this.doc.widthOfString(run.text);
      }
      top += size * LEADING;
    }
    return top;
  }

  /** How high a text is as it would be set. */
  heightOf(text: string, style: TextStyle): number {
    return this.lines(text, style).length * style.size * LEADING;
  }

  widthOf(text: string, { size, weight = 'regular' }: TextStyle): number {
    return runsOf(text).reduce((sum, run) => {
      this.doc.font(fontName(weight, run.subset)).fontSize(size);
      return sum + this.doc.widthOfString(run.text);
    }, 0);
  }

  /** The whole document. */
  async end(): Promise<Buffer> {
    this.open[0]?.end();
    this.doc.end();
    return this.done;
  }

  private lines(text: string, style: TextStyle): string[] {
    const { width } = style;
    if (width === undefined) return [text];
    const lines: string[] = [];
    let line = '';
    for (const word of text.split(' ').flatMap((each) => this.broken(each, style, width))) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line !== '' && this.widthOf(longer, style) > width) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    return [...lines, line];
  }

  /** A word that is wider than its column, such as a long address, in pieces that fit. */
  private broken(word: string, style: TextStyle, width: number): string[] {
    if (this.widthOf(word, style) <= width) return [word];
    const pieces: string[] = [];
    let piece = '';
    for (const letter of word) {
      if (piece !== '' && this.widthOf(piece + letter, style) > width) {
        pieces.push(piece);
        piece = '';
      }
      piece += letter;
    }
    return [...pieces, piece];
  }
}
