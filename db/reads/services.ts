import type { Db } from '../create-db';
import { pageOf, type Page, type PageRequest } from './page';
import { select } from './select';

/** A billing service with its rates and what a new agreement gets. */
export interface ServiceRow {
  code: string;
  name: string;
  metered: boolean;
  unit: string | null;
  onNewLocation: boolean;
  defaultDepositCents: number;
  rates: { code: string; name: string; isDefault: boolean }[];
}

/** The billing services in the order in which money pays for them. */
export async function listServices(db: Db, page: PageRequest): Promise<Page<ServiceRow>> {
  const services = await db.Service.findAll({ order: ['priority', 'code'], raw: true });
  const from = Number(page.after?.[0] ?? 0);
  const numbered = services.map((service, i) => ({ ...service, place: i + 1 })).slice(from, from + page.limit + 1);
  const { rows, next } = pageOf(numbered, page.limit, ({ place }) => [place]);
  const rates = await select<{ code: string; name: string; serviceCode: string; isDefault: number }>(
    db,
    'SELECT code, name, service_code serviceCode, is_default isDefault FROM rate ORDER BY code',
  );
  return {
    rows: rows.map(
      ({ place: _place, priority: _priority, metered, onNewLocation, defaultDepositCents, ...service }) => ({
        ...service,
        ...{ metered: Boolean(metered), onNewLocation: Boolean(onNewLocation) },
        defaultDepositCents: Number(defaultDepositCents),
        rates: rates
          .filter(({ serviceCode }) => serviceCode === service.code)
          .map(({ code, name, isDefault }) => ({ code, name, isDefault: Boolean(isDefault) })),
      }),
    ),
    next,
  };
}
