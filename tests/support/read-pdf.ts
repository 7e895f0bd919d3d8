import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** One element of the structure that a screen reader follows. */
export interface Element {
  role?: string;
  alt?: string;
  children?: Element[];
}

/** What an independent reader finds in a PDF. */
export interface ReadPdf {
  pages: {
    text: string;
    lang: string | null;
    fonts: { name: string; embedded: boolean }[];
    structure: Element | null;
    size: number[];
  }[];
  info: Record<string, unknown>;
  marked: { Marked?: boolean } | null;
}

/** Reads a PDF with pdf.js, in a process of its own: it is a module that this test runner does not load. */
export function readPdf(bytes: Buffer): ReadPdf {
  const reader = spawnSync(process.execPath, [join(__dirname, 'pdf-reader.mjs')], {
    input: bytes,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (reader.status !== 0) throw new Error(`The PDF cannot be read: ${reader.stderr.toString()}`);
  return JSON.parse(reader.stdout.toString()) as ReadPdf;
}

/** Every element of a page's structure, from the top. */
export function elementsOf(structure: Element | null): Element[] {
  if (!structure) return [];
  return [structure, ...(structure.children ?? []).flatMap(elementsOf)];
}
