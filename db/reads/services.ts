import type { DepositPolicy } from '../../domain/deposits/propose';
import type { Db } from '../create-db';
import type { Service } from '../models/places';
import { policyOf } from './deposit-proposals';
import { pageOf, type Page, type PageRequest } from './page';
import { select } from './select';

/** A billing service with its rates and what a new agreement gets. */
export interface ServiceRow {
  code: string;
  name: string;
  metered: boolean;
  unit: string | null;
  onNewLocation: boolean;
  depositPolicy: DepositPolicy;
  defaultDepositCents: number;
  /** The classes of places that a rate is for; null: all. */
  rates: { code: string; name: string; isDefault: boolean; classCode: string | null }[];
  /** The classes that get the service at a rate or deposit of their own (domain.md row S7). */
  classDefaults: { classCode: string; rateCode: string; depositCents: number | null }[];
  version: number;
}

/** The billing services in the order in which money pays for them. */
export async function listServices(db: Db, page: PageRequest): Promise<Page<ServiceRow>> {
  const services = await db.Service.findAll({ order: ['priority', 'code'], raw: true });
  const from = Number(page.after?.[0] ?? 0);
  const numbered = services.map((service, i) => ({ service, place: i + 1 })).slice(from, from + page.limit + 1);
  const { rows, next } = pageOf(numbered, page.limit, ({ place }) => [place]);
  const { rates, classes } = await termsOf(db);
  return { rows: rows.map(({ service }) => rowOf(service, rates, classes)), next };
}

/** One billing service, or null. */
export async function findService(db: Db, code: string): Promise<ServiceRow | null> {
  const service = await db.Service.findByPk(code, { raw: true });
  if (!service) return null;
  const { rates, classes } = await termsOf(db);
  return rowOf(service, rates, classes);
}

interface RateOf {
  code: string;
  name: string;
  serviceCode: string;
  isDefault: number;
  classCode: string | null;
}
interface ClassOf {
  serviceCode: string;
  classCode: string;
  rateCode: string;
  depositCents: number | null;
}

async function termsOf(db: Db): Promise<{ rates: RateOf[]; classes: ClassOf[] }> {
  const rates = await select<RateOf>(
    db,
    'SELECT code, name, service_code serviceCode, is_default isDefault, class_code classCode FROM rate ORDER BY code',
  );
  const classes = await select<ClassOf>(
    db,
    `SELECT k.service_code serviceCode, k.class_code classCode, r.code rateCode, k.deposit_cents depositCents
     FROM class_service k JOIN rate r ON r.id = k.rate_id ORDER BY k.class_code`,
  );
  return { rates, classes };
}

function rowOf(service: Service, rates: RateOf[], classes: ClassOf[]): ServiceRow {
  const { code, name, metered, unit, onNewLocation, defaultDepositCents, version } = service;
  const isOf = ({ serviceCode }: { serviceCode: string }) => serviceCode === code;
  return {
    ...{ code, name, unit, version, metered: Boolean(metered), onNewLocation: Boolean(onNewLocation) },
    ...{ depositPolicy: policyOf(service), defaultDepositCents: Number(defaultDepositCents) },
    rates: rates.filter(isOf).map(({ serviceCode: _, isDefault, ...rate }) => ({
      ...{ ...rate, isDefault: Boolean(isDefault) },
    })),
    classDefaults: classes.filter(isOf).map(({ classCode, rateCode, depositCents: cents }) => ({
      ...{ classCode, rateCode, depositCents: cents === null ? null : Number(cents) },
    })),
  };
}
