import { refuseRateVersion } from '../../../domain/billing/rate/refuse-rate-version';
import { compareDates } from '../../../domain/dates';
import type { Row } from '../files';
import { groupBy } from '../group-by';
import type { RateThing } from '../things';
import { fresh, named, refuseKnown, spoilTogether, type Check, type Good } from './check';

/** Checks services, and rates with every version: each can be priced, and a service has one default. */
export function checkPrices(c: Check): void {
  const { services } = c.office;
  for (const row of fresh(c, 'services')) {
    const { code, metered, unit = null } = row.values;
    if (!refuseKnown(c, row, 'code', services.has(code))) services.set(code, { code, metered, unit });
  }
  const ofCode = groupBy(c.rows.rates, ({ key }) => key.split(' ')[0] ?? '');
  for (const rows of ofCode.values()) checkRate(c, rows);
}

/** All rows of one code: a bad one makes the others useless, for the rate would have days without a price. */
function checkRate(c: Check, all: Row<'rates'>[]): void {
  const rows = all.filter((row): row is Good<'rates'> => row.values !== null && !row.already && !c.bad.has(row));
  const [first] = rows;
  if (!first) return;
  const { code, service, name, isDefault } = first.values;
  const rate: RateThing = c.office.rates.get(code) ?? {
    ...{ id: c.office.nextId('rate'), code, service, name, isDefault, isNew: true, versions: [], drafts: [] },
  };
  const others = new Set([...c.office.rates.values()].map((other) => (other.isDefault ? other.service : null)));
  for (const row of rows) {
    for (const cell of ['service', 'name', 'isDefault'] as const)
      if (row.values[cell] !== rate[cell]) c.bad.add(row, cell, `The other versions of ${code} say ${rate[cell]}`);
    named(c, row, 'service', { file: 'services', key: service, things: c.office.services });
    if (rate.isNew && isDefault && others.has(service))
      c.bad.add(row, 'isDefault', `${service} has another default rate`);
    checkVersion(c, row, rate);
  }
  if (!spoilTogether(c, rate.isNew ? all : rows, 'code')) {
    rate.versions.push(...rows.map(versionOf));
    rate.versions.sort((a, b) => compareDates(a.effectiveFrom, b.effectiveFrom));
    c.office.rates.set(code, rate);
  }
}

function checkVersion(c: Check, row: Good<'rates'>, rate: RateThing): void {
  const { effectiveFrom, definition } = row.values;
  const known = rate.versions.some((version) => version.effectiveFrom === effectiveFrom);
  refuseKnown(c, row, 'effectiveFrom', known);
  if (rate.drafts.includes(effectiveFrom))
    c.bad.add(row, 'effectiveFrom', 'A draft of this rate from that day waits: publish or withdraw it first');
  for (const { message, pointer = '' } of refuseRateVersion(versionOf(row)))
    c.bad.add(row, `definition${pointer}`, message);
  for (const charge of definition.charges) {
    if (charge.kind !== 'SHARE_OF_USAGE') continue;
    named(c, row, 'definition', { file: 'services', key: charge.ofService, things: c.office.services });
  }
}

/** The version as the domain knows it. */
export const versionOf = ({ values: { effectiveFrom, definition } }: Good<'rates'>) => ({
  effectiveFrom,
  ...definition,
});
