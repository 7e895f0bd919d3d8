import type { ClockMove } from '../../clock';
import type { Db } from '../../create-db';
import { parsedJson, select } from '../select';

/** Every move of the office's clock, the oldest first. The setting knows only where the clock is now. */
export async function clockMoves(db: Db): Promise<ClockMove[]> {
  const rows = await select<{ movedAt: Date; data: unknown }>(
    db,
    `SELECT g.recorded_at movedAt, g.data data FROM audit_log g
     WHERE g.entity = 'settings' AND g.entity_id = 'clock' ORDER BY g.seq`,
  );
  return rows.map(({ movedAt, data }) => {
    const { before } = parsedJson<{ before: { offsetSeconds: number } }>(data);
    return { movedAt, offsetSecondsBefore: before.offsetSeconds };
  });
}
