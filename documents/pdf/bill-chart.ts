import type { BillChart } from '../../domain/documents/bill-chart';
import { COLORS, type Paper } from './paper';

/** Title above, months and years below the bars. */
const HEAD = 13;
const FOOT = 18;
const LEAST_BARS = 26;

/** The lowest graph whose bars can still be told apart. */
export const LEAST_CHART = HEAD + FOOT + LEAST_BARS;

/** Draws a graph of use in a box; its words are those of the model. */
export function drawChart(
  paper: Paper,
  chart: BillChart,
  box: { x: number; y: number; width: number; height: number },
) {
  const { x, y, width, height } = box;
  const { title, alt, bars } = chart;
  paper.leaf('P', () => paper.text(title, x, y, { size: 8, weight: 'bold', color: COLORS.accent }));
  const top = y + HEAD + 8;
  const base = y + height - FOOT;
  const step = width / Math.max(bars.length, 8);
  const left = x + width - step * bars.length;
  const draw = () => {
    const canvas = paper.canvas;
    canvas
      .lineWidth(0.6)
      .strokeColor(COLORS.line)
      .moveTo(x, base)
      .lineTo(x + width, base)
      .stroke();
    bars.forEach(({ label, quantity, share, estimated, isLast }, i) => {
      const barHeight = Math.max(share * (base - top), 0.8);
      const at = left + i * step;
      const bar = [at + step * 0.16, base - barHeight, step * 0.68, barHeight] as const;
      canvas.rect(...bar);
      // An estimate is an outline: it must be told from a read without color.
      if (estimated) canvas.lineWidth(0.8).strokeColor(COLORS.accent).fillColor('#ffffff').fillAndStroke();
      else canvas.fill(isLast ? COLORS.accent : COLORS.bar);
      const [month = '', year = ''] = label.split(' ');
      const middle = at + step / 2;
      paper.text(month, middle, base + 2.5, { size: 6, align: 'center', color: COLORS.quiet });
      const isFirstOfYear = i === 0 || bars[i - 1]?.label.split(' ')[1] !== year;
      if (isFirstOfYear) paper.text(`20${year}`, middle, base + 9.5, { size: 6, align: 'center', color: COLORS.quiet });
      const isTold = isLast || share === 1;
      if (isTold) paper.text(quantity, middle, base - barHeight - 9, { size: 6.5, align: 'center', weight: 'bold' });
    });
  };
  paper.leaf('Figure', draw, { alt, bbox: [x, top - 9, x + width, y + height] });
}
