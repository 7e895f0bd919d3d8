import { ensure } from '../../db/errors';
import { cosignerWithVersion } from '../../db/reads/people/cosigners';
import { weighedDebtsOf } from '../../db/reads/people/old-debts';
import { removeCosigner, setCosigner } from '../../db/records/cosigners';
import { readSettings } from '../../db/records/settings';
import { inTransaction } from '../../db/transaction';
import type { ApiDeps } from '../deps';
import { ok, route, type Route } from '../route';
import { accountParams } from '../schemas/accounts';
import { cosignerBody, cosignerShown, oldDebtList } from '../schemas/master-contacts';
import { customerParams } from '../schemas/places';
import { accountIds } from './account-ids';

const TAG = 'Customers and places';

/** Who shares the responsibility for an account (domain.md row S13): a customer, searched, chosen, added or modified as such. */
export const cosignerRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /customers/{customerNumber}/old-debts',
    tag: TAG,
    summary: 'What this customer, their master contact or whom they cosign for owes on accounts that have ended',
    params: customerParams,
    answers: { 200: { description: 'The debts with what policy makes of each', schema: oldDebtList } },
    handle: async ({ params }) => {
      const customer = await deps.db.Customer.findOne({ where: { customerNumber: params.customerNumber }, raw: true });
      ensure(customer, 'NOT_FOUND', 'There is no such customer');
      return ok({ data: await debtsOf(deps, customer.id), nextCursor: null });
    },
  }),

  route({
    name: 'GET /accounts/{accountNumber}/cosigner',
    tag: TAG,
    summary: 'The cosigner of an account',
    params: accountParams,
    answers: { 200: { description: 'The cosigner, or null; the version is the ETag', schema: cosignerShown } },
    handle: async ({ params }) => cosignerAnswer(deps, params.accountNumber),
  }),

  route({
    name: 'PUT /accounts/{accountNumber}/cosigner',
    tag: TAG,
    summary: 'Makes a customer the cosigner of a saved account; old debts of theirs are told',
    params: accountParams,
    body: cosignerBody,
    ifMatch: true,
    answers: { 200: { description: 'The cosigner', schema: cosignerShown } },
    handle: async ({ params, body, actor, ifMatch }) => {
      await inTransaction(deps.db, actor.id, (tx) =>
        setCosigner(tx, params.accountNumber, ifMatch ?? '', body.customerNumber),
      );
      return cosignerAnswer(deps, params.accountNumber);
    },
  }),

  route({
    name: 'DELETE /accounts/{accountNumber}/cosigner',
    tag: TAG,
    summary: 'Takes the cosigner off an account that has not been final billed',
    params: accountParams,
    answers: { 204: { description: 'The account has no cosigner', schema: null } },
    handle: async ({ params, actor }) => {
      await inTransaction(deps.db, actor.id, (tx) => removeCosigner(tx, params.accountNumber));
      return { status: 204 };
    },
  }),
];

async function cosignerAnswer(deps: ApiDeps, accountNumber: string) {
  await accountIds(deps, accountNumber);
  const { version, cosigner } = await cosignerWithVersion(deps.db, accountNumber);
  const found =
    cosigner &&
    (await deps.db.Customer.findOne({ where: { customerNumber: cosigner.customerNumber }, rejectOnEmpty: true }));
  const shown = { accountNumber, cosigner, oldDebts: found ? await debtsOf(deps, found.id) : [] };
  return ok(shown, { ETag: `"${version}"` });
}

async function debtsOf({ db }: ApiDeps, customerId: number) {
  return weighedDebtsOf(db, (await readSettings(db)).debt, { customerId, locationId: null });
}
