const MARKS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A text as it may stand in HTML. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => MARKS[mark] ?? mark);

/** An element around a text. */
export const element = (name: string, text: string, attributes = ''): string =>
  `<${name}${attributes && ` ${attributes}`}>${escaped(text)}</${name}>`;

/** A row of a table: its first cell heads it. */
export const row = ([first = '', ...rest]: readonly string[], attributes = ''): string =>
  `<tr${attributes && ` ${attributes}`}>${element('th', first, 'scope="row"')}${rest.map((cell) => element('td', cell)).join('')}</tr>`;

/** Lines below each other, as an address. */
export const stacked = (lines: readonly string[]): string => lines.map(escaped).join('<br>');
