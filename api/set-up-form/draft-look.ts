import { alertsAt } from '../../db/reads/location-notes';
import { defaultServices } from '../../db/reads/class-defaults';
import { nextCustomerNumber } from '../../db/reads/next-number';
import { copyForm, type CopiedForm } from '../../db/reads/set-up-form';
import { splitNameOf } from '../../db/records/customer-columns';
import type { Tx } from '../../db/transaction';
import type { NewCustomerForm, OnboardForm } from '../../contract/forms';
import { checkAddress, type GivenAddress } from '../../domain/addresses/check-address';
import { mailingAddressOn } from '../../domain/mailing-address';
import type { FormFault } from '../../domain/refusal';
import { lookAtForm, type FormLook } from '../../set-up/look-at-form';
import { usableParts, type UsableParts } from './usable-parts';

/** What is said of a form while it is filled, and what the office works out for the clerk (domain.md row S1). */
export interface DraftLook {
  problems: FormFault[];
  computed: Computed;
}

type Computed = Awaited<ReturnType<typeof compute>>;

/**
 * Looks at a half-filled form as Save would: all problems at once, errors and warnings, and the computed parts. Nothing is
 * written or locked; what a Save finds may differ when somebody else was faster.
 */
export async function lookAtDraft(tx: Tx, content: Record<string, unknown>): Promise<DraftLook> {
  const parts = usableParts(content, tx.today);
  const { faults, form, missing, typedAt } = parts;
  const look = form && (await lookAtForm(tx, form, { lock: false, missing }));
  const found = look?.faults.found ?? [];
  const own = found.filter((fault) => !followsFromGap(fault, parts));
  const told = new Set(faults.map(({ pointer }) => pointer));
  const more = own
    .map((fault) => ({ ...fault, pointer: typedAt(fault.pointer) }))
    .filter(({ pointer }) => !told.has(pointer));
  return { problems: [...faults, ...more], computed: await compute(tx, form, missing, look) };
}

async function compute(tx: Tx, form: OnboardForm | null, missing: UsableMissing, look: FormLook | null) {
  const customer = form && !missing.has('customer') && !('existing' in form.customer) ? form.customer : null;
  const copied = look?.copied ? await copyForm(tx.db, look.copied.id, form?.startDate ?? tx.today) : null;
  return {
    nextNumber: tx.settings.customerNumbers.autoIncrement ? await nextCustomerNumber(tx.db, tx.settings) : null,
    name: customer && !missing.has('name') ? splitNameOf(customer.name) : null,
    mailsTo: customer && mailsTo(tx, customer),
    copied: copied && bringsOf(copied),
    defaultServices: (await defaultServices(tx.db, look?.classCode ?? null)).map(({ serviceCode, rateCode }) => ({
      ...{ serviceCode, rateCode },
    })),
    duplicates: (look?.duplicates ?? []).map(({ customerId: _id, ...duplicate }) => duplicate),
    deposits: look?.proposed ?? [],
    oldDebts: look?.debts ?? [],
    approvalReasons: look?.reasons ?? [],
    alerts: look?.location ? await alertsAt(tx.db, look.location.id, tx.today) : [],
  };
}

/** Which lists a fault may come from alone, where lines of them were left out. */
const FROM_GAPS: Record<string, Parameters<UsableParts['leavesOut']>[0][]> = {
  ...{ NO_SERVICES: ['services'], DEPOSIT_WITHOUT_SERVICE: ['services'], METER_WITHOUT_SERVICE: ['services'] },
  ...{ ORDER_WITHOUT_SERVICE: ['services'], SERVICE_NOT_AT_LOCATION: ['services'] },
  ...{ METER_MISSING: ['meters'], READ_OLD: ['meters', 'serviceOrders'] },
};

/** Whether a fault says nothing of what was typed: it follows from a stand-in, or from a line that was left out. */
function followsFromGap({ pointer, code }: FormFault, { form, missing, leavesOut }: UsableParts): boolean {
  if ([...missing].some((part) => pointer.startsWith(`#/${part}`))) return true;
  // The class is the place's, or the customer's type's.
  if (code === 'RATE_NOT_FOR_CLASS') return missing.has('location') || missing.has('customer');
  const [, list, i] = /^#\/(\w+)\/(\d+)/.exec(pointer) ?? [];
  const line = form && list && list in form ? (form[list as 'services'] as { serviceCode: string }[])[Number(i)] : null;
  return (FROM_GAPS[code] ?? []).some((from) => leavesOut(from, line?.serviceCode));
}

type UsableMissing = ReadonlySet<string>;

const bringsOf = ({ form: _form, deposits: _deposits, ...brings }: CopiedForm) => brings;

/** Where mail of today would go, in the form of its country; null: to the service address (rows S11 and S12). */
function mailsTo(tx: Tx, { mailingAddress: permanent, alternateAddress: alternate }: NewCustomerForm) {
  const address = mailingAddressOn<GivenAddress>({ permanent, alternate }, tx.today);
  return address && checkAddress(address, tx.settings.contacts.country, '#').address;
}
