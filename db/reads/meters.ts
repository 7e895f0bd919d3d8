import type { ReadSource } from '../../domain/states';

/** The last read of a meter that no other read supersedes. */
export interface LastRead {
  value: string;
  readOn: string;
  source: ReadSource;
}

/** SQL for the id of a meter's last read in force. */
export const lastReadOf = (meterId: string): string =>
  `(SELECT lr.id FROM meter_read lr WHERE lr.meter_id = ${meterId} AND lr.superseded_by_id IS NULL
    ORDER BY lr.read_on DESC, lr.id DESC LIMIT 1)`;
