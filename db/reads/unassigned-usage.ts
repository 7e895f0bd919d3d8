import { HOLDING } from '../../domain/states';
import type { CivilDate } from '../../domain/dates';
import {
  unassignedDays,
  type PointHistory,
  type PointHolder,
  type PointRead,
} from '../../domain/vacancy/unassigned-usage';
import { civilDateOf, civilNow } from '../clock';
import type { Db } from '../create-db';
import { readSettings } from '../records/settings';
import { pageOf, type Page, type PageRequest } from './page';
import { addressOf } from './people';
import { select } from './select';

/** Days of nobody at a service point, as they are shown. */
export interface ShownUnassigned {
  serviceCode: string;
  position: number;
  from: CivilDate;
  through: CivilDate;
  isOpen: boolean;
  usage: string | null;
  unit: string | null;
  /** USAGE_ABOVE: more than the office's setting; RAN_AFTER_SHUT_OFF: with the supply turned off. */
  warnings: string[];
}

interface Gap {
  id: number;
  servicePointId: number;
  serviceCode: string;
  position: number;
  unit: string | null;
  locationNumber: string;
  address: string;
}

const LEFT = `p.status IN ('STOPPED', 'CLOSED')`;
const NEXT = `LEFT JOIN service_agreement f ON f.follows_id = p.id AND f.status IN (:begun)`;
const BEGUN = [...HOLDING, 'STOPPED', 'CLOSED'];
const GAPS = `SELECT p.id id, p.service_point_id servicePointId, sp.service_code serviceCode, sp.position position,
    s.unit unit, l.location_number locationNumber, ${addressOf('l')} address
  FROM service_agreement p ${NEXT} JOIN service_point sp ON sp.id = p.service_point_id
  JOIN service s ON s.code = sp.service_code JOIN location l ON l.id = sp.location_id
  WHERE ${LEFT} AND (f.id IS NULL OR f.start_on > p.end_on)`;

/** The days of nobody at a location, and what ran in them, the latest first. */
export async function unassignedAt(db: Db, locationId: number): Promise<ShownUnassigned[]> {
  const gaps = await select<Gap>(db, `${GAPS} AND l.id = :locationId ORDER BY p.end_on DESC, p.id DESC`, {
    ...{ locationId, begun: BEGUN },
  });
  return (await shownGaps(db, gaps)).map(({ locationNumber: _number, address: _address, ...rest }) => rest);
}

/** The days of nobody that touch these days, in the order in which their leavers came. */
export async function listUnassigned(
  db: Db,
  { from, to }: { from: CivilDate; to: CivilDate },
  page: PageRequest,
): Promise<Page<ShownUnassigned & { locationNumber: string; address: string }>> {
  const rows = await select<Gap>(
    db,
    `${GAPS} AND p.end_on <= :to AND (f.id IS NULL OR f.start_on >= :from) AND p.id > :after ORDER BY p.id LIMIT :limit`,
    { from, to, begun: BEGUN, after: page.after?.[0] ?? 0, limit: page.limit + 1 },
  );
  const { rows: kept, next } = pageOf(rows, page.limit, (row) => [row.id]);
  return { rows: await shownGaps(db, kept), next };
}

async function shownGaps(db: Db, gaps: Gap[]) {
  const { unassignedUsage } = await readSettings(db);
  const histories = await pointHistories(
    db,
    gaps.map(({ servicePointId }) => servicePointId),
  );
  return gaps.flatMap(({ id, servicePointId, serviceCode, position, unit, locationNumber, address }) => {
    const history = histories.get(servicePointId);
    const days = history && unassignedDays(history).find(({ afterAgreementId }) => afterAgreementId === id);
    if (!days) return [];
    const { usage, usageAfterShutOff, from, through, isOpen } = days;
    const isMuch = usage !== null && Number(usage) > Number(unassignedUsage.warnAbove);
    const ran = usageAfterShutOff !== null && Number(usageAfterShutOff) > 0;
    const warnings = [...(isMuch ? ['USAGE_ABOVE'] : []), ...(ran ? ['RAN_AFTER_SHUT_OFF'] : [])];
    const where = { serviceCode, position: Number(position), locationNumber, address };
    return [{ ...where, from, through, isOpen, usage, unit, warnings }];
  });
}

/** What happened at each of these points: reads, holders, and when the supply was turned off. */
export async function pointHistories(db: Db, pointIds: number[]): Promise<Map<number, PointHistory>> {
  if (pointIds.length === 0) return new Map();
  const settings = await readSettings(db);
  const { clock, handoverDayTo } = settings;
  const where = { ids: [...new Set(pointIds)], begun: BEGUN };
  const [installations, reads, holders, offs] = await Promise.all([
    select<Installation & { servicePointId: number }>(
      db,
      `SELECT i.id id, i.service_point_id servicePointId, i.meter_id meterId, i.installed_on installedOn,
         i.removed_on removedOn FROM meter_installation i WHERE i.service_point_id IN (:ids) ORDER BY i.service_point_id, i.installed_on, i.id`,
      where,
    ),
    select<FoundRead>(
      db,
      `SELECT r.id id, r.meter_id meterId, r.read_on readOn, r.value value, r.rollover rollover, m.dials dials,
         m.multiplier multiplier
       FROM meter_read r JOIN meter m ON m.id = r.meter_id WHERE r.superseded_by_id IS NULL
         AND r.meter_id IN (SELECT i.meter_id FROM meter_installation i WHERE i.service_point_id IN (:ids))
       ORDER BY r.read_on, r.id`,
      where,
    ),
    select<PointHolder & { servicePointId: number; status: string; followsId: number | null }>(
      db,
      `SELECT g.id agreementId, g.service_point_id servicePointId, g.start_on startOn, g.end_on endOn,
         g.start_read_id startReadId, g.stop_read_id stopReadId, g.status status
       FROM service_agreement g WHERE g.service_point_id IN (:ids) AND g.status IN (:begun)
       ORDER BY g.service_point_id, g.start_on, COALESCE(g.end_on, '9999-12-31'), g.id`,
      where,
    ),
    select<{ servicePointId: number; completedAt: Date }>(
      db,
      `SELECT o.service_point_id servicePointId, o.completed_at completedAt FROM service_order o
       WHERE o.service_point_id IN (:ids) AND o.type IN ('TURN_OFF', 'CUT_NONPAY') AND o.status = 'COMPLETED'
         AND o.completed_at IS NOT NULL ORDER BY o.completed_at`,
      where,
    ),
  ]);
  const histories = new Map<number, PointHistory>();
  for (const id of where.ids) {
    const meters = installations.filter(({ servicePointId }) => servicePointId === id);
    const own = holders.filter(({ servicePointId }) => servicePointId === id);
    histories.set(id, {
      ...{ handoverDayTo, today: civilNow(clock), reads: readsThere(meters, reads) },
      holders: own.map((holder) => ({ ...holder, hasLeft: holder.status === 'STOPPED' || holder.status === 'CLOSED' })),
      shutOffOn: offs
        .filter(({ servicePointId }) => servicePointId === id)
        .map(({ completedAt }) => civilDateOf(clock, new Date(completedAt))),
    });
  }
  return histories;
}

interface Installation {
  meterId: number;
  installedOn: CivilDate;
  removedOn: CivilDate | null;
}

type FoundRead = Omit<PointRead, 'installation' | 'rollover'> & { meterId: number; rollover: number };

/** The reads of the meters of a point while they were there, one meter after the other. */
function readsThere(installations: Installation[], reads: FoundRead[]): PointRead[] {
  const placed: PointRead[] = [];
  for (const { meterId, rollover, ...read } of reads) {
    const { readOn } = read;
    const begun = installations.findLastIndex((each) => each.meterId === meterId && each.installedOn <= readOn);
    const installation = begun >= 0 ? begun : installations.findIndex((each) => each.meterId === meterId);
    const removedOn = installations[installation]?.removedOn ?? null;
    // Read elsewhere, or in the stock, after it was taken out here.
    if (installation < 0 || (removedOn !== null && readOn > removedOn)) continue;
    placed.push({ ...read, rollover: Boolean(rollover), installation });
  }
  return placed.sort((a, b) => a.installation - b.installation);
}
