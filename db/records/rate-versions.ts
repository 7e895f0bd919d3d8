import { Op } from 'sequelize';
import { endOfVersion, refuseNeighbours } from '../../domain/billing/rate/refuse-neighbours';
import { refuseRateVersion } from '../../domain/billing/rate/refuse-rate-version';
import { refuseUnit } from '../../domain/billing/rate/refuse-unit';
import type { RateVersion } from '../../domain/billing/rate/rate-version';
import type { CivilDate } from '../../domain/dates';
import type { Refusal } from '../../domain/refusal';
import { canonicalJson, sha256 } from '../canonical';
import { ensure, rejectAll, RefusedError } from '../errors';
import type { Rate, RateVersionRow } from '../models/places';
import type { Tx } from '../transaction';

/** Which version of a rate: by the day from which it applies. */
export interface VersionKey {
  rateCode: string;
  effectiveFrom: CivilDate;
}

/**
 * Drafts a version of a rate; it prices nothing until a second person publishes it. Refused: NOT_FOUND,
 * RATE_VERSION_THERE, RATE_DAYS_BILLED and every problem of the version at once.
 */
export async function draftVersion(tx: Tx, rateCode: string, version: RateVersion): Promise<void> {
  const { effectiveFrom } = version;
  const rate = await lockRate(tx, rateCode);
  const there = await rowOf(tx, rate, effectiveFrom);
  const pointer = '#/effectiveFrom';
  const status = there?.status === 'DRAFT' ? 'a draft' : 'a published version';
  ensure(!there, 'RATE_VERSION_THERE', `There is ${status} from ${effectiveFrom} already`, { pointer });
  await refuseVersion(tx, rate, version);
  const row = await tx.db.RateVersion.create({
    ...{ rateId: rate.id, effectiveFrom, ...writtenOf(version), status: 'DRAFT', publishedAt: null },
    ...{ draftedBy: tx.actorId, draftedAt: tx.now },
  });
  note(tx, 'rate.drafted', rateCode, row);
}

/**
 * Replaces a draft; who does so has drafted it. Refused: NOT_FOUND, RATE_PUBLISHED, PRECONDITION_FAILED, RATE_DATE and
 * as draftVersion.
 */
export async function replaceDraft(tx: Tx, key: VersionKey, seen: string, version: RateVersion): Promise<void> {
  const { rate, row } = await lockDraft(tx, key);
  ensure(seen === row.definitionHash, 'PRECONDITION_FAILED', 'The draft has changed since it was read');
  const message = 'A draft keeps its first day: withdraw it and draft another';
  ensure(version.effectiveFrom === key.effectiveFrom, 'RATE_DATE', message, { pointer: '#/effectiveFrom' });
  await refuseVersion(tx, rate, version);
  await row.update({ ...writtenOf(version), draftedBy: tx.actorId, draftedAt: tx.now });
  note(tx, 'rate.redrafted', key.rateCode, row);
}

/** Withdraws a draft; the audit keeps that it was there. Refused: NOT_FOUND, RATE_PUBLISHED, PRECONDITION_FAILED. */
export async function withdrawDraft(tx: Tx, key: VersionKey, seen: string): Promise<void> {
  const { row } = await lockDraft(tx, key);
  ensure(seen === row.definitionHash, 'PRECONDITION_FAILED', 'The draft has changed since it was read');
  await row.destroy();
  note(tx, 'rate.withdrawn', key.rateCode, row);
}

/**
 * Publishes the draft that was seen, by its hash; bills use it from now on. Refused: NOT_FOUND, RATE_PUBLISHED,
 * OWN_WORK, DRAFT_CHANGED, and as draftVersion: days may have been billed and other versions published meanwhile.
 */
export async function publishDraft(tx: Tx, key: VersionKey, seen: string): Promise<void> {
  const { rate, row } = await lockDraft(tx, key);
  ensure(row.draftedBy !== tx.actorId, 'OWN_WORK', 'Somebody else publishes what you have drafted');
  const isSeen = seen === row.definitionHash && sha256(row.definition) === row.definitionHash;
  ensure(isSeen, 'DRAFT_CHANGED', 'The draft is not the one that you have seen', { pointer: '#/definitionHash' });
  await refuseVersion(tx, rate, JSON.parse(row.definition) as RateVersion);
  await row.update({ status: 'PUBLISHED', publishedBy: tx.actorId, publishedAt: tx.now });
  note(tx, 'rate.published', key.rateCode, row);
}

async function lockRate(tx: Tx, code: string): Promise<Rate> {
  const rate = await tx.db.Rate.findOne({ where: { code }, lock: true });
  // The database would find res-water for RES-WATER.
  ensure(rate?.code === code, 'NOT_FOUND', 'There is no such rate');
  return rate as Rate;
}

const rowOf = (tx: Tx, { id: rateId }: Rate, effectiveFrom: CivilDate): Promise<RateVersionRow | null> =>
  tx.db.RateVersion.unscoped().findOne({ where: { rateId, effectiveFrom }, lock: true });

async function lockDraft(tx: Tx, key: VersionKey): Promise<{ rate: Rate; row: RateVersionRow }> {
  const rate = await lockRate(tx, key.rateCode);
  const row = await rowOf(tx, rate, key.effectiveFrom);
  ensure(row, 'NOT_FOUND', 'There is no such version');
  ensure(row.status === 'DRAFT', 'RATE_PUBLISHED', 'The version is published: bills may rest on it');
  return { rate, row };
}

/** Everything that stands against a version, at once; then whether its days are free. */
async function refuseVersion(tx: Tx, rate: Rate, version: RateVersion): Promise<void> {
  const services = await tx.db.Service.findAll();
  const service = services.find(({ code }) => code === rate.serviceCode);
  ensure(service, 'NOT_FOUND', 'There is no such service');
  const published = (await tx.db.RateVersion.findAll({ where: { rateId: rate.id } })).map(
    ({ definition }) => JSON.parse(definition) as RateVersion,
  );
  const problems = [
    ...refuseRateVersion(version),
    ...refusePenalties(version),
    ...refuseUnit(version, service, services),
    ...refuseNeighbours(version, published),
  ];
  rejectAll(problems.map(inBody));
  await refuseBilledDays(tx, rate, version.effectiveFrom, endOfVersion(version, published));
}

const inBody = ({ pointer = '', ...refusal }: Refusal): Refusal => ({ ...refusal, pointer: `#${pointer}` });

/** What was billed stays at the price of its day. */
async function refuseBilledDays(tx: Tx, rate: Rate, from: CivilDate, end: CivilDate | null): Promise<void> {
  const billed = await tx.db.ServiceAgreement.findOne({
    where: {
      ...{ rateId: rate.id, lastBilledThrough: { [Op.gte]: from } },
      ...(end !== null && { startOn: { [Op.lt]: end } }),
    },
    order: [['lastBilledThrough', 'DESC']],
  });
  if (!billed) return;
  const message = `Days of this version are billed already, through ${billed.lastBilledThrough}`;
  throw new RefusedError({ code: 'RATE_DAYS_BILLED', message, pointer: '#/effectiveFrom' });
}

/** A final bill knows no balance: what is past due is charged for by the setting penaltyOnFinal, once. */
const refusePenalties = ({ charges }: RateVersion): Refusal[] =>
  charges.flatMap((charge, i) =>
    charge.kind === 'PERCENT' && charge.ofBalance
      ? [
          {
            ...{ code: 'RATE_PENALTY', pointer: `/charges/${i}/ofBalance` },
            message: 'A penalty on what is past due is the setting penaltyOnFinal, not a charge of a rate',
          },
        ]
      : [],
  );

function writtenOf(version: RateVersion): { definition: string; definitionHash: string } {
  const definition = canonicalJson(version);
  return { definition, definitionHash: sha256(definition) };
}

function note(tx: Tx, action: string, rateCode: string, row: RateVersionRow): void {
  const { id: entityId, effectiveFrom, definitionHash } = row;
  tx.audit({ action, entity: 'rate_version', entityId, data: { rateCode, effectiveFrom, definitionHash } });
}
