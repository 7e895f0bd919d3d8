import type { Paper, TextStyle } from './paper';

/** A column: where it begins, how wide it is, and how its cells are set. */
export interface Column {
  x: number;
  width: number;
  align?: 'left' | 'right';
}

/** One cell of a row; a heading names its row or its column. */
export interface Cell {
  text: string;
  style?: Partial<TextStyle>;
  heads?: 'Row' | 'Column';
}

/** Draws one row of a table with its top at y; returns the y below its highest cell. Inside a Table. */
export function tableRow(paper: Paper, columns: Column[], cells: Cell[], y: number, style: TextStyle): number {
  let below = y;
  paper.inside('TR', () => {
    cells.forEach(({ text, style: own, heads }, i) => {
      const column = columns[i];
      if (!column) return;
      const set = { ...style, ...own, width: column.width, align: column.align ?? 'left' } as const;
      const draw = () => {
        if (text !== '') below = Math.max(below, paper.text(text, column.x, y, set));
      };
      paper.leaf(heads ? 'TH' : 'TD', draw, heads ? { scope: heads } : {});
    });
  });
  return below;
}

/** How high a row is as it would be drawn. */
export function rowHeight(paper: Paper, columns: Column[], cells: Cell[], style: TextStyle): number {
  const heights = cells.map(({ text, style: own }, i) =>
    text === '' ? 0 : paper.heightOf(text, { ...style, ...own, width: columns[i]?.width }),
  );
  return Math.max(0, ...heights);
}
