import { readFileSync } from 'node:fs';
import ranges from '@fontsource/public-sans/unicode.json';

/** The weights that paper uses. */
export type Weight = 'regular' | 'bold';

const WEIGHTS: Record<Weight, number> = { regular: 400, bold: 700 };

/** The files that a weight comes in, by the letters that each has; the first that has a letter draws it. */
const SUBSETS = ['latin', 'latin-ext', 'vietnamese'] as const;
type Subset = (typeof SUBSETS)[number];

/** The name under which a document knows a font file. */
export const fontName = (weight: Weight, subset: Subset): string => `${weight}-${subset}`;

/** Every font file with its name; read once, since each document is given all of them. */
export const FONT_FILES: { name: string; bytes: Buffer }[] = (Object.keys(WEIGHTS) as Weight[]).flatMap((weight) =>
  SUBSETS.map((subset) => ({
    name: fontName(weight, subset),
    bytes: readFileSync(
      require.resolve(`@fontsource/public-sans/files/public-sans-${subset}-${WEIGHTS[weight]}-normal.woff`),
    ),
  })),
);

const COVERED = SUBSETS.map((subset) => ({ subset, spans: spansOf(ranges[subset]) }));

/** What stands for a letter that no font of the paper has. */
const UNKNOWN = '?';

/** A text cut where another font file has to draw it. */
export function runsOf(text: string): { subset: Subset; text: string }[] {
  const runs: { subset: Subset; text: string }[] = [];
  for (const letter of text.normalize('NFC')) {
    const subset = subsetOf(letter);
    const last = runs.at(-1);
    if (last && (last.subset === subset || letter === ' ')) last.text += letter;
    else if (subset) runs.push({ subset, text: letter });
    else if (last) last.text += UNKNOWN;
    else runs.push({ subset: 'latin', text: UNKNOWN });
  }
  return runs;
}

function subsetOf(letter: string): Subset | undefined {
  const code = letter.codePointAt(0) ?? 0;
  return COVERED.find(({ spans }) => spans.some(([from, to]) => code >= from && code <= to))?.subset;
}

// 'U+0000-00FF,U+0131,…', as in CSS.
function spansOf(list: string): [from: number, to: number][] {
  return list.split(',').map((span) => {
    const [from = '', to = from] = span.replace('U+', '').split('-');
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
  });
}
