import { mailingAddressOn } from '../../domain/mailing-address';
import { addressesOf, addressParts, nameLineOf } from '../reads/customers';
import { ensure } from '../errors';
import type { RefundLine } from '../models/feeds';
import type { Account } from '../models/occupancy';
import type { Refund } from '../models/money';
import type { Customer } from '../models/places';
import type { Tx } from '../transaction';

/**
 * Puts every issued refund that is in no file yet into a new one, with payee and address as they are today; returns the
 * file's id. Two at once wait for the refunds' locks, so each refund is in one file. Refused: NO_REFUNDS.
 */
export async function makeRefundFile(tx: Tx): Promise<number> {
  const refunds = await tx.db.Refund.findAll({
    where: { status: 'ISSUED', refundFileId: null, outcome: null },
    order: [['id', 'ASC']],
    lock: true,
  });
  ensure(refunds.length > 0, 'NO_REFUNDS', 'Every issued refund is in a file already');
  const content: RefundLine[] = [];
  for (const refund of refunds) content.push(await lineOf(tx, refund));
  const totalCents = content.reduce((sum, { amountCents }) => sum + amountCents, 0);
  const file = await tx.db.RefundFile.create({
    ...{ madeOn: tx.today, refundCount: refunds.length, totalCents, content },
    ...{ createdBy: tx.actorId, createdAt: tx.now },
  });
  const ids = refunds.map(({ id }) => id);
  await tx.db.Refund.update({ refundFileId: file.id }, { where: { id: ids } });
  const data = { refunds: content.map(({ refundNumber }) => refundNumber), totalCents };
  tx.audit({ action: 'refundFile.made', entity: 'refund_file', entityId: file.id, data });
  return file.id;
}

/** A refund goes to the named account holder alone (domain.md rule 17). */
async function lineOf(tx: Tx, { refundNumber, accountId, amountCents }: Refund): Promise<RefundLine> {
  return { refundNumber, ...(await payeeOf(tx, accountId)), amountCents: Number(amountCents) };
}

/** The holder of an account with the address of today, for whoever writes to them outside the office. */
export async function payeeOf(tx: Tx, accountId: number): Promise<Parts & Pick<RefundLine, 'accountNumber' | 'payee'>> {
  const account = await tx.db.Account.findByPk(accountId, { rejectOnEmpty: true });
  const customer = await tx.db.Customer.findByPk(account.customerId, { rejectOnEmpty: true });
  const { accountNumber } = account;
  const address = addressOf(tx, account, customer) ?? (await serviceAddress(tx, account));
  return { accountNumber, payee: nameLineOf(customer), ...address };
}

type Parts = Pick<RefundLine, 'line1' | 'line2' | 'city' | 'state' | 'postalCode' | 'country'>;

/** Where the customer has mail sent: forwarded, for the season, or else always; null where nothing was given. */
function addressOf({ today, settings }: Tx, account: Account, customer: Customer): Parts | null {
  const { country } = settings.contacts;
  const { forwardLine1, forwardLine2, forwardCity, forwardState, forwardPostalCode } = account;
  const { forwardCountry } = account;
  const parts = [forwardLine1, forwardLine2, forwardCity, forwardState, forwardPostalCode, forwardCountry] as const;
  const address = addressParts(...parts) ?? mailingAddressOn(addressesOf(customer), today);
  return address && { ...address, line2: address.line2 ?? '', country: address.country ?? country };
}

async function serviceAddress(tx: Tx, { locationId }: Account): Promise<Parts> {
  const { line1, line2, city, state, postalCode } = await tx.db.Location.findByPk(locationId, { rejectOnEmpty: true });
  return { line1, line2: line2 ?? '', city, state, postalCode, country: tx.settings.contacts.country };
}
