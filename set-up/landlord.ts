import type { OnboardForm } from '../contract/forms';
import type { Customer, Location } from '../db/models/places';
import {
  checkTerms,
  landlordPlaces,
  refuseAgreement,
  refuseNoEmail,
  refuseRateClasses,
} from '../db/records/landlord-agreements';
import type { Tx } from '../db/transaction';
import type { Refusal } from '../domain/refusal';
import type { Faults } from './faults';

const AT = '#/landlordAgreement';

/** Who agrees and where; null is new, or cannot be told. */
interface AgreeingLandlord {
  customer: Customer | null;
  location: Location | null;
  lock: boolean;
}

/**
 * Looks at what a landlord who is set up agrees for the place (domain.md row S16). Notes NOT_LANDLORD, NO_EMAIL,
 * RATE_NOT_FOR_CLASS and the reasons of checkTerms and refuseAgreement.
 */
export async function lookAtLandlordTerms(
  tx: Tx,
  form: OnboardForm,
  { classCode, ...of }: AgreeingLandlord & { classCode: string | null },
  faults: Faults,
): Promise<void> {
  const { customer } = of;
  const { landlordAgreement: terms, role, startDate: startOn } = form;
  if (!terms) return;
  const message = 'Only a landlord agrees on what becomes of the services';
  if (role !== 'LANDLORD') faults.add([{ code: 'NOT_LANDLORD', message, pointer: AT }]);
  await faults.noting(() => checkTerms(tx, terms, { startOn, at: AT, startAt: '#/startDate' }));
  const { noticeBy } = terms;
  const emails = 'existing' in form.customer ? null : form.customer.emails.length;
  if (customer) await faults.noting(() => refuseNoEmail(tx, customer.id, noticeBy, `${AT}/noticeBy`));
  const missing = 'The customer has no e-mail address for notices';
  if (emails === 0 && noticeBy !== 'MAIL')
    faults.add([{ code: 'NO_EMAIL', message: missing, pointer: `${AT}/noticeBy` }]);
  const ofOtherClass = await refuseRateClasses(tx, terms, classCode);
  const at = (line: number) => `${AT}/lines/${line}/rateCode`;
  faults.add(ofOtherClass.map(({ code, message: why, line }) => ({ code, message: why, pointer: at(line) })));
  faults.add(await refuseAtPlace(tx, form, of));
}

async function refuseAtPlace(
  tx: Tx,
  { landlordAgreement: terms, startDate: startOn, services }: OnboardForm,
  { customer, location, lock }: AgreeingLandlord,
): Promise<Refusal[]> {
  if (!terms) return [];
  const [found] = location ? await landlordPlaces(tx, [location], { lock }) : [];
  // The services of the form come to the place with it.
  const codes = [...(found?.serviceCodes ?? []), ...services.map(({ serviceCode }) => serviceCode)];
  const line = terms.lines.findIndex(({ serviceCode }) => !codes.includes(serviceCode));
  if (line >= 0) {
    const message = `Neither the place nor the form has ${terms.lines[line]?.serviceCode}`;
    return [{ code: 'SERVICE_NOT_AT_LOCATION', message, pointer: `${AT}/lines/${line}/serviceCode` }];
  }
  const place = found && { ...found, serviceCodes: new Set(codes) };
  const refusal = place && refuseAgreement({ place, customerId: customer?.id ?? 0, terms }, startOn);
  return refusal ? [{ code: refusal.code, message: refusal.message, pointer: '#/startDate' }] : [];
}
