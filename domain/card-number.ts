/**
 * Whether a text holds what could be the number of a payment card: 13 to 19 digits, in one run or in groups with a space
 * or dash between them, that pass Luhn's check. Card data stays out of this product, so such a text is not kept.
 */
export function holdsCardNumber(text: string): boolean {
  const runs = text.match(/\d+(?:[ -]\d+)*/g) ?? [];
  return runs.some((run) => {
    const groups = run.split(/[ -]/);
    // A card number may stand beside other digits: every stretch of whole groups is looked at.
    return groups.some((_, from) => groups.some((_, to) => to >= from && isCard(groups.slice(from, to + 1).join(''))));
  });
}

const isCard = (digits: string): boolean => digits.length >= 13 && digits.length <= 19 && passesLuhn(digits);

function passesLuhn(digits: string): boolean {
  const fromTheRight = [...digits].reverse().map(Number);
  const sum = fromTheRight.reduce((total, digit, index) => {
    const doubled = digit > 4 ? digit * 2 - 9 : digit * 2;
    return total + (index % 2 === 0 ? digit : doubled);
  }, 0);
  return sum % 10 === 0;
}
