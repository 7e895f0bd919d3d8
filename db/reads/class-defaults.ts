import type { Db } from '../create-db';
import { select } from './select';

/** A service that a new service address gets, and at which rate. */
export interface DefaultService {
  serviceCode: string;
  rateId: number;
  rateCode: string;
  /** What the class asks for as a deposit in place of the service's own amount, in cents; null: the service's own. */
  depositCents: number | null;
}

/** What a class gets by a list of its own; empty where it has none. */
export async function servicesOfClass(db: Db, classCode: string): Promise<DefaultService[]> {
  const rows = await select<DefaultService>(
    db,
    `SELECT k.service_code serviceCode, k.rate_id rateId, r.code rateCode, k.deposit_cents depositCents
     FROM class_service k JOIN rate r ON r.id = k.rate_id JOIN service s ON s.code = k.service_code
     WHERE k.class_code = :classCode ORDER BY s.priority, s.code`,
    { classCode },
  );
  return rows.map((row) => ({ ...row, depositCents: row.depositCents === null ? null : Number(row.depositCents) }));
}

/**
 * The services that a new service address of this class gets (domain.md row S7): the class's own list, else what every
 * place gets, at the default rate, or one of the class where that is for another class.
 */
export async function defaultServices(db: Db, classCode: string | null): Promise<DefaultService[]> {
  const own = classCode === null ? [] : await servicesOfClass(db, classCode);
  if (own.length > 0) return own;
  return select<DefaultService>(
    db,
    `SELECT s.code serviceCode, r.id rateId, r.code rateCode, NULL depositCents
     FROM service s JOIN rate r ON r.id = (
       SELECT f.id FROM rate f WHERE f.service_code = s.code AND (f.class_code IS NULL OR f.class_code = :classCode)
         AND (f.is_default = TRUE OR f.class_code = :classCode) ORDER BY f.is_default DESC, f.code LIMIT 1)
     WHERE s.on_new_location = TRUE ORDER BY s.priority, s.code`,
    { classCode },
  );
}

/** The rate that a service gets by itself at a place of this class; null where nothing is the default. */
export async function defaultRateId(db: Db, serviceCode: string, classCode: string | null): Promise<number | null> {
  const own = classCode === null ? [] : await servicesOfClass(db, classCode);
  const listed = own.find((each) => each.serviceCode === serviceCode);
  if (listed) return listed.rateId;
  const rate = await db.Rate.findOne({ where: { serviceCode, isDefault: true } });
  return rate && (rate.classCode ?? classCode) === classCode ? rate.id : null;
}
