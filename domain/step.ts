import { toDecimalString, type Rational } from './rational';

/**
 * One line of working behind an amount: the rule of domain.md, one sentence of plain English and the values used, as
 * decimal strings, fractions or dates; no personal data.
 */
export interface Step {
  rule: string;
  text: string;
  values: Record<string, string>;
}

/** A figure of the working, to ten decimal places. */
export const decimal = (value: Rational): string => toDecimalString(value, 10);
