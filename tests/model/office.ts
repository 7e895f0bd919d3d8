import { randomBytes } from 'node:crypto';
import { putSetting } from '../../db/records/settings';
import { inTransaction } from '../../db/transaction';
import { addDays } from '../../domain/dates';
import type { TaskType } from '../../domain/states';
import { addUser, testApi, type TestApi } from '../api/support/api';
import { copiedForm } from '../support/set-up';
import { makeFlats, makeSmallTown, type Flat as Place, type SmallTown } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { eventually } from '../support/eventually';
import type { LandlordWord, NewTenant } from './model';

/** Who can be asked to do something. */
export type Actor = 'cora' | 'cliff' | 'sam' | 'sue' | 'fred';

/** The office on real servers, in which the commands of a run are carried out over HTTP. */
export type Office = Awaited<ReturnType<typeof openOffice>>;

/** Opens an office whose deposits earn three percent a year; it has no flat that a run may use yet. */
export async function openOffice() {
  const system = await testSystem();
  const interest = { enabled: true, rateTable: [{ from: '2000-01-01', percent: '3.00' }], dayBasis: 365 as const };
  const town = await makeSmallTown(system.db, { interest: { ...interest, minHoldDays: 0 } });
  await inTransaction(system.db, 1, async (tx) => {
    // No run is long enough to look for reads: the field brings them or not.
    await putSetting(tx, 'moveOut', { ...tx.settings.moveOut, readDeadlineDays: 60 });
  });
  await system.startWorker();
  const api = await testApi(system);
  const ada = await addUser(system.db, 'ada', ['admin']);
  const tokens = await api.allSignedIn({ ...town.users, ada });
  const office = { system, api, town, tokens, flats: 1 };
  return { ...office, end: () => closeOffice(system, api) };
}

/** Closes the office; tells the events of its longest case. */
async function closeOffice(system: TestSystem, api: TestApi): Promise<number> {
  await api.close();
  let most = 0;
  for await (const { historyLength } of system.client.workflow.list({ query: `TaskQueue='${system.taskQueue}'` }))
    most = Math.max(most, historyLength);
  await system.end();
  return most;
}

/** The flats of one run, made as the model's are. */
export async function makePlaces(
  office: Office,
  given: { word: LandlordWord; openingCents: number; depositCents: number }[],
): Promise<Place[]> {
  const places: Place[] = [];
  for (const { word, openingCents, depositCents } of given) {
    const options = { landlordDecision: word, openingCents, depositCents };
    const [place] = await makeFlats(office.system.db, 1, options, ++office.flats);
    if (!place) throw new Error('No flat was made');
    places.push(place);
  }
  return places;
}

/** What the API says of a command: OK, or every code that it names. */
export type Said = 'OK' | string[];

/** Sends a request until its verdict is known: a 202 is asked again under its key. */
export async function say(office: Office, actor: Actor | 'ada', path: string, body: object): Promise<Said> {
  const key = randomBytes(8).toString('hex');
  return eventually(async () => {
    const { status, body: answer } = await office.api.post(path, body, office.tokens[actor], key);
    if (status === 202 || status === 503) throw new Error(`${path}: not known yet`);
    if (status < 300) return 'OK';
    if (status >= 500) throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`);
    const { code, errors = [] } = answer as { code: string; errors?: { code?: string }[] };
    return [code, ...errors.flatMap((each) => (each.code ? [each.code] : []))];
  });
}

/** The accounts of a place in the order in which they were made. */
export async function accountAt({ system: { db } }: Office, place: Place, index: number) {
  const location = await db.Location.findOne({ where: { locationNumber: place.locationNumber }, rejectOnEmpty: true });
  const accounts = await db.Account.findAll({ where: { locationId: location.id }, order: ['id'] });
  const account = accounts[index];
  if (!account) throw new Error(`${place.locationNumber} has no account ${index}`);
  return account;
}

/** The newest case of this type of an account. */
export async function caseOf(office: Office, place: Place, index: number, type: 'MOVE_OUT' | 'ONBOARD' | 'VACANCY') {
  const { id: accountId } = await accountAt(office, place, index);
  const row = await office.system.db.Case.findOne({
    where: { accountId, type },
    order: [
      ['openedAt', 'DESC'],
      ['caseId', 'DESC'],
    ],
    rejectOnEmpty: true,
  });
  return row.caseId;
}

/** The open task of this type of an account. */
export async function taskOf(office: Office, place: Place, index: number, type: TaskType) {
  const { db } = office.system;
  const { id: accountId } = await accountAt(office, place, index);
  const cases = await db.Case.findAll({ where: { accountId, closedAt: null } });
  const where = { caseId: cases.map(({ caseId }) => caseId), type, status: 'OPEN' as const };
  return db.HumanTask.findOne({ where, rejectOnEmpty: true });
}

/** The body of a move-out. */
export const moveOutOf = (accountNumber: string, stopDate: string, newTenant: NewTenant) => ({
  ...{ accountNumber, stopDate, vacateDate: stopDate, stopReason: 'CUSTOMER', forwardingAddress: null, newTenant },
});

/** The form of a new tenant with both services, copied from the first one. */
export const setUpAt = (town: SmallTown, place: Place, startDate: string) =>
  copiedForm({ ...town, ...place }, { startDate });

/** What the meter shows on a day: all reads lie on one line, from 1,000 ten days before the first day. */
export const registerOn = (perDay: number, day: number): string => `${1000 + (day + 10) * perDay}`;

export const dateOf = (place: Place, day: number): string => addDays(place.today, day);

/** The clock goes on; every open case looks at it. */
export const moveClock = (office: Office, days: number): Promise<Said> =>
  say(office, 'ada', '/clock/advance', { days });
