/** Letters that Unicode does not take apart into a letter and its accent. */
const LETTERS: Record<string, string> = {
  ...{ ß: 'ss', ø: 'o', ł: 'l', æ: 'ae', œ: 'oe', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ı: 'i' },
};

/**
 * A name as it is searched and compared: lower case, without accents; apostrophes, hyphens and dots are left out
 * (O'Brien is obrien, García-Márquez is garciamarquez), everything else that is no letter or digit is a space.
 */
export function foldName(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[ßøłæœđðþħı]/g, (letter) => LETTERS[letter] ?? letter)
    .replaceAll(/['’‘ʻʼ`´.\-‐‑–—]/g, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The words that a search looks for, each in any part of a name and in any order. */
export const searchWords = (text: string): string[] =>
  foldName(text.replaceAll(/[-‐‑–—]/g, ' '))
    .split(' ')
    .filter(Boolean);
