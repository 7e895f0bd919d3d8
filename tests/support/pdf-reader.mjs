// A reader that has nothing to do with how the file was made: prints what it found in the PDF that comes on its input.
import { readFileSync } from 'node:fs';
import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';

const pdf = await getDocument({
  data: new Uint8Array(readFileSync(0)),
  verbosity: 0,
  disableFontFace: true,
  fontExtraProperties: true,
}).promise;
const pages = [];
for (let number = 1; number <= pdf.numPages; number++) {
  const page = await pdf.getPage(number);
  const { items, lang } = await page.getTextContent();
  const { fnArray, argsArray } = await page.getOperatorList();
  const names = new Set(argsArray.filter((_args, i) => fnArray[i] === OPS.setFont).map(([name]) => name));
  const fonts = [...names].map((name) => page.commonObjs.get(name));
  pages.push({
    text: items.map(({ str, hasEOL }) => str + (hasEOL ? '\n' : '')).join(''),
    lang,
    fonts: fonts.map(({ name, missingFile, data }) => ({ name, embedded: !missingFile && data?.length > 0 })),
    structure: await page.getStructTree(),
    size: page.view,
  });
}
const { info } = await pdf.getMetadata();
process.stdout.write(JSON.stringify({ pages, info, marked: await pdf.getMarkInfo() }));
await pdf.destroy();
