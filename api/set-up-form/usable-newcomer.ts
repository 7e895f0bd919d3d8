import { newCustomer, newLocationBody } from '../schemas/onboarding';
import { isTyped, leaveOut, type Kept, type Typed } from './left-out';

/** What stands for a name or an address of which nothing can be used yet; no rule finds fault with it. */
const STAND_IN = '?';
const CONTACTS = ['phones', 'emails'] as const;

/**
 * A new customer without the fields that have faults, so that the others are looked at; null where nothing can be used,
 * or where the customer is one who is there. Without a usable name a stand-in has its place.
 */
export function usableCustomer(typed: unknown): (Kept & { isNamed: boolean }) | null {
  if (!isTyped(typed) || 'existing' in typed) return null;
  const kept = leaveOut(typed, newCustomer.safeParse(typed).error?.issues ?? [], CONTACTS);
  const isNamed = 'name' in kept.part;
  return { ...kept, isNamed, part: { ...kept.part, ...(!isNamed && { name: { line: STAND_IN } }) } };
}

/** A new place without the fields that have faults, likewise: its class decides about rates before its address is there. */
export function usableLocation(typed: unknown): Typed | null {
  if (!isTyped(typed) || 'existing' in typed) return null;
  const issues = newLocationBody.safeParse(typed).error?.issues ?? [];
  const inAddress = issues.flatMap((issue) =>
    issue.path[0] === 'address' ? [{ ...issue, path: issue.path.slice(1) }] : [],
  );
  const { part } = leaveOut(typed, issues, []);
  const address = isTyped(typed.address) ? leaveOut(typed.address, inAddress, []).part : {};
  return { ...part, address: { line1: STAND_IN, city: STAND_IN, ...address } };
}
