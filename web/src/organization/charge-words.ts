type Figure = string | Record<string, unknown>;

/** What is read of a charge to put it in words; docs/rates.md has all of it. */
export interface ChargeShown {
  kind: string;
  name?: string;
  amountCents?: number;
  amount?: Figure;
  per?: string;
  percent?: Figure;
  of?: string[];
  ofService?: string;
  share?: Figure;
  unit?: string;
  tiers?: { upTo: Figure | null; rate: Figure; amount?: Figure; name?: string }[];
  seasons?: string[];
  isTax?: boolean;
}

// A figure that depends on something is told by the JSON below; in words it is only named so.
const figure = (value: Figure | null | undefined): string =>
  typeof value === 'string' ? value : value ? 'a figure that depends' : '';

/** A charge in plain lines: "$12.50 per month", "0 to 3000: $0.0045 per gal". */
export function chargeInWords(
  charge: ChargeShown,
  unitOfRate: string | undefined,
  money: (cents: number) => string,
): string[] {
  const suffix = [charge.seasons && `in season ${charge.seasons.join(', ')}`, charge.isTax && 'a tax'];
  const told = suffix.filter(Boolean).map((text) => `(${text as string})`);
  return [...lines({ unit: unitOfRate ?? 'unit', ...charge }, money), ...told];
}

function lines(charge: ChargeShown, money: (cents: number) => string): string[] {
  const { kind, amountCents, amount, per, percent, of, ofService, share, unit = '', tiers } = charge;
  if (tiers) {
    return tiers.map(({ upTo, rate, amount: fixed, name }, i) => {
      const from = i === 0 ? '0' : figure(tiers[i - 1]?.upTo);
      const range = upTo === null ? `above ${from}` : `${from} to ${figure(upTo)}`;
      return `${name ? `${name}, ` : ''}${range}: $${figure(rate)} per ${per ? `${per} ` : ''}${unit}${fixed ? `, and $${figure(fixed)}` : ''}`;
    });
  }
  if (percent !== undefined) return [`${figure(percent)} % of ${of?.join(', ') ?? 'all charges'}`];
  if (kind === 'SHARE_OF_USAGE') return [`Use of ${ofService ?? ''}${share ? `, share ${figure(share)}` : ''}`];
  const sum = amountCents === undefined ? (amount === undefined ? '' : `$${figure(amount)}`) : money(amountCents);
  const bound = { MINIMUM: 'At least ', MAXIMUM: 'At most ' }[kind] ?? '';
  return [`${bound}${sum}${per ? ` per ${per.toLowerCase()}` : ''}`];
}
