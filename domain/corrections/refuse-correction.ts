import type { Refusal } from '../refusal';

/** A bill that somebody asks to cancel and rebill. */
export interface BillToCorrect {
  kind: 'FINAL' | 'REGULAR';
  status: 'POSTED' | 'CANCELED';
}

/** Why this bill cannot be canceled and rebilled, or null: only a final bill in force is Keyturn's to correct. */
export function refuseCorrection({ kind, status }: BillToCorrect): Refusal | null {
  if (kind !== 'FINAL')
    return { code: 'NOT_FINAL_BILL', message: 'A periodic bill is corrected by the billing that made it' };
  if (status !== 'POSTED')
    return { code: 'BILL_CANCELED', message: 'Another bill has taken its place: that one can be corrected' };
  return null;
}
