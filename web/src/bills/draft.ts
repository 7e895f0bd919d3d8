import type { BillLine, Step } from './bill-lines';

interface DraftContent {
  bill: {
    lines: {
      lineNo: number;
      serviceType: string | null;
      name: string;
      quantity: string | null;
      unit: string | null;
      amountCents: number;
      steps: Step[];
    }[];
  };
  preview: DraftMoney;
}

/** What a drafted bill would do to the account, in cents; net below 0 is refunded. */
export interface DraftMoney {
  balanceBeforeCents: number;
  depositAppliedCents: number;
  interestCents: number;
  netCents: number;
}

/** The lines of a drafted final bill (its content as it was hashed). */
export const draftLines = (content: Record<string, unknown>): BillLine[] =>
  (content as unknown as DraftContent).bill.lines.map(({ serviceType, ...line }) => ({
    ...line,
    service: serviceType,
  }));

/** The money of a drafted final bill. */
export const draftMoney = (content: Record<string, unknown>): DraftMoney =>
  (content as unknown as DraftContent).preview;
