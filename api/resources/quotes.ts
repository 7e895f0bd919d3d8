import type { z } from 'zod';
import { ensure } from '../../db/errors';
import { quoteFinalBill, type Quote } from '../../db/records/quotes';
import { inTransaction } from '../../db/transaction';
import type { ApiDeps } from '../deps';
import { ok, route, type Route } from '../route';
import { accountParams } from '../schemas/accounts';
import { quoteBody, quoteShown } from '../schemas/quotes';

/** What a final bill would come to, before anybody moves out. */
export const quoteRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'POST /accounts/{accountNumber}/quote',
    tag: 'Accounts',
    summary: 'Estimates the final bill of a date without writing anything; a read that is missing is estimated',
    params: accountParams,
    body: quoteBody,
    answers: { 200: { description: 'The bill as it would be drafted', schema: quoteShown } },
    handle: ({ params: { accountNumber }, body, actor }) =>
      // A transaction for one view of all tables: nothing is written in it.
      inTransaction(deps.db, actor.id, async (tx) => {
        const account = await tx.db.Account.findOne({ where: { accountNumber } });
        ensure(account, 'NOT_FOUND', 'There is no such account');
        return ok({ accountNumber, stopOn: body.stopOn, ...shown(await quoteFinalBill(tx, account, body)) });
      }),
  }),
];

function shown(quote: Quote): Omit<z.output<typeof quoteShown>, 'accountNumber' | 'stopOn'> {
  const { bill, preview, ends } = quote;
  return {
    ...{ periodFrom: bill.from, periodThrough: bill.through, days: bill.days, estimated: bill.estimated },
    reads: ends.flatMap(({ agreement: { serviceCode }, meter, end, steps }) => {
      if (!meter || !end) return [];
      const { value, readOn, source, id } = end;
      const { id: meterId, serial } = meter;
      const estimated = source === 'ESTIMATED';
      return [{ serviceCode, meterId, serial, value, readOn, source, estimated, recorded: id !== null, steps }];
    }),
    lines: bill.lines.map(({ serviceType, agreementId: _, from = null, through = null, ...line }) => ({
      ...{ ...line, serviceCode: serviceType, from, through },
    })),
    services: bill.services.map(({ serviceType, usage, chargesCents, taxCents }) => ({
      ...{ serviceCode: serviceType, usage, chargesCents, taxCents },
    })),
    totalCents: bill.totalCents,
    ...preview,
    ...{ dueCents: Math.max(0, preview.netCents), refundCents: Math.max(0, -preview.netCents) },
    deposits: depositsShown(quote),
    warnings: ends.flatMap(({ warnings }) =>
      warnings.map(({ code, message, pointer = '#' }) => ({ pointer, detail: message, code })),
    ),
  };
}

function depositsShown({ settlement, deposits }: Quote) {
  return deposits.map(({ id: depositId, serviceCode }) => {
    const interest = settlement.interest.find((each) => each.depositId === depositId);
    const [interestCents, interestSteps] = [interest?.cents ?? 0, interest?.steps ?? []];
    const remainingCents = settlement.remaining.find((each) => each.depositId === depositId)?.cents ?? 0;
    const appliedCents = settlement.applied
      .filter((each) => each.depositId === depositId)
      .reduce((sum, { cents }) => sum + cents, 0);
    // Held and interest are what was applied and what remains.
    const heldCents = appliedCents + remainingCents - interestCents;
    return { depositId, serviceCode, heldCents, interestCents, interestSteps, appliedCents, remainingCents };
  });
}
