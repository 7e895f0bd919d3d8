import type { UsageHistory } from './bill-facts';
import { grouped, inWords, monthOf, shortDay } from './wording';

/** How many periods of use a bill shows: the one billed, the same one a year ago, and those between. */
const SHOWN = 13;

/** What was used of a service as bars, the newest last, and the same in words for whoever cannot see them. */
export interface BillChart {
  title: string;
  alt: string;
  /** `share` is the bar's height, 0 to 1. */
  bars: { label: string; quantity: string; share: number; estimated: boolean; isLast: boolean }[];
}

/** The graph of a service's use; null where nothing is on record. */
export function billChart({ service, unit, periods }: UsageHistory): BillChart | null {
  const shown = periods.slice(-SHOWN);
  if (shown.length === 0) return null;
  const most = Math.max(...shown.map(({ quantity }) => Number(quantity)), 0);
  const bars = shown.map(({ to, quantity, estimated }, i) => ({
    ...{ label: monthOf(to), quantity: grouped(quantity), estimated, isLast: i === shown.length - 1 },
    share: most === 0 ? 0 : Math.max(Number(quantity), 0) / most,
  }));
  const told = shown.map(
    ({ to, quantity, estimated }) => `to ${shortDay(to)} ${grouped(quantity)}${estimated ? ' (estimated)' : ''}`,
  );
  const hasEstimate = shown.some(({ estimated }) => estimated);
  const title = `${inWords(service)} used (${unit})${hasEstimate ? '; outlined: estimated' : ''}`;
  return { title, alt: `Bar graph of ${inWords(service).toLowerCase()} used in ${unit}: ${told.join('; ')}.`, bars };
}
