import { RefusedError } from '../../db/errors';
import { findAccountId } from '../../db/reads/customers';
import type { ApiDeps } from '../deps';

/** The account a form is about, or a refusal: such a case would be hopeless. */
export async function accountIds({ db }: ApiDeps, accountNumber: string) {
  const account = await findAccountId(db, accountNumber);
  if (!account)
    throw new RefusedError({ code: 'NOT_FOUND', message: 'There is no such account', pointer: '#/accountNumber' });
  return account;
}
