import type { StoredAddress } from '../addresses/check-address';
import type { BillLineKind } from '../billing/final-bill';
import type { CivilDate } from '../dates';
import type { Cents } from '../money';
import type { PaymentMethod } from '../states';
import type { Step } from '../step';

/** Who sends: what stands at the head of each letter, and how one pays. */
export interface Sender {
  name: string;
  address: StoredAddress;
  telephone: string | null;
  email: string | null;
  /** Where one pays in a browser; null where one cannot. */
  payOnline: string | null;
}

/** What one meter measured of a service in the bill's days. */
export interface BilledRead {
  service: string;
  meter: string;
  previous: string;
  current: string;
  /** In the unit of the service. */
  usage: string;
  unit: string | null;
  estimated: boolean;
}

/** What was used of a service from read to read, the oldest first. */
export interface UsageHistory {
  service: string;
  unit: string;
  periods: { from: CivilDate; to: CivilDate; quantity: string; estimated: boolean }[];
}

/** One line of the bill with its working. */
export interface BilledLine {
  service: string | null;
  kind: BillLineKind;
  name: string;
  quantity: string | null;
  unit: string | null;
  amountCents: Cents;
  steps: Step[];
}

/** How the account came from its last bill to what this one asks for. All of it is in the journal. */
export interface Standing {
  /** What was left to pay when it was billed before; null for a first bill. */
  last: { on: CivilDate; cents: Cents } | null;
  /** What came in since then, and what of it the bank took back. */
  payments: { on: CivilDate; method: PaymentMethod; cents: Cents; returned: boolean }[];
  /** What else moved since then: fees, transfers, reversed bills. */
  otherCents: Cents;
  balanceBeforeCents: Cents;
  /** What the bill that this one replaces charged, and its penalty; both go. */
  replacedCents: Cents;
  penaltyGoneCents: Cents;
  /** What a deposit paid of it since then, before this bill. */
  depositUsedCents: Cents;
  /** What is held as deposits when it is billed, and the interest that is added to it. */
  depositCents: Cents;
  interestCents: Cents;
  /** What is left to pay, deposits set against it; below 0 it is the customer's. */
  netCents: Cents;
}

/** Everything that a final bill on paper says, as it was when the bill was posted; a draft has neither number nor date. */
export interface BillFacts {
  number: string | null;
  revision: number;
  postedOn: CivilDate | null;
  dueOn: CivilDate | null;
  from: CivilDate;
  through: CivilDate;
  estimated: boolean;
  totalCents: Cents;
  replaces: string | null;
  sender: Sender;
  customer: { number: string; name: string; address: StoredAddress; cosigner: string | null };
  account: { number: string; location: string; address: StoredAddress };
  reads: BilledRead[];
  history: UsageHistory[];
  lines: BilledLine[];
  standing: Standing;
}
