import type { OnboardForm } from '../../contract/forms';
import type { FormFault } from '../../domain/refusal';
import { fieldFaults } from '../field-faults';
import { onboardForm } from '../schemas/onboarding';
import { isTyped, leaveOut, type Kept } from './left-out';
import { usableCustomer, usableLocation } from './usable-newcomer';

/** The lists of a form: of these a line with a fault is left out alone. */
const LISTS = ['services', 'meters', 'deposits', 'serviceOrders'] as const;
type List = (typeof LISTS)[number];

/** What can be looked at of a form that is still being filled. */
export interface UsableParts {
  /** What does not fit the schema, each with its field. */
  faults: FormFault[];
  /** The form with only the fields and lines that fit, or null where too little does. */
  form: OnboardForm | null;
  /** Parts of `form` that are stand-ins, because what was typed there does not fit; `name` is the new customer's. */
  missing: Set<'customer' | 'name' | 'location' | 'startDate'>;
  /** Whether a line of this list for this service was left out; without a service, whether any was. */
  leavesOut(list: List, serviceCode?: string): boolean;
  /** The pointer of a field of `form` in the form as it was typed: lines that were left out move the others up. */
  typedAt(pointer: string): string;
}

/**
 * Looks at a half-filled form: what fits is kept to be checked against the records, what does not is named. Unknown
 * fields are left out.
 */
export function usableParts(content: Record<string, unknown>, today: string): UsableParts {
  const whole = onboardForm.safeParse(content);
  const issues = whole.error?.issues ?? [];
  const kept = leaveOut(content, issues, LISTS);
  const missing: UsableParts['missing'] = new Set();
  const customer = kept.fields.has('customer') ? usableCustomer(content.customer) : null;
  const location = kept.fields.has('location') ? usableLocation(content.location) : null;
  const form = { ...kept.part, ...(customer && { customer: customer.part }), ...(location && { location }) };
  if (customer && !customer.isNamed) missing.add('name');
  const standIns = { customer: { existing: 'x' }, location: { existing: 'x' }, startDate: today };
  for (const part of Object.keys(standIns) as (keyof typeof standIns)[]) if (!(part in form)) missing.add(part);
  return {
    ...{ faults: whole.error ? once(fieldFaults(whole.error)) : [], missing },
    form: onboardForm.safeParse({ services: [], ...standIns, ...form }).data ?? null,
    leavesOut: (list, serviceCode) => leavesOut(kept, list, serviceCode),
    typedAt: (pointer) =>
      pointer.replace(/^#\/(customer\/)?(\w+)\/(\d+)/, (all, inCustomer = '', list: string, i: string) => {
        const indexes = inCustomer ? customer?.indexes : kept.indexes;
        const typed = indexes?.[list]?.[Number(i)];
        return typed === undefined ? all : `#/${inCustomer}${list}/${typed}`;
      }),
  };
}

/** What is wrong with each field, once though several checks of it say so. */
function once(faults: ReturnType<typeof fieldFaults>): FormFault[] {
  const first = new Set(faults.map(({ pointer, code }) => `${pointer} ${code}`));
  return faults.flatMap(({ pointer, code, detail }) =>
    first.delete(`${pointer} ${code}`) ? [{ code, message: detail, pointer, severity: 'ERROR' as const }] : [],
  );
}

function leavesOut({ fields, lines }: Kept, list: List, serviceCode?: string): boolean {
  if (fields.has(list)) return true;
  const out = lines[list] ?? [];
  if (serviceCode === undefined) return out.length > 0;
  // A line whose service cannot be told may be of any.
  return out.some((line) => {
    const code = isTyped(line) ? line.serviceCode : null;
    return typeof code !== 'string' || code === '' || code === serviceCode;
  });
}
