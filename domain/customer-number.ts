import type { Refusal } from './refusal';

/** How the numbers of a series are written. A check digit comes after the `width` digits. */
export interface NumberForm {
  prefix: string;
  width: number;
  checkDigit: CheckDigit;
}

export const CHECK_DIGITS = ['NONE', 'LUHN'] as const;
/** What guards a number against typing errors: nothing, or a last digit by Luhn's rule (ISO/IEC 7812-1). */
export type CheckDigit = (typeof CHECK_DIGITS)[number];

/** The number of a value of the series: prefix, the value with leading zeros, the check digit. */
export function numberOf({ prefix, width, checkDigit }: NumberForm, value: number): string {
  const digits = String(value).padStart(width, '0');
  return prefix + digits + (checkDigit === 'LUHN' ? luhnDigit(digits) : '');
}

/** Luhn's check digit: with it, one wrong digit and most swaps of neighbours are seen. */
export function luhnDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, i) => {
    const twice = i % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (twice > 9 ? twice - 9 : twice);
  }, 0);
  return String((10 - (sum % 10)) % 10);
}

/**
 * Why a number that somebody typed cannot be right: NUMBER_CHECK_DIGIT where it has the form of the series, but not its
 * check digit. Numbers of other forms, such as those of an earlier system, are anybody's to type.
 */
export function refuseTypedNumber(form: NumberForm, typed: string, pointer: string): Refusal | null {
  const { prefix, width, checkDigit } = form;
  const digits = typed.toUpperCase().startsWith(prefix) ? typed.slice(prefix.length) : '';
  if (checkDigit === 'NONE' || digits.length !== width + 1 || !/^\d+$/.test(digits)) return null;
  const right = luhnDigit(digits.slice(0, -1));
  if (digits.endsWith(right)) return null;
  const message = `The check digit is wrong: ${prefix}${digits.slice(0, -1)} ends in ${right}`;
  return { code: 'NUMBER_CHECK_DIGIT', message, pointer };
}

/** Why the series cannot go on at this value: it begins at 1, and its digits end. */
export function refuseNextValue({ width }: Pick<NumberForm, 'width'>, value: number): Refusal | null {
  const most = 10 ** width - 1;
  if (value >= 1 && value <= most) return null;
  const message = `Numbers of ${width} digits go from 1 to ${most}`;
  return { code: 'NEXT_VALUE_OUT_OF_RANGE', message, pointer: '#/nextValue' };
}
