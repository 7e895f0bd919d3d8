import { today, type People } from '../office';
import { checkActive, fill, newCustomer, payDeposits, save, tellConditions, type Draft } from '../set-up';
import type { Teller } from '../teller';

/** A customer at an address that the office did not know, with meters that are put in. */
export async function fromScratch(t: Teller, people: People): Promise<void> {
  t.chapter('A customer is set up from scratch at a new location');
  const { cliff } = people;
  const blank = await cliff.post<Draft>('/drafts', {});
  const { services } = t.answered(blank, 201, 'cliff begins a blank form: the usual services with their rates').content;
  const stamp = Date.now().toString(36).toUpperCase();
  const line1 = `${Date.now() % 100_000} Larkspur Hollow`;
  t.typed.add(line1);
  const address = { line1, line2: null, city: '', state: 'CO', postalCode: '80000' };
  const beginRead = { value: '0', readOn: await today(people) };
  const fields = {
    customer: newCustomer(t, 'Rosalind', 'Underhillock'),
    location: { number: null, address },
    meters: [
      { serviceCode: 'WATER', serial: `W-${stamp}`, dials: 6, unit: 'gal', beginRead },
      { serviceCode: 'ELECTRIC', serial: `E-${stamp}`, dials: 5, unit: 'kWh', beginRead },
    ],
  };
  const half = await fill(cliff, blank, fields);
  t.answered(half, 200, 'cliff fills in customer, address and two new meters with their begin reads');
  t.check(half.body.problems.map(({ pointer }) => pointer).join() === CITY, `the form says what is missing: ${CITY}`);
  await refused(t, people, { draft: half.body.draftId, status: 400, code: 'MALFORMED', pointer: CITY });

  const golden = services.map((each) => (each.serviceCode === 'WATER' ? { ...each, rateCode: 'RES-GOLD' } : each));
  const location = { number: null, address: { ...address, city: 'Millbrook' } };
  const wrong = await fill(cliff, half, { location, services: golden });
  t.answered(wrong, 200, 'cliff adds the city, and a rate that there is not');
  const pointer = `#/services/${golden.findIndex(({ rateCode }) => rateCode === 'RES-GOLD')}/rateCode`;
  await refused(t, people, { draft: wrong.body.draftId, status: 422, code: 'RATE_UNKNOWN', pointer });

  const reread = await cliff.get<Draft>(`/drafts/${wrong.body.draftId}`);
  t.answered(await fill(cliff, reread, { services }), 200, 'cliff takes the usual rate again');
  const opened = await save(t, cliff, reread);
  await tellConditions(t, people, opened.caseId, ['DEPOSIT']);
  await payDeposits(t, people, opened.accountNumber);
  await checkActive(t, people, opened);
}

const CITY = '#/location/address/city';

/** A Save that is refused with the field at fault. */
async function refused(
  t: Teller,
  { cliff }: People,
  expected: { draft: string; status: number; code: string; pointer: string },
): Promise<void> {
  const { draft, status, code, pointer } = expected;
  const answer = await cliff.post('/cases/onboarding', { draftId: draft });
  const { errors = [], detail } = t.answered(answer, status, 'cliff saves', code);
  t.check(errors.length === 1 && errors[0]?.pointer === pointer, `the answer names the field: ${pointer} (${detail})`);
}
