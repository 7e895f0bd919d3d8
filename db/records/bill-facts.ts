import type { StoredAddress } from '../../domain/addresses/check-address';
import { addMonths } from '../../domain/dates';
import type { BilledLine, BilledRead, BillFacts, Sender, Standing } from '../../domain/documents/bill-facts';
import { draftStandingOf, standingOf, type StandingEntry } from '../../domain/documents/standing';
import type { BillLine, FinalBillFacts } from '../../domain/billing/price-final-bill';
import { usageOf } from '../../domain/billing/usage/usage';
import type { Settings } from '../../domain/settings';
import { canonicalJson, sha256 } from '../canonical';
import type { Db } from '../create-db';
import type { Bill, BillRevision, Posting as PostingRow } from '../models/money';
import type { Account } from '../models/occupancy';
import { nameLineOf } from '../reads/customers';
import { mailAddressOf, serviceAddressOf } from '../reads/mail-address';
import { standingEntries } from '../reads/standing-entries';
import { usageOfAccount } from '../reads/usage';
import type { Tx } from '../transaction';
import { cosignerIdOf } from './cosigners';
import { contentOf } from './revision-content';

/** Months of use before the bill that its graph looks for. */
const HISTORY_MONTHS = 14;

/** The journal entries of a posting: those after one entry of the account, up to another or to the last. */
export interface Posting {
  after: number;
  through?: number;
}

/**
 * Freezes what a bill on paper says, in the transaction that posts it: whatever is renamed, moved, read or paid later, the
 * document stays the one that was sent.
 */
export async function freezeBillFacts(tx: Tx, account: Account, bill: Bill, posting: Posting): Promise<void> {
  const revision = await tx.db.BillRevision.findByPk(bill.billRevisionId ?? 0, { rejectOnEmpty: true });
  const entries = await standingEntries(tx.db, account.id);
  const { after, through = Infinity } = posting;
  const split = {
    before: entries.filter(({ id }) => id <= after),
    own: entries.filter(({ id }) => id > after && id <= through),
  };
  const { replaces } = contentOf(revision);
  const facts = await factsOf(tx, account, revision, bill, standingOf(split, replaces?.totalCents ?? 0));
  const text = canonicalJson(facts);
  await tx.db.BillFactsRow.create({ billId: bill.id, facts: text, factsHash: sha256(text), frozenAt: tx.now });
}

/** Where the account's journal stands before a bill is posted. */
export async function beforePosting({ db }: Tx, accountId: number): Promise<Posting> {
  const last = await db.Posting.max<number, PostingRow>('entryId', { where: { accountId } });
  // Sequelize gives NaN where there is none.
  return { after: last || 0 };
}

/** The entries of a bill that was posted before facts were frozen: from the first under its number to the last. */
export async function postingOfBill(tx: Tx, { billNumber, accountId, postedOn }: Bill): Promise<Posting> {
  const own = ['bill', 'offset', 'interest', 'deposit'].map((kind) => `${kind}/${billNumber}`);
  const entries = await standingEntries(tx.db, accountId);
  const first = entries.findIndex(({ key }) => own.includes(key));
  const last = entries.findLast(({ key }) => own.includes(key));
  const before = first >= 0 ? entries.slice(0, first) : entries.filter(({ on }) => on <= postedOn);
  const after = before.at(-1)?.id ?? 0;
  return { after, through: last?.id ?? after };
}

/** What a draft on paper would say, as its approver sees it; nothing is frozen. */
export async function factsOfDraft(
  given: { db: Db; settings: Settings; today: string },
  account: Account,
  revision: BillRevision,
): Promise<BillFacts> {
  const { preview, replaces } = contentOf(revision);
  const entries = await standingEntries(given.db, account.id);
  const before: StandingEntry[] = entries.filter(({ createdAt }) => createdAt <= revision.draftedAt);
  const sums = { totalCents: Number(revision.totalCents), replacedCents: replaces?.totalCents ?? 0 };
  return factsOf(given, account, revision, null, draftStandingOf(before, preview, sums));
}

async function factsOf(
  { db, settings, today }: { db: Db; settings: Settings; today: string },
  account: Account,
  revision: BillRevision,
  bill: Bill | null,
  standing: Standing,
): Promise<BillFacts> {
  const { bill: priced, replaces } = contentOf(revision);
  const facts = JSON.parse(revision.facts) as FinalBillFacts;
  const customer = await db.Customer.findByPk(account.customerId, { rejectOnEmpty: true });
  const location = await db.Location.findByPk(account.locationId, { rejectOnEmpty: true });
  const cosignerId = bill ? bill.cosignerId : await cosignerIdOf({ db }, account.id);
  const cosigner = cosignerId ? await db.Customer.findByPk(cosignerId) : null;
  const home = (address: StoredAddress): StoredAddress => atHome(address, settings);
  return {
    number: bill?.billNumber ?? null,
    revision: revision.revision,
    postedOn: bill?.postedOn ?? null,
    dueOn: bill?.dueOn ?? null,
    ...{ from: priced.from, through: priced.through, estimated: priced.estimated, totalCents: priced.totalCents },
    replaces: replaces?.billNumber ?? null,
    sender: senderOf(settings),
    customer: {
      ...{ number: customer.customerNumber, name: nameLineOf(customer), cosigner: cosigner && nameLineOf(cosigner) },
      address: home(await mailAddressOf(db, account, customer, bill?.postedOn ?? today)),
    },
    account: {
      ...{ number: account.accountNumber, location: location.locationNumber },
      address: home(await serviceAddressOf(db, account)),
    },
    reads: readsOf(facts),
    history: await historyOf(db, account.id, facts.stopOn),
    lines: priced.lines.map(lineOf),
    standing,
  };
}

/** Who the letters are from. */
const senderOf = ({ utility, letters }: Settings): Sender => ({
  ...{ name: utility.name, address: { ...letters.address, country: null } },
  ...{ telephone: letters.telephone, email: letters.email, payOnline: letters.payOnline },
});

/** An address whose country is said only where mail goes abroad. */
const atHome = (address: StoredAddress, { contacts }: Settings): StoredAddress => ({
  ...{ line1: address.line1, line2: address.line2, city: address.city, state: address.state },
  ...{ postalCode: address.postalCode, country: address.country === contacts.country ? null : address.country },
});

const readsOf = ({ services }: FinalBillFacts): BilledRead[] =>
  services.flatMap(({ serviceType, unit, segments, estimated }) =>
    segments.map((segment, i) => ({
      ...{ service: serviceType, meter: segment.meterSerial, previous: segment.startValue, current: segment.endValue },
      // Only the last read of a service can be an estimate.
      ...{ usage: usageOf([segment]).usage, unit, estimated: estimated && i === segments.length - 1 },
    })),
  );

async function historyOf(db: Db, accountId: number, stopOn: string): Promise<BillFacts['history']> {
  const since = addMonths(stopOn, 0 - HISTORY_MONTHS);
  const services = await usageOfAccount(db, accountId, since);
  return services.map(({ serviceCode, unit, periods }) => ({
    ...{ service: serviceCode, unit, periods: periods.filter(({ to }) => to <= stopOn) },
  }));
}

const lineOf = ({ serviceType, kind, name, quantity, unit, amountCents, steps }: BillLine): BilledLine => ({
  ...{ service: serviceType, kind, name, quantity, unit, amountCents, steps },
});
