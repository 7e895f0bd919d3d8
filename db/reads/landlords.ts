import type { CivilDate } from '../../domain/dates';
import type { AgreementEnd, LandlordTerms } from '../../domain/landlord/landlord-terms';
import {
  HOLDING,
  type AccountStatus,
  type CaseStep,
  type LandlordDecision,
  type StopReason,
} from '../../domain/states';
import type { Db } from '../create-db';
import { pageOf, type Page, type PageRequest } from './page';
import { addressOf } from './people';
import { containing, parsedJson, select, selectOne, sumOf } from './select';

/** A landlord agreement as it is shown; endOn is the first day on which it is not in force. */
export interface ShownAgreement extends LandlordTerms {
  customerNumber: string;
  customerName: string;
  startOn: CivilDate;
  endOn: CivilDate | null;
  endReason: AgreementEnd | null;
}

interface AgreementRow extends Omit<ShownAgreement, 'lines'> {
  id: number;
  locationId: number;
  version: number;
}

const AGREEMENT = `SELECT la.id id, la.location_id locationId, la.version version, c.customer_number customerNumber,
    c.display_name customerName, la.start_on startOn, la.end_on endOn, la.end_reason endReason, la.fee_cents feeCents,
    la.notice_by noticeBy
  FROM landlord_agreement la JOIN customer c ON c.id = la.customer_id`;

/** Every landlord agreement of a location, the latest first, and the version of them all. */
export async function agreementsOf(
  db: Db,
  locationId: number,
): Promise<{ agreements: ShownAgreement[]; version: string }> {
  const rows = await select<AgreementRow>(
    db,
    `${AGREEMENT} WHERE la.location_id = :locationId ORDER BY la.start_on DESC, la.id DESC`,
    { locationId },
  );
  const lines = await linesOf(db, rows);
  return {
    agreements: rows.map((row) => shown(row, lines)),
    version: `${rows.length}.${rows.reduce((sum, { version }) => sum + Number(version), 0)}`,
  };
}

/** The agreements that are or will be in force, of those of a location; the last before is history. */
export const currentOf = (agreements: ShownAgreement[], today: CivilDate): ShownAgreement | null =>
  agreements.find(({ startOn, endOn }) => startOn <= today && (endOn === null || endOn > today)) ?? null;

async function linesOf(db: Db, rows: { id: number }[]): Promise<Map<number, LandlordTerms['lines']>> {
  const byAgreement = new Map<number, LandlordTerms['lines']>();
  if (rows.length === 0) return byAgreement;
  const lines = await select<{
    agreementId: number;
    serviceCode: string;
    decision: LandlordDecision;
    rateCode: string;
    seasonStart: string | null;
    seasonEnd: string | null;
    stopReasonsExcluded: unknown;
    feeCents: number;
  }>(
    db,
    `SELECT n.landlord_agreement_id agreementId, n.service_code serviceCode, n.decision decision, r.code rateCode,
       n.season_start seasonStart, n.season_end seasonEnd, n.stop_reasons_excluded stopReasonsExcluded, n.fee_cents feeCents
     FROM landlord_agreement_line n JOIN rate r ON r.id = n.rate_id WHERE n.landlord_agreement_id IN (:ids)
     ORDER BY n.landlord_agreement_id, n.service_code`,
    { ids: rows.map(({ id }) => id) },
  );
  for (const { agreementId, stopReasonsExcluded, feeCents, ...line } of lines) {
    const shownLine = {
      ...line,
      stopReasonsExcluded: parsedJson<StopReason[]>(stopReasonsExcluded),
      feeCents: Number(feeCents),
    };
    byAgreement.set(agreementId, [...(byAgreement.get(agreementId) ?? []), shownLine]);
  }
  return byAgreement;
}

function shown(row: AgreementRow, lines: Map<number, LandlordTerms['lines']>): ShownAgreement {
  const { customerNumber, customerName, startOn, endOn, endReason, feeCents, noticeBy } = row;
  return {
    ...{ customerNumber, customerName, startOn, endOn, endReason, noticeBy },
    ...{ feeCents: Number(feeCents), lines: lines.get(row.id) ?? [] },
  };
}

/** One landlord of the list, with the places that they have or will have. */
export interface LandlordRow {
  customerNumber: string;
  displayName: string;
  locations: number;
}

const HAS = `la.customer_id = c.id AND (la.end_on IS NULL OR (la.end_on > :today AND la.end_on > la.start_on))`;

/** The landlords, by name or number where q is given, in the order in which they became customers. */
export async function listLandlords(
  db: Db,
  about: { q: string | undefined; today: CivilDate },
  page: PageRequest,
): Promise<Page<LandlordRow>> {
  const { q, today } = about;
  const rows = await select<LandlordRow & { id: number }>(
    db,
    `SELECT c.id id, c.customer_number customerNumber, c.display_name displayName,
       COUNT(DISTINCT la.location_id) locations
     FROM customer c JOIN landlord_agreement la ON ${HAS}
     WHERE c.id > :after ${q ? 'AND (c.display_name LIKE :like OR c.customer_number = :q)' : ''}
     GROUP BY c.id, c.customer_number, c.display_name ORDER BY c.id LIMIT :limit`,
    { q, today, like: q && containing(q), after: page.after?.[0] ?? 0, limit: page.limit + 1 },
  );
  const { rows: kept, next } = pageOf(rows, page.limit, (row) => [row.id]);
  return { rows: kept.map(({ id: _id, locations, ...row }) => ({ ...row, locations: Number(locations) })), next };
}

/** A customer as a landlord: the version of all agreements, own accounts at places, and what is vacant; or null. */
export async function findLandlord(db: Db, customerNumber: string) {
  const customer = await db.Customer.findOne({ where: { customerNumber }, raw: true });
  if (!customer) return null;
  const { id: customerId, displayName } = customer;
  const [versions, accounts, vacancies] = await Promise.all([
    selectOne<{ agreements: number; changes: number }>(
      db,
      `SELECT COUNT(*) agreements, ${sumOf('la.version')} changes FROM landlord_agreement la WHERE la.customer_id = :customerId`,
      { customerId },
    ),
    accountsOf(db, customerId),
    vacanciesOf(db, customerId),
  ]);
  return {
    ...{ customerId, customerNumber, displayName, accounts, vacancies },
    balanceCents: accounts.reduce((sum, account) => sum + account.balanceCents, 0),
    version: `${Number(versions?.agreements ?? 0)}.${Number(versions?.changes ?? 0)}`,
  };
}

/** The landlord's own accounts as a landlord that are not over, or on which money is left. */
async function accountsOf(db: Db, customerId: number) {
  const rows = await select<{
    accountNumber: string;
    status: AccountStatus;
    locationNumber: string;
    address: string;
    startOn: string;
    stopOn: string | null;
    balanceCents: number;
  }>(
    db,
    `SELECT x.* FROM (SELECT a.account_number accountNumber, a.status status, l.location_number locationNumber,
       ${addressOf('l')} address,
       a.start_on startOn, a.stop_on stopOn,
       (SELECT ${sumOf('p.amount_cents')} FROM posting p
        WHERE p.account_id = a.id AND p.ledger_account = 'RECEIVABLE') balanceCents
     FROM account a JOIN location l ON l.id = a.location_id
     WHERE a.customer_id = :customerId AND a.role = 'LANDLORD') x
     WHERE x.status NOT IN ('CLOSED', 'CANCELED') OR x.balanceCents <> 0 ORDER BY x.accountNumber LIMIT 1000`,
    { customerId },
  );
  return rows.map((row) => ({ ...row, balanceCents: Number(row.balanceCents) }));
}

/** The open vacancies at places that are the landlord's on the day on which the tenant stops. */
function vacanciesOf(db: Db, customerId: number) {
  return select<{ caseId: string; step: CaseStep; locationNumber: string; address: string; stopOn: string | null }>(
    db,
    `SELECT k.case_id caseId, k.step step, l.location_number locationNumber, ${addressOf('l')} address, a.stop_on stopOn
     FROM cases k JOIN account a ON a.id = k.account_id JOIN location l ON l.id = k.location_id
     JOIN landlord_agreement la ON la.location_id = l.id AND la.customer_id = :customerId
       AND la.start_on <= a.stop_on AND (la.end_on IS NULL OR la.end_on > a.stop_on)
     WHERE k.type = 'VACANCY' AND k.closed_at IS NULL ORDER BY k.case_id LIMIT 1000`,
    { customerId },
  );
}

/** A place of a landlord: the agreement, and who has the place now. */
export interface LandlordLocation extends ShownAgreement {
  locationNumber: string;
  address: string;
  occupants: { accountNumber: string; customerNumber: string; customerName: string; role: string }[];
}

/** The places that a landlord has or will have, in the order of their agreements. */
export async function locationsOf(
  db: Db,
  about: { customerId: number; today: CivilDate },
  page: PageRequest,
): Promise<Page<LandlordLocation>> {
  const rows = await select<AgreementRow & { locationNumber: string; address: string }>(
    db,
    `SELECT x.*, l.location_number locationNumber, ${addressOf('l')} address FROM (${AGREEMENT}
       WHERE la.customer_id = :customerId AND la.id > :after
         AND (la.end_on IS NULL OR (la.end_on > :today AND la.end_on > la.start_on))) x
     JOIN location l ON l.id = x.locationId ORDER BY x.id LIMIT :limit`,
    { ...about, after: page.after?.[0] ?? 0, limit: page.limit + 1 },
  );
  const { rows: kept, next } = pageOf(rows, page.limit, (row) => [row.id]);
  const [lines, occupants] = await Promise.all([linesOf(db, kept), occupantsAt(db, kept)]);
  return {
    rows: kept.map((row) => ({
      ...{ locationNumber: row.locationNumber, address: row.address, ...shown(row, lines) },
      occupants: occupants
        .filter(({ locationId }) => locationId === row.locationId)
        .map(({ locationId: _id, ...occupant }) => occupant),
    })),
    next,
  };
}

async function occupantsAt(db: Db, rows: { locationId: number }[]) {
  if (rows.length === 0) return [];
  return select<LandlordLocation['occupants'][number] & { locationId: number }>(
    db,
    `SELECT DISTINCT a.location_id locationId, a.account_number accountNumber, c.customer_number customerNumber,
       c.display_name customerName, a.role role
     FROM account a JOIN service_agreement g ON g.account_id = a.id AND g.status IN (:holding)
     JOIN customer c ON c.id = a.customer_id WHERE a.location_id IN (:ids) ORDER BY a.account_number`,
    { holding: HOLDING, ids: [...new Set(rows.map(({ locationId }) => locationId))] },
  );
}
