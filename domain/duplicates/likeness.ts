/** How two customer records compare; the names are folded (domain/names/fold) and without middle names. */
export interface Likeness {
  /** Letters to change between the names, and the length of the longer one. */
  nameEdits: number;
  nameLength: number;
  samePhone: boolean;
  sameEmail: boolean;
  sameAddress: boolean;
}

/** Why two records may be of one person (domain.md row S14: other spelling, old contact data). */
export type DuplicateReason = 'SAME_NAME' | 'SIMILAR_NAME' | 'SAME_PHONE' | 'SAME_EMAIL' | 'SAME_ADDRESS';

/** A score from 0 to 100, and what it is made of. */
export interface DuplicateScore {
  score: number;
  reasons: DuplicateReason[];
}

/** What each reason adds to the score. A household shares a telephone and an address: two names then still count. */
const POINTS: Record<DuplicateReason, number> = {
  SAME_NAME: 45,
  SIMILAR_NAME: 40,
  SAME_PHONE: 40,
  SAME_EMAIL: 45,
  SAME_ADDRESS: 15,
};

/** From this score on two records are shown as likely duplicates. */
export const LIKELY_FROM = 40;

/** Scores two records; short names must be equal, longer ones may differ by a letter or two. */
export function scoreLikeness({ nameEdits, nameLength, ...same }: Likeness): DuplicateScore {
  const mayDiffer = nameLength < 6 ? 0 : nameLength < 12 ? 1 : 2;
  const holds: Record<DuplicateReason, boolean> = {
    SAME_NAME: nameLength > 0 && nameEdits === 0,
    SIMILAR_NAME: nameEdits > 0 && nameEdits <= mayDiffer,
    SAME_PHONE: same.samePhone,
    SAME_EMAIL: same.sameEmail,
    SAME_ADDRESS: same.sameAddress,
  };
  const reasons = (Object.keys(POINTS) as DuplicateReason[]).filter((reason) => holds[reason]);
  return {
    score: Math.min(
      100,
      reasons.reduce((sum, reason) => sum + POINTS[reason], 0),
    ),
    reasons,
  };
}
