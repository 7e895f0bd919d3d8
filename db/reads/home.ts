import type { CivilDate } from '../../domain/dates';
import type { AccountRole, AccountStatus, CaseStatus, CaseStep, CaseType, WaitingOn } from '../../domain/states';
import type { Db } from '../create-db';
import { addressOf } from './people';
import { select } from './select';

/** The first few of a list, and how many there are. */
export interface Shortened<T> {
  total: number;
  data: T[];
}

/** A case as the first page shows it. */
export interface HomeCase {
  caseId: string;
  type: CaseType;
  status: CaseStatus;
  step: CaseStep;
  accountNumber: string | null;
  locationNumber: string | null;
  customerName: string | null;
  address: string | null;
  openedAt: Date;
}

/** Somebody who comes or goes today. */
export interface HomeAccount {
  accountNumber: string;
  role: AccountRole;
  status: AccountStatus;
  locationNumber: string;
  customerNumber: string;
  customerName: string;
  address: string;
  /** The day that it starts or stops. */
  onDate: CivilDate;
  /** The set-up or move-out, where a case of that type did it. */
  caseId: string | null;
}

/** How many of each list the first page shows. */
export const HOME_ROWS = 10;

const CASE = `SELECT c.case_id caseId, c.type type, c.status status, c.step step, a.account_number accountNumber,
    l.location_number locationNumber, cu.display_name customerName, ${addressOf('l')} address, c.opened_at openedAt,
    COUNT(*) OVER () total
  FROM cases c LEFT JOIN account a ON a.id = c.account_id LEFT JOIN customer cu ON cu.id = a.customer_id
  LEFT JOIN location l ON l.id = COALESCE(c.location_id, a.location_id)`;

/** The open cases that wait for one of these, the oldest first. */
export const casesWaitingOn = async (db: Db, waitingOn: WaitingOn): Promise<Shortened<HomeCase>> =>
  shortened(
    await select(
      db,
      `${CASE} WHERE c.status = 'OPEN' AND c.waiting_on = :waitingOn ORDER BY c.opened_at, c.case_id LIMIT :limit`,
      { waitingOn, limit: HOME_ROWS },
    ),
  );

/** The cases that stand in an incident, the oldest first. */
export const casesInIncident = async (db: Db): Promise<Shortened<HomeCase>> =>
  shortened(
    await select(db, `${CASE} WHERE c.status = 'INCIDENT' ORDER BY c.opened_at, c.case_id LIMIT :limit`, {
      limit: HOME_ROWS,
    }),
  );

const account = (day: 'start_on' | 'stop_on', type: CaseType) =>
  `SELECT a.account_number accountNumber, a.role role, a.status status, l.location_number locationNumber,
    cu.customer_number customerNumber, cu.display_name customerName, ${addressOf('l')} address, a.${day} onDate,
    (SELECT c.case_id FROM cases c WHERE c.account_id = a.id AND c.type = '${type}'
      ORDER BY c.opened_at DESC, c.case_id DESC LIMIT 1) caseId, COUNT(*) OVER () total
  FROM account a JOIN customer cu ON cu.id = a.customer_id JOIN location l ON l.id = a.location_id`;

/** The accounts that start today, and those that were to start before and have not. */
export const startsDue = async (db: Db, today: CivilDate): Promise<Shortened<HomeAccount>> =>
  shortened(
    await select(
      db,
      `${account('start_on', 'ONBOARD')}
       WHERE (a.start_on <= :today AND a.status = 'PENDING_START') OR (a.start_on = :today AND a.status IN ('ACTIVE', 'PENDING_STOP'))
       ORDER BY a.start_on, a.account_number LIMIT :limit`,
      { today, limit: HOME_ROWS },
    ),
  );

/** The accounts whose service stops today. */
export const stopsDue = async (db: Db, today: CivilDate): Promise<Shortened<HomeAccount>> =>
  shortened(
    await select(
      db,
      `${account('stop_on', 'MOVE_OUT')} WHERE a.stop_on = :today AND a.status <> 'CANCELED'
       ORDER BY a.account_number LIMIT :limit`,
      { today, limit: HOME_ROWS },
    ),
  );

/** Takes the count, which each row has, out of the rows. */
export function shortened<T extends object>(rows: (T & { total: number })[]): Shortened<T> {
  return {
    total: Number(rows[0]?.total ?? 0),
    data: rows.map(({ total: _total, ...row }) => row as unknown as T),
  };
}
