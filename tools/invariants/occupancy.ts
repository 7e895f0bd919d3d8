import { byQuery, type Invariant } from './invariant';

const HOLDING = "('ACTIVE', 'PENDING_STOP', 'TEMP_DISCONNECTED', 'CUT_NONPAY')";
const BEGUN = "('ACTIVE', 'PENDING_STOP', 'TEMP_DISCONNECTED', 'CUT_NONPAY', 'STOPPED', 'CLOSED')";

/** Who holds which service point, and that each handover shares its read. */
export const occupancy: Invariant[] = [
  byQuery(
    'one-holder',
    'A service point has at most one holder',
    `SELECT service_point_id AS point, COUNT(*) AS holders FROM service_agreement WHERE status IN ${HOLDING}
     GROUP BY service_point_id HAVING COUNT(*) > 1`,
  ),
  byQuery(
    'no-overlap',
    'The intervals [start, end) of a point never overlap',
    `SELECT a.id AS one, b.id AS other FROM service_agreement a JOIN service_agreement b
       ON a.service_point_id = b.service_point_id AND a.id < b.id
     WHERE a.status IN ${BEGUN} AND b.status IN ${BEGUN}
       AND a.start_on < COALESCE(b.end_on, '9999-12-31') AND b.start_on < COALESCE(a.end_on, '9999-12-31')`,
  ),
  byQuery(
    'no-fork',
    'At most one live agreement follows another, or begins a chain',
    `SELECT service_point_id AS point, COALESCE(follows_id, 0) AS follows FROM service_agreement WHERE status <> 'CANCELED'
     GROUP BY service_point_id, COALESCE(follows_id, 0) HAVING COUNT(*) > 1`,
  ),
  byQuery(
    'no-broken-chain',
    'No live agreement follows a canceled one, or one of another point',
    `SELECT f.id AS agreement FROM service_agreement f JOIN service_agreement p ON p.id = f.follows_id
     WHERE f.status <> 'CANCELED' AND (p.status = 'CANCELED' OR p.service_point_id <> f.service_point_id)`,
  ),
  byQuery(
    'shared-handover-read',
    'Whoever begins on the day the one before stopped, begins with the same read row',
    `SELECT f.id AS agreement FROM service_agreement f JOIN service_agreement p ON p.id = f.follows_id
     WHERE f.status IN ${BEGUN} AND f.start_on = p.end_on AND NOT (f.start_read_id <=> p.stop_read_id)`,
  ),
  byQuery(
    'reads-run-forward',
    'Reads in force of a meter never run backwards without a rollover',
    `SELECT late.id AS meter_read FROM meter_read late JOIN meter_read early ON early.meter_id = late.meter_id
       AND early.superseded_by_id IS NULL
       AND (early.read_on < late.read_on OR (early.read_on = late.read_on AND early.id < late.id))
     WHERE late.superseded_by_id IS NULL AND late.value < early.value AND NOT EXISTS (
       SELECT 1 FROM meter_read over_top WHERE over_top.meter_id = late.meter_id AND over_top.rollover = 1
         AND over_top.superseded_by_id IS NULL AND (over_top.read_on, over_top.id) > (early.read_on, early.id)
         AND (over_top.read_on, over_top.id) <= (late.read_on, late.id))`,
  ),
  byQuery(
    'active-is-billable',
    'An active account has a bill cycle, a rate with prices for each service, and a read to begin with where metered',
    `SELECT a.account_number AS account FROM account a JOIN service_agreement g ON g.account_id = a.id AND g.status <> 'CANCELED'
     WHERE a.status = 'ACTIVE' AND (a.bill_cycle IS NULL
       OR NOT EXISTS (SELECT 1 FROM rate_version v WHERE v.rate_id = g.rate_id)
       OR (g.start_read_id IS NULL AND EXISTS (SELECT 1 FROM meter m WHERE m.service_point_id = g.service_point_id)))`,
  ),
];
