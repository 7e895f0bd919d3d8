import { dollarsToCents, type Cents } from '../../domain/money';
import { isDecimal, parseRational } from '../../domain/rational';

/** Whether the text is dollars and cents, such as '-12.50'. */
export const isDollars = (text: string): boolean => isDecimal(text, { maxPlaces: 2, signed: true });

/** '12.5' as 1250 cents; needs isDollars. */
export const centsOf = (dollars: string): Cents => Number(dollarsToCents(parseRational(dollars)).num);

/** 1250 cents as '12.50', as a bill prints it. */
export function dollarsOf(cents: Cents): string {
  const digits = Math.abs(cents).toString().padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
