import type { DepositPolicy } from '../../domain/deposits/propose';
import { ensure, RefusedError } from '../errors';
import type { Rate, Service } from '../models/places';
import type { Tx } from '../transaction';

/** What an administrator may change of a service; what is left out stays. */
export interface ServiceChange {
  name?: string;
  onNewLocation?: boolean;
  /** The rate that a new agreement gets at a place of any class; null: none. */
  defaultRateCode?: string | null;
  depositPolicy?: DepositPolicy;
}

/** Locks a service. Refused: NOT_FOUND. */
export async function lockService(tx: Tx, code: string): Promise<Service> {
  const service = await tx.db.Service.findByPk(code, { lock: true });
  ensure(service, 'NOT_FOUND', 'There is no such service');
  return service;
}

/** Changes a service's defaults and deposit policy (domain.md rows S7 and S9). Refused: RATE_UNKNOWN, RATE_OF_A_CLASS. */
export async function changeService(tx: Tx, service: Service, change: ServiceChange): Promise<void> {
  const { name, onNewLocation, defaultRateCode, depositPolicy } = change;
  if (defaultRateCode !== undefined) await setDefaultRate(tx, service.code, defaultRateCode);
  await service.update({
    ...(name !== undefined && { name }),
    ...(onNewLocation !== undefined && { onNewLocation }),
    ...(depositPolicy && depositColumns(depositPolicy)),
  });
  // What changed elsewhere is a change of the service too: whoever read it before reads it again.
  if (!service.changed() && defaultRateCode !== undefined) await service.increment('version');
  const { code: entityId } = service;
  tx.audit({ action: 'service.changed', entity: 'service', entityId, data: { ...change } });
}

function depositColumns(policy: DepositPolicy) {
  switch (policy.kind) {
    case 'NONE':
      return { depositKind: policy.kind, depositTimes: null, defaultDepositCents: 0 };
    case 'FIXED':
      return { depositKind: policy.kind, depositTimes: null, defaultDepositCents: policy.amountCents };
    case 'AVERAGE_BILL':
      return { depositKind: policy.kind, depositTimes: policy.times, defaultDepositCents: policy.fallbackCents };
  }
}

async function setDefaultRate(tx: Tx, serviceCode: string, code: string | null): Promise<void> {
  const pointer = '#/defaultRateCode';
  const rate = code === null ? null : await rateOf(tx, { serviceCode, code }, pointer);
  if (rate && rate.classCode !== null) {
    const message = `The rate ${code} is for ${rate.classCode} alone; the default is for every place`;
    throw new RefusedError({ code: 'RATE_OF_A_CLASS', message, pointer });
  }
  await tx.db.Rate.update({ isDefault: false }, { where: { serviceCode, isDefault: true } });
  await rate?.update({ isDefault: true });
}

async function rateOf(tx: Tx, where: { serviceCode: string; code: string }, pointer: string): Promise<Rate> {
  const rate = await tx.db.Rate.findOne({ where, lock: true });
  if (rate) return rate;
  throw new RefusedError({ code: 'RATE_UNKNOWN', message: `${where.serviceCode} has no rate ${where.code}`, pointer });
}

/** A service that a new service address of a class gets. */
export interface NewClassService {
  serviceCode: string;
  rateCode: string;
  depositCents: number | null;
}

/**
 * Replaces what a new service address of a class gets; an empty list gives it back what every place gets (domain.md row
 * S7). The class is locked before. Refused: SERVICE_UNKNOWN, SERVICE_TWICE, RATE_UNKNOWN, RATE_NOT_FOR_CLASS.
 */
export async function putClassServices(tx: Tx, classCode: string, services: NewClassService[]): Promise<void> {
  const rows = [];
  for (const [i, { serviceCode, rateCode, depositCents }] of services.entries()) {
    const at = `#/services/${i}`;
    const refuse = (code: string, message: string, field: string) => {
      throw new RefusedError({ code, message, pointer: `${at}/${field}` });
    };
    const first = services.findIndex((other) => other.serviceCode === serviceCode);
    if (first !== i) refuse('SERVICE_TWICE', 'The service is in the list twice', 'serviceCode');
    const known = await tx.db.Service.findByPk(serviceCode);
    if (known?.code !== serviceCode) refuse('SERVICE_UNKNOWN', `There is no service ${serviceCode}`, 'serviceCode');
    const rate = await rateOf(tx, { serviceCode, code: rateCode }, `${at}/rateCode`);
    const fits = rate.classCode === null || rate.classCode === classCode;
    if (!fits) refuse('RATE_NOT_FOR_CLASS', `The rate ${rateCode} is for ${rate.classCode}`, 'rateCode');
    rows.push({ classCode, serviceCode, rateId: rate.id, depositCents });
  }
  await tx.db.ClassService.destroy({ where: { classCode } });
  await tx.db.ClassService.bulkCreate(rows);
  tx.audit({ action: 'rateClass.services', entity: 'rate_class', entityId: classCode, data: { services } });
}
