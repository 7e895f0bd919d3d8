import type { FieldWorkDone, StepInput } from '../contract/activities';
import type { FeedRows } from '../contract/forms';
import { newCaseId } from '../contract/ids';
import { ensure } from '../db/errors';
import type { BadRow } from '../db/models/feeds';
import { closeChunk, lockChunk, refuseChunk } from '../db/records/feed-chunks';
import { lockAccounts, lockMeters } from '../db/records/lock-many';
import { recordRoundRead } from '../db/records/meter-reads';
import { postRegularBill } from '../db/records/regular-bills';
import { actingAs, type Tx } from '../db/transaction';
import type { FeedKind } from '../domain/states';
import { BadRowsError, claimRows, eachRow, type Brought, type FreshRow } from './feed-rows';
import { takeEffectAt } from './handover/handover-events';
import { inStep, type Deps } from './in-step';
import { postAsCase } from './payments';
import { trueUpFinals } from './true-up';

/** The one step of a feed's chunk. */
export function feedActivities(deps: Deps) {
  return {
    /**
     * Takes every row of a chunk in the name of who sent it, or none: what its bad rows break is kept with the chunk,
     * under the same key, after their transaction has rolled back. Refused: CHUNK_UNKNOWN.
     */
    takeFeedChunk: async (input: StepInput): Promise<FieldWorkDone> => {
      try {
        return await inStep(deps, input, (system) => takeChunk(system, input.caseId));
      } catch (error) {
        if (!(error instanceof BadRowsError)) throw error;
        const { rows } = error;
        return inStep(deps, input, async (system): Promise<FieldWorkDone> => {
          const chunk = await lockChunk(system, input.caseId);
          await refuseChunk(actingAs(system, chunk.createdBy), chunk, rows);
          return { status: 'REFUSED', ...NOTHING };
        });
      }
    },
  };
}

const NOTHING: Brought = { wakes: [], settlementCaseIds: [] };

type Take<R> = (tx: Tx, rows: FreshRow<R>[], bad: BadRow[]) => Promise<Brought>;

const TAKE: { [K in FeedKind]: Take<FeedRows[K]> } = { BILLS: takeBills, READS: takeReads, PAYMENTS: takePayments };

async function takeChunk(system: Tx, chunkId: string): Promise<FieldWorkDone> {
  const chunk = await lockChunk(system, chunkId);
  const tx = actingAs(system, chunk.createdBy);
  const bad: BadRow[] = [];
  const rows = chunk.content as FeedRows[FeedKind][];
  const fresh = await claimRows(tx, chunk, rows, bad);
  const brought = await (TAKE[chunk.kind] as Take<FeedRows[FeedKind]>)(tx, fresh, bad);
  if (bad.length > 0) throw new BadRowsError(bad.sort((a, b) => placeOf(a) - placeOf(b)));
  await closeChunk(tx, chunk, { taken: fresh.length, unchanged: rows.length - fresh.length });
  return { status: 'APPLIED', ...brought };
}

async function takeBills(tx: Tx, rows: FreshRow<FeedRows['BILLS']>[], bad: BadRow[]): Promise<Brought> {
  const accounts = await lockAccounts(tx, numbersIn(rows));
  await eachRow(rows, bad, async (row) => {
    const { account } = found(accounts.get(row.accountNumber));
    return (await postRegularBill(tx, account, row)).id;
  });
  return NOTHING;
}

async function takeReads(tx: Tx, rows: FreshRow<FeedRows['READS']>[], bad: BadRow[]): Promise<Brought> {
  const serials = rows.map(({ row }) => row.meterSerial);
  const meters = await lockMeters(tx, serials);
  const read = new Set<number>();
  await eachRow(rows, bad, async ({ meterSerial, value, readOn, source }) => {
    const meter = meters.get(meterSerial);
    ensure(meter, 'METER_UNKNOWN', 'There is no such meter', { pointer: '#/meterSerial' });
    if (meter.servicePointId !== null) read.add(meter.servicePointId);
    return (await recordRoundRead(tx, meter, { value, readOn, source })).id;
  });
  // A newcomer at a meter that was never read has waited for this one.
  const where = { servicePointId: [...read], status: 'PENDING_START' as const, startReadId: null };
  const waiting = bad.length > 0 ? [] : await tx.db.ServiceAgreement.findAll({ where, order: ['servicePointId'] });
  const wakes = await takeEffectAt(tx, [...new Set(waiting.map(({ servicePointId }) => servicePointId))]);
  const ids = rows.flatMap(({ row }) => meters.get(row.meterSerial)?.id ?? []);
  const starts = bad.length > 0 ? [] : await trueUpFinals(tx, ids);
  return { ...NOTHING, wakes, starts };
}

async function takePayments(tx: Tx, rows: FreshRow<FeedRows['PAYMENTS']>[], bad: BadRow[]): Promise<Brought> {
  const accounts = await lockAccounts(tx, numbersIn(rows));
  const [woken, opened] = [new Set<string>(), new Set<string>()];
  const chunkId = rows[0]?.claim.chunkId;
  await eachRow(rows, bad, async (row) => {
    const at = found(accounts.get(row.accountNumber));
    const caseId = newCaseId('PAYMENT');
    const form = { ...row, accountId: at.account.id, applyTo: 'ACCOUNT' as const };
    const { wakes, settlementCaseId } = await postAsCase(tx, at, form, { caseId, startedByCase: chunkId });
    for (const wake of wakes) woken.add(wake.caseId);
    if (settlementCaseId) opened.add(settlementCaseId);
    return (await tx.db.Payment.findOne({ where: { caseId }, rejectOnEmpty: true })).id;
  });
  // A settlement that this chunk opened reads the whole chunk's money when it starts.
  const wakes = [...woken].filter((caseId) => !opened.has(caseId));
  return { wakes: wakes.map((caseId) => ({ caseId, reason: 'PAYMENT' })), settlementCaseIds: [...opened] };
}

const numbersIn = (rows: FreshRow<{ accountNumber: string }>[]): string[] => rows.map(({ row }) => row.accountNumber);

function found<T>(account: T | undefined): T {
  ensure(account, 'ACCOUNT_UNKNOWN', 'There is no such account', { pointer: '#/accountNumber' });
  return account;
}

const placeOf = ({ pointer }: BadRow): number => Number(pointer.split('/')[2]);
