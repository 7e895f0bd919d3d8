import { nameLineOf } from '../reads/customers';
import { mailAddressOf } from '../reads/mail-address';
import { ensure } from '../errors';
import type { RefundLine } from '../models/feeds';
import type { Refund } from '../models/money';
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
  const address = await mailAddressOf(tx.db, account, customer, tx.today);
  const country = address.country ?? tx.settings.contacts.country;
  return { accountNumber, payee: nameLineOf(customer), ...address, line2: address.line2 ?? '', country };
}

type Parts = Pick<RefundLine, 'line1' | 'line2' | 'city' | 'state' | 'postalCode' | 'country'>;
