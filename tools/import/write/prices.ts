import { canonicalJson, sha256 } from '../../../db/canonical';
import { instantOf } from '../../../db/clock';
import { fresh } from '../check/check';
import { versionOf } from '../check/prices';
import { addAll, type Writing } from './writing';

/** Adds services, and rates with their versions. */
export async function writePrices(w: Writing): Promise<void> {
  const { tx, c } = w;
  await addAll(
    w,
    tx.db.Service,
    fresh(c, 'services').map(({ values }) => ({ ...values, unit: values.unit ?? null })),
  );
  const rows = fresh(c, 'rates');
  const codes = new Set(rows.map(({ values }) => values.code));
  const rates = [...c.office.rates.values()].filter(({ isNew, code }) => isNew && codes.has(code));
  await addAll(
    w,
    tx.db.Rate,
    rates.map(({ id, code, service, name, isDefault }) => ({ id, code, serviceCode: service, name, isDefault })),
  );
  await addAll(
    w,
    tx.db.RateVersion,
    rows.map((row) => {
      const { code, effectiveFrom } = row.values;
      const definition = canonicalJson(versionOf(row));
      const publishedAt = instantOf(c.settings.clock, effectiveFrom);
      const rateId = c.office.rates.get(code)?.id ?? 0;
      return { rateId, effectiveFrom, definition, definitionHash: sha256(definition), publishedAt };
    }),
  );
}
