import { hashOf } from '../../db/canonical';
import type { Db } from '../../db/create-db';
import { ensure } from '../../db/errors';
import { defaultServices, servicesOfClass } from '../../db/reads/class-defaults';
import { findService, listServices } from '../../db/reads/services';
import { changeService, lockService, putClassServices } from '../../db/records/services';
import { inTransaction } from '../../db/transaction';
import type { ApiDeps } from '../deps';
import { ok, route, type Answer, type Route } from '../route';
import { listAnswer, pageRequest } from '../schemas/common';
import {
  classParams,
  classServices,
  classServicesBody,
  serviceList,
  serviceListQuery,
  serviceParams,
  servicePatch,
  serviceShown,
} from '../schemas/services';

const TAG = 'Services and rates';

/** The billing services, their deposits, and what a new service address of a class gets (domain.md rows S7 to S9). */
export const serviceRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /services',
    tag: TAG,
    summary: 'The billing services with their rates, deposit policies and defaults of classes',
    query: serviceListQuery,
    answers: { 200: { description: 'A page of services', schema: serviceList } },
    handle: async ({ query }) => ok(listAnswer(await listServices(deps.db, pageRequest(query)))),
  }),

  route({
    name: 'GET /services/{serviceCode}',
    tag: TAG,
    summary: 'One billing service; its version is the ETag',
    params: serviceParams,
    answers: { 200: { description: 'The service', schema: serviceShown } },
    handle: ({ params }) => shown(deps.db, params.serviceCode),
  }),

  route({
    name: 'PATCH /services/{serviceCode}',
    tag: TAG,
    summary: 'Changes what a service is called, its defaults for every place and its deposit policy',
    params: serviceParams,
    body: servicePatch,
    ifMatch: true,
    answers: { 200: { description: 'The service', schema: serviceShown } },
    handle: async ({ params, body, actor, ifMatch }) => {
      await inTransaction(deps.db, actor.id, async (tx) => {
        const service = await lockService(tx, params.serviceCode);
        ensure(ifMatch === etag(service), 'PRECONDITION_FAILED', 'The service has changed since it was read');
        await changeService(tx, service, body);
      });
      return shown(deps.db, params.serviceCode);
    },
  }),

  route({
    name: 'GET /rate-classes/{classCode}/services',
    tag: TAG,
    summary: 'What a new service address of this class gets; the list of its own is the ETag',
    params: classParams,
    answers: { 200: { description: 'The services', schema: classServices } },
    handle: ({ params }) => classShown(deps.db, params.classCode),
  }),

  route({
    name: 'PUT /rate-classes/{classCode}/services',
    tag: TAG,
    summary: 'Replaces what a new service address of this class gets; an empty list is the default of every place',
    params: classParams,
    body: classServicesBody,
    ifMatch: true,
    answers: { 200: { description: 'The services', schema: classServices } },
    handle: async ({ params: { classCode }, body, actor, ifMatch }) => {
      await inTransaction(deps.db, actor.id, async (tx) => {
        ensure(await tx.db.RateClass.findByPk(classCode, { lock: true }), 'NOT_FOUND', 'There is no such class');
        const message = 'The list has changed since it was read';
        ensure(ifMatch === (await classEtag(tx.db, classCode)), 'PRECONDITION_FAILED', message);
        await putClassServices(tx, classCode, body.services);
      });
      return classShown(deps.db, classCode);
    },
  }),
];

const etag = ({ version }: { version: number }): string => `"${version}"`;

async function shown(db: Db, serviceCode: string): Promise<Answer> {
  const service = await findService(db, serviceCode);
  ensure(service, 'NOT_FOUND', 'There is no such service');
  return ok(service, { ETag: etag(service) });
}

const classEtag = async (db: Db, classCode: string): Promise<string> =>
  `"${hashOf(await servicesOfClass(db, classCode)).slice(0, 16)}"`;

async function classShown(db: Db, classCode: string): Promise<Answer> {
  ensure(await db.RateClass.findByPk(classCode), 'NOT_FOUND', 'There is no such class');
  const own = await servicesOfClass(db, classCode);
  const services = (await defaultServices(db, classCode)).map(({ serviceCode, rateCode, depositCents }) => ({
    ...{ serviceCode, rateCode, depositCents },
  }));
  return ok({ classCode, hasOwnList: own.length > 0, services }, { ETag: await classEtag(db, classCode) });
}
