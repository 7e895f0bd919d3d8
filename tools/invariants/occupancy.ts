import { pointHistories } from '../../db/reads/unassigned-usage';
import { lostUsage } from '../../domain/vacancy/unassigned-usage';
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
    'one-landlord',
    'At most one landlord agreement of a location is in force on any day',
    `SELECT a.id AS one, b.id AS other FROM landlord_agreement a JOIN landlord_agreement b
       ON a.location_id = b.location_id AND a.id < b.id
     WHERE a.start_on < COALESCE(a.end_on, '9999-12-31') AND b.start_on < COALESCE(b.end_on, '9999-12-31')
       AND a.start_on < COALESCE(b.end_on, '9999-12-31') AND b.start_on < COALESCE(a.end_on, '9999-12-31')`,
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
    'meter-where-installed',
    'A meter is at a point exactly while an installation of it there is open',
    `SELECT m.serial AS meter FROM meter m LEFT JOIN meter_installation i ON i.meter_id = m.id AND i.removed_on IS NULL
     WHERE NOT (m.service_point_id <=> i.service_point_id) OR (m.status = 'INSTALLED') <> (m.service_point_id IS NOT NULL)`,
  ),
  byQuery(
    'installation-reads',
    'What a meter was put in and taken out with is a read of it in force',
    `SELECT i.id AS installation FROM meter_installation i
       JOIN meter_read r ON r.id IN (i.install_read_id, i.removal_read_id)
     WHERE r.meter_id <> i.meter_id OR r.superseded_by_id IS NOT NULL`,
  ),
  {
    name: 'usage-adds-up',
    says: 'What the holders of a point used and what ran between them is what its meters show since the first of them',
    find: async (db) => {
      const points = await db.ServicePoint.findAll({ attributes: ['id'], order: ['id'], raw: true });
      const lost: string[] = [];
      for (let i = 0; i < points.length; i += 500) {
        const ids = points.slice(i, i + 500).map(({ id }) => id);
        for (const [id, history] of await pointHistories(db, ids)) {
          const usage = lostUsage(history);
          if (usage !== null) lost.push(`point ${id}, usage ${usage}`);
        }
      }
      return lost;
    },
  },
  byQuery(
    'shut-off-confirmed',
    'The field turns off a vacant place only where a supervisor confirmed it, and a line is shut off only where it has',
    `SELECT v.id AS line FROM vacancy_line v JOIN cases c ON c.case_id = v.case_id
     WHERE (v.status IN ('SHUTTING_OFF', 'SHUT_OFF') OR EXISTS (SELECT 1 FROM service_order o
         WHERE o.case_id = v.case_id AND o.service_point_id = v.service_point_id AND o.type = 'TURN_OFF'))
       AND NOT EXISTS (SELECT 1 FROM human_task t JOIN decision d ON d.id = t.decision_id
         WHERE t.case_id = v.case_id AND t.type = 'CONFIRM_SHUT_OFF' AND t.outcome = 'APPROVE' AND d.actor_id <> t.drafted_by)
       OR (v.status = 'SHUT_OFF' AND NOT EXISTS (SELECT 1 FROM service_order o WHERE o.case_id = v.case_id
         AND o.service_point_id = v.service_point_id AND o.type = 'TURN_OFF' AND o.status = 'COMPLETED'))`,
  ),
  byQuery(
    'active-is-billable',
    'An active account has a bill cycle, a rate with prices for each service, and a read to begin with where metered',
    `SELECT a.account_number AS account FROM account a JOIN service_agreement g ON g.account_id = a.id AND g.status <> 'CANCELED'
     WHERE a.status = 'ACTIVE' AND (a.bill_cycle IS NULL
       OR NOT EXISTS (SELECT 1 FROM rate_version v WHERE v.rate_id = g.rate_id AND v.status = 'PUBLISHED')
       OR (g.start_read_id IS NULL AND EXISTS (SELECT 1 FROM meter m WHERE m.service_point_id = g.service_point_id)))`,
  ),
];
