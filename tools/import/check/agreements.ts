import { HOLDING, type AgreementStatus } from '../../../domain/states';
import type { Row, ValuesOf } from '../files';
import { groupBy } from '../group-by';
import { pointKey, type AccountThing, type AgreementThing, type PointThing } from '../things';
import { fresh, named, refuseFuture, spoilTogether, type Check, type Good } from './check';
import { refuseUnpriceable } from './priceable';
import { meterOn, readOn } from './reads';

/** Checks each account with its services; a bad one makes the account bad, for it would not be billed in full. */
export function checkAgreements(c: Check): void {
  for (const row of fresh(c, 'agreements')) {
    const agreement = agreementOf(c, row);
    if (!agreement || c.bad.has(row)) continue;
    agreement.account?.agreements.push(agreement);
    agreement.point.agreements.push(agreement);
  }
  for (const point of c.office.points.values()) refuseOverlap(c, point);
  const rowsOf = groupBy(c.rows.agreements as Row[], ({ key }) => key.split(' ')[0] ?? '');
  for (const account of c.office.accounts.values()) {
    if (!account.row) continue;
    refuseStatus(c, account);
    const rows = [account.row, ...(rowsOf.get(account.number) ?? [])];
    if (spoilTogether(c, rows, 'accountNumber')) continue;
    refuseUnpriceable(c, account);
    spoilTogether(c, rows, 'accountNumber');
  }
  for (const point of c.office.points.values())
    point.agreements = point.agreements.filter(({ row }) => !row || !c.bad.has(row));
}

function agreementOf(c: Check, row: Good<'agreements'>): AgreementThing | null {
  const { accountNumber, service, position, rate: code, status, startOn, endOn = null, lastBilledThrough } = row.values;
  const { accounts, rates, points, services, nextId } = c.office;
  refuseFuture(c, row, ['startOn', 'endOn', 'lastBilledThrough']);
  const account = named(c, row, 'accountNumber', { file: 'accounts', key: accountNumber, things: accounts });
  if (!account) return null;
  const values = account.row?.values as ValuesOf<'accounts'> | undefined;
  if (!values) {
    c.bad.add(row, 'accountNumber', 'The account is in Keyturn already: add a service there');
    return null;
  }
  const key = pointKey(values.locationNumber, service, position);
  const point = named(c, row, 'service', { file: 'servicePoints', key, things: points });
  const rate = named(c, row, 'rate', { file: 'rates', key: code, things: rates });
  if (rate && rate.service !== service) c.bad.add(row, 'rate', `${code} is a rate of ${rate.service}`);
  if (startOn < values.startOn) c.bad.add(row, 'startOn', `The account started on ${values.startOn}`);
  if (endOn && values.stopOn && endOn > values.stopOn)
    c.bad.add(row, 'endOn', `The account stopped on ${values.stopOn}`);
  if (!point) return null;
  const isMetered = services.get(service)?.metered === true;
  if (isMetered && !endOn && !point.installations.some(({ removedOn }) => removedOn === null))
    c.bad.add(row, 'service', 'No meter is installed at the service point');
  const read = (cell: string, day: string | null | undefined) => {
    if (!day || !isMetered) return null;
    const found = readOn(point.installations, day);
    const meter = meterOn(point.installations, day);
    if (!meter) c.bad.add(row, cell, `There was no meter at the service point on ${day}`);
    else if (!found) c.bad.add(row, cell, `Meter ${meter.serial} was not read on ${day}`);
    return found;
  };
  return {
    ...{ id: nextId('service_agreement'), account, point, startOn, endOn, status, row, rate },
    startRead: read('startOn', startOn),
    stopRead: read('endOn', endOn),
    billedRead: read('lastBilledThrough', lastBilledThrough),
  };
}

const inOrder = (a: AgreementThing, b: AgreementThing): number =>
  a.startOn.localeCompare(b.startOn) || (a.endOn ?? '9999').localeCompare(b.endOn ?? '9999') || a.id - b.id;

/** A point has one holder at a time, and what is in the records already comes before what is new. */
function refuseOverlap(c: Check, point: PointThing): void {
  point.agreements.sort(inOrder);
  let before: AgreementThing | undefined;
  for (const agreement of point.agreements) {
    const free = !before || (before.endOn !== null && before.endOn <= agreement.startOn);
    const late = agreement.row ?? before?.row;
    if ((!free || (before?.row && !agreement.row)) && late)
      c.bad.add(late, 'startOn', 'Somebody else holds the service point on this day, or did so later');
    if (!agreement.row || !c.bad.has(agreement.row)) before = agreement;
  }
}

const FITTING: Record<string, readonly AgreementStatus[]> = {
  ACTIVE: ['ACTIVE', 'TEMP_DISCONNECTED', 'CUT_NONPAY', 'CLOSED'],
  CLOSED: ['CLOSED'],
};
const FINAL: readonly AgreementStatus[] = ['STOPPED', 'CLOSED'];

/** The state of an account is that of its services (domain.md section 4). */
function refuseStatus(c: Check, { row, status, agreements }: AccountThing): void {
  if (!row || c.bad.has(row)) return;
  for (const agreement of agreements)
    if (agreement.row && !(FITTING[status] ?? FINAL).includes(agreement.status))
      c.bad.add(agreement.row, 'status', `The account is ${status}`);
  if (agreements.length === 0) c.bad.add(row, 'accountNumber', 'The account has no service in agreements.csv');
  else if (status === 'ACTIVE' && !agreements.some((each) => HOLDING.includes(each.status)))
    c.bad.add(row, 'status', 'All services of the account have ended');
  const ends = agreements.flatMap(({ endOn }) => endOn ?? []).sort();
  const stopOn = (row.values as ValuesOf<'accounts'> | null)?.stopOn;
  if (stopOn && ends.at(-1) !== stopOn) c.bad.add(row, 'stopOn', `Its last service ended on ${ends.at(-1)}`);
}
