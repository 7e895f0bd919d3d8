import { addDays, addMonths } from '../../domain/dates';
import { DESCRIBES, lastReadOn } from './calendar';
import { locationNumber } from './meters';
import type { Occupancy } from './occupancies';
import { addressCells } from './people';
import { rateOf } from './prices';
import { chance, pick, type Random } from './random';
import { ELSEWHERE } from './words';

type Cells = Record<string, string>;

/** The rows of accounts.csv, agreements.csv, deposits.csv and balances.csv. */
export interface Accounts {
  accounts: Cells[];
  agreements: Cells[];
  deposits: Cells[];
  balances: Cells[];
}

/** Opens the account of an occupancy with its services and its money. */
export function openAccount(random: Random, occupancy: Occupancy, into: Accounts): void {
  const number = `A${String(into.accounts.length + 1).padStart(7, '0')}`;
  const owes = owesAfterFinalBill(random, occupancy, into);
  const { home, customer, role, startOn, endOn } = occupancy;
  into.accounts.push({
    ...{ account_number: number, customer_number: customer, location_number: locationNumber(home), role },
    ...{ status: endOn ? (owes ? 'FINAL_BILLED' : 'CLOSED') : 'ACTIVE', start_on: startOn, bill_cycle: home.cycle },
    ...(endOn ? leaver(random, occupancy, endOn) : {}),
  });
  for (const service of occupancy.services) into.agreements.push(agreement(number, occupancy, service, owes));
  if (owes) into.balances.push(...debt(random, number, addDays(endOn ?? startOn, 5)));
  if (endOn !== null || role === 'LANDLORD') return;
  if (role === 'TENANT' && !chance(random, 10)) into.deposits.push(...deposits(random, number, startOn));
  if (startOn > lastReadOn(home.cycle)) return;
  const balanceOn = lastReadOn(home.cycle);
  if (chance(random, 16) || into.accounts.length === 1) into.balances.push(...debt(random, number, balanceOn));
  else if (chance(random, 5)) into.balances.push(balance(number, 'WATER', -random(500, 6_000), balanceOn));
}

/** Most who left have paid; some of those of the last months have not. */
function owesAfterFinalBill(random: Random, { endOn, role }: Occupancy, { balances }: Accounts): boolean {
  if (endOn === null || role === 'LANDLORD' || endOn < addMonths(DESCRIBES, -8)) return false;
  return balances.length < 3 || chance(random, 35);
}

function leaver(random: Random, { role }: Occupancy, endOn: string): Cells {
  const reason =
    role === 'TENANT' ? pick(random, ['CUSTOMER', 'CUSTOMER', 'CUSTOMER', 'NONPAY', 'DECEASED']) : 'CUSTOMER';
  return {
    ...{ stop_on: endOn, vacate_on: endOn, stop_reason: reason, final_bill_on: addDays(endOn, 5) },
    ...(role === 'LANDLORD' ? {} : addressCells('forward', pick(random, ELSEWHERE))),
  };
}

function agreement(number: string, occupancy: Occupancy, service: Occupancy['services'][number], owes: boolean): Cells {
  const { home, startOn, endOn, carts } = occupancy;
  const lastBill = lastReadOn(home.cycle);
  const billed = endOn ?? (startOn <= lastBill ? lastBill : '');
  return {
    ...{ account_number: number, service, rate: rateOf(service, home.kind === 'SHOP') },
    ...{ units: service === 'REFUSE' ? `${carts}` : '1', start_on: startOn, end_on: endOn ?? '' },
    ...{ status: endOn ? (owes ? 'STOPPED' : 'CLOSED') : 'ACTIVE', last_billed_through: billed },
    stop_reason: endOn ? 'CUSTOMER' : '',
  };
}

function deposits(random: Random, number: string, paidOn: string): Cells[] {
  const amounts = {
    WATER: pick(random, [10_000, 10_000, 8_000, 12_000]),
    ELECTRIC: pick(random, [15_000, 15_000, 10_000]),
  };
  return Object.entries(amounts).map(([service, cents]) => ({
    ...{ account_number: number, service, amount_cents: `${cents}`, paid_on: paidOn },
  }));
}

function debt(random: Random, number: string, balanceOn: string): Cells[] {
  const owed = { WATER: random(1_500, 9_500), SEWER: random(900, 5_500), ELECTRIC: random(2_500, 16_000) };
  const services = pick(random, [['WATER'], ['WATER', 'SEWER'], ['ELECTRIC'], ['WATER', 'SEWER', 'ELECTRIC']] as const);
  return services.map((service) => balance(number, service, owed[service], balanceOn));
}

const balance = (number: string, service: string, cents: number, balanceOn: string): Cells => ({
  ...{ account_number: number, service, amount_cents: `${cents}`, balance_on: balanceOn },
});
