import type { Client } from '@temporalio/client';
import type { StepInput } from '../contract/activities';
import type { Db } from '../db/create-db';
import { hashOf } from '../db/canonical';
import { duplicateKeyOf } from '../db/errors';
import { inTransaction, type Tx } from '../db/transaction';
import { SYSTEM_USER_ID } from '../domain/roles';

/** What the activities are made with. */
export interface Deps {
  db: Db;
  /** What the reconciler asks cases with; no step of a case uses it. */
  temporal: Client;
  /** Where the console is, for links in the Temporal UI. */
  consoleUrl: string;
  /** Called with a step's key right after its commit: where tests kill the worker. */
  afterCommit?: (key: string) => Promise<void>;
}

/** The same key came with other input: a bug of the workflow, for an operator to see, not something to repeat. */
class KeyReusedError extends Error {
  override readonly name = 'KeyReusedError';
}

/**
 * Runs one step in one transaction, once for its key (design.md decision 3): the key row goes in first, so that a late
 * attempt waits for the earlier one and then gets its stored result. Without a commit there is no key row.
 */
export async function inStep<I extends StepInput, R>(
  deps: Pick<Deps, 'db' | 'afterCommit'>,
  input: I,
  act: (tx: Tx) => Promise<R>,
): Promise<R> {
  const inputHash = hashOf(input);
  const result = await inTransaction(deps.db, SYSTEM_USER_ID, async (tx) => {
    const earlier = await claimKey(tx, input.key, inputHash);
    if (earlier) return earlier.result as R;
    const fresh = await act(tx);
    await tx.db.ActivityResult.update({ result: JSON.stringify(fresh ?? null) }, { where: { activityKey: input.key } });
    return fresh;
  });
  await deps.afterCommit?.(input.key);
  return result;
}

async function claimKey(tx: Tx, activityKey: string, inputHash: string): Promise<{ result: unknown } | null> {
  try {
    await tx.db.ActivityResult.create({ activityKey, inputHash, createdAt: new Date() });
    return null;
  } catch (error) {
    if (duplicateKeyOf(error) !== 'PRIMARY') throw error;
  }
  const row = await tx.db.ActivityResult.findByPk(activityKey, { rejectOnEmpty: true });
  if (row.inputHash !== inputHash) throw new KeyReusedError(`The step ${activityKey} was done before with other input`);
  return { result: JSON.parse(row.result ?? 'null') };
}
