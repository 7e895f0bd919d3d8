import type { Readable } from 'node:stream';
import { csvInParts } from './csv';

interface Row {
  name: string;
  cents: number;
}
const inParts = (parts: AsyncIterable<Row[]>) => csvInParts<Row>('a.csv', ['name', 'cents'], parts);

async function* parts(...all: (Row[] | Error)[]) {
  for (const part of all) {
    await Promise.resolve();
    if (part instanceof Error) throw part;
    yield part;
  }
}

async function textOf(body: unknown): Promise<string> {
  let text = '';
  for await (const piece of body as Readable) text += String(piece);
  return text;
}

describe('a CSV file in parts', () => {
  it('has one header line, and no text that a spreadsheet runs; an amount stays a number', async () => {
    const { body, headers } = await inParts(parts([{ name: '=1', cents: -5 }], [{ name: 'b', cents: 6 }]));
    expect(await textOf(body)).toBe("name,cents\n'=1,-5\nb,6\n");
    expect(headers).toEqual({ 'Content-Disposition': 'attachment; filename="a.csv"' });
    expect(await textOf((await inParts(parts([]))).body)).toBe('name,cents\n');
  });

  it('is a problem when its first part cannot be read, and is cut off when a later one cannot', async () => {
    await expect(inParts(parts(new Error('no database')))).rejects.toThrow('no database');
    const { body } = await inParts(parts([{ name: 'a', cents: 1 }], new Error('gone')));
    await expect(textOf(body)).rejects.toThrow('gone');
  });
});
