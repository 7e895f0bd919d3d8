import { exemptionsOf } from '../../../db/records/accounts';
import { checkAddress } from '../../../domain/addresses/check-address';
import { fresh } from '../check/check';
import { addressIn } from '../rows/cells';
import type { LandlordThing } from '../check/landlords';
import type { ValuesOf } from '../files';
import type { AgreementThing } from '../things';
import { addAll, type Writing } from './writing';

/** Adds accounts, the chain of agreements at each service point, and landlord agreements. */
export async function writeOccupancy(w: Writing, landlords: LandlordThing[]): Promise<void> {
  const { tx, c } = w;
  const { accounts, customers, locations, points } = c.office;
  await addCycles(w);
  const exempt = await exemptCustomers(w);
  await addAll(
    w,
    tx.db.Account,
    fresh(c, 'accounts').map(({ values: { customerNumber, locationNumber, ...values } }) => ({
      ...{ stopOn: null, vacateOn: null, stopReason: null, finalBillOn: null, billCycle: null },
      ...{ forwardLine1: null, forwardLine2: null, forwardCity: null, forwardState: null, forwardPostalCode: null },
      ...{ forwardCountry: null, ...exempt.get(customers.get(customerNumber)?.id ?? 0) },
      ...{
        ...values,
        ...forwardColumns(values, c.settings.contacts.country),
        id: accounts.get(values.accountNumber)?.id,
        createdAt: tx.now,
      },
      ...{ customerId: customers.get(customerNumber)?.id ?? 0, locationId: locations.get(locationNumber)?.id ?? 0 },
    })),
  );
  await addAll(
    w,
    tx.db.ServiceAgreement,
    [...points.values()].flatMap((point) => chainRows(point.agreements)),
  );
  await writeLandlords(w, landlords);
}

/** What customers' types say that their accounts do not bear. */
async function exemptCustomers({ tx }: Writing): Promise<Map<number, ReturnType<typeof exemptionsOf>>> {
  const types = new Map((await tx.db.CustomerType.findAll()).map((type) => [type.code, type]));
  const typeCode = [...types.values()].filter((type) => type.taxExempt || type.penaltyExempt).map(({ code }) => code);
  const customers = await tx.db.Customer.findAll({ where: { typeCode }, attributes: ['id', 'typeCode'], raw: true });
  return new Map(customers.map(({ id, typeCode: code }) => [id, exemptionsOf(types.get(code ?? '') ?? null)]));
}

function forwardColumns(values: object, homeCountry: string) {
  const given = addressIn(values, 'forward');
  if (!given) return {};
  const { state, postalCode, country } = checkAddress(given, homeCountry, '#').address;
  return { forwardState: state, forwardPostalCode: postalCode, forwardCountry: country };
}

/** A cycle is known from the accounts that are billed in it. */
async function addCycles(w: Writing): Promise<void> {
  const { tx, c } = w;
  const named = fresh(c, 'accounts').flatMap(({ values: { billCycle } }) => (billCycle ? [billCycle] : []));
  const known = new Set((await tx.db.BillCycle.findAll()).map(({ code }) => code));
  const missing = [...new Set(named)].filter((code) => !known.has(code)).sort();
  await addAll(
    w,
    tx.db.BillCycle,
    missing.map((code) => ({ code, name: code, createdAt: tx.now })),
  );
}

/** A chain in its order: each follows the one before it. */
function chainRows(chain: AgreementThing[]) {
  return chain.flatMap((agreement, i) => {
    const { id, account, point, row, rate, startRead, stopRead, billedRead } = agreement;
    if (!row) return [];
    const { units, frequency, status, startOn, endOn, stopReason, lastBilledThrough } =
      row.values as ValuesOf<'agreements'>;
    return {
      ...{ id, accountId: account?.id ?? 0, servicePointId: point.id, serviceCode: point.service },
      ...{ rateId: rate?.id ?? 0, units, frequency, status, startOn, endOn: endOn ?? null },
      ...{ stopReason: stopReason ?? null, lastBilledThrough: lastBilledThrough ?? null },
      ...{ startReadId: startRead?.id ?? null, stopReadId: stopRead?.id ?? null },
      ...{ lastBilledReadId: billedRead?.id ?? null, followsId: chain[i - 1]?.id ?? null },
    };
  });
}

async function writeLandlords(w: Writing, landlords: LandlordThing[]): Promise<void> {
  const { tx, c } = w;
  await addAll(
    w,
    tx.db.LandlordAgreement,
    landlords.map(({ id, customerId, locationId, rows: [first] }) => ({
      ...{ id, customerId, locationId, startOn: first?.values.startOn ?? '', endOn: first?.values.endOn ?? null },
    })),
  );
  await addAll(
    w,
    tx.db.LandlordAgreementLine,
    landlords.flatMap(({ id, rows }) =>
      rows.map(({ values: { service, decision, rate, seasonStart, seasonEnd, stopReasonsExcluded } }) => ({
        ...{ landlordAgreementId: id, serviceCode: service, decision, rateId: c.office.rates.get(rate)?.id ?? 0 },
        ...{ seasonStart: seasonStart ?? null, seasonEnd: seasonEnd ?? null, stopReasonsExcluded },
      })),
    ),
  );
}
