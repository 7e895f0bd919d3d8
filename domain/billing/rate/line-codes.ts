import type { Charge, TiersCharge } from './charges';

/** The code that a charge's line has. */
export const codeOf = ({ code, kind }: Charge): string => code ?? (kind === 'TIERS' ? 'USAGE' : kind);

/** The code of the line of one tier, where each has its own. */
export const tierCodeOf = (charge: TiersCharge, i: number): string =>
  charge.tiers[i]?.code ?? `${codeOf(charge)}-${i + 1}`;

/** The codes that a charge's lines can be named by. */
export function codesOf(charge: Charge): string[] {
  if (charge.kind === 'SHARE_OF_USAGE') return [];
  const isEach = charge.kind === 'TIERS' && charge.lines === 'EACH_TIER';
  return [codeOf(charge), ...(isEach ? charge.tiers.map((_, i) => tierCodeOf(charge, i)) : [])];
}
