import type { CreationAttributes, Model, ModelStatic } from 'sequelize';
import type { Tx } from '../../../db/transaction';
import type { Check } from '../check/check';

/** What every writer works with. */
export interface Writing {
  tx: Tx;
  c: Check;
  /** Told of the rows of every statement. */
  wrote: (rows: number) => void;
}

const ROWS_IN_A_STATEMENT = 1_000;

/** Adds rows to a table, many in a statement. */
export async function addAll<M extends Model>(
  { wrote }: Writing,
  model: ModelStatic<M>,
  rows: CreationAttributes<M>[],
): Promise<void> {
  for (let i = 0; i < rows.length; i += ROWS_IN_A_STATEMENT) {
    const some = rows.slice(i, i + ROWS_IN_A_STATEMENT);
    await model.bulkCreate(some);
    wrote(some.length);
  }
}
