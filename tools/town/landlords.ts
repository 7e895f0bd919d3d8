import type { LandlordDecision } from '../../domain/states';
import type { ServiceCode } from './services';

/** A landlord and what was agreed for each service when a tenant leaves. */
export interface Landlord {
  name: [first: string, last: string] | string;
  mailLine1: string;
  decisions: Record<ServiceCode, LandlordDecision>;
  stopReasonsExcluded: string[];
}

export type LandlordName = 'JUNIPER' | 'OYELARAN' | 'HENDERSHOTT';

/** The landlords: one who is asked, one to whom all comes by itself, one who wants no refuse cart. */
export const LANDLORDS: Record<LandlordName, Landlord> = {
  JUNIPER: {
    ...{ name: 'Juniper Ridge Properties LLC', mailLine1: '1 Courthouse Square, Suite 4' },
    ...{ decisions: { WATER: 'ASK', SEWER: 'ASK', REFUSE: 'ASK' }, stopReasonsExcluded: [] },
  },
  OYELARAN: {
    ...{ name: ['Marguerite', 'Oyelaran'], mailLine1: '28 Larkspur Way' },
    ...{ decisions: { WATER: 'ALWAYS', SEWER: 'ALWAYS', REFUSE: 'ALWAYS' }, stopReasonsExcluded: ['NONPAY'] },
  },
  HENDERSHOTT: {
    ...{ name: ['Dale', 'Hendershott'], mailLine1: '1500 Quarry Road' },
    ...{ decisions: { WATER: 'ASK', SEWER: 'ASK', REFUSE: 'NEVER' }, stopReasonsExcluded: [] },
  },
};
