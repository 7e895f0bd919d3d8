import { MANUAL_ADJUSTMENT, type FinalBillFee } from '../billing/price-final-bill';
import type { Refusal } from '../refusal';

/** An amount that a clerk adds to a final bill, or below 0 takes off it, with its name on the bill. */
export interface AdjustLine {
  serviceCode: string;
  amountCents: number;
  name: string;
}

/** Why these lines cannot adjust a bill of these services, or null: ADJUSTMENT_ZERO, SERVICE_UNKNOWN. */
export function refuseAdjustments(lines: readonly AdjustLine[], serviceCodes: readonly string[]): Refusal | null {
  for (const [i, { serviceCode, amountCents }] of lines.entries()) {
    const pointer = `#/data/lines/${i}`;
    if (amountCents === 0)
      return { code: 'ADJUSTMENT_ZERO', message: 'The line changes nothing', pointer: `${pointer}/amountCents` };
    if (!serviceCodes.includes(serviceCode))
      return { code: 'SERVICE_UNKNOWN', message: 'The bill has no such service', pointer: `${pointer}/serviceCode` };
  }
  return null;
}

/** The lines as facts of the bill: amounts of their service that bear no tax and are never prorated. */
export const adjustmentFees = (lines: readonly AdjustLine[]): FinalBillFee[] =>
  lines.map(({ serviceCode: serviceType, amountCents, name }) => ({
    ...{ code: MANUAL_ADJUSTMENT, name, serviceType, amountCents, taxable: false },
  }));
