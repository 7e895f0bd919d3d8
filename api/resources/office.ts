import { duplicateKeyOf, ensure, RefusedError } from '../../db/errors';
import { listAudit } from '../../db/reads/audit';
import { readSettingsWithVersion } from '../../db/reads/settings';
import { putSetting } from '../../db/records/settings';
import { inTransaction, type Tx } from '../../db/transaction';
import type { Settings } from '../../domain/settings';
import type { ApiDeps } from '../deps';
import { ok, route, type Route } from '../route';
import { listAnswer, pageRequest } from '../schemas/common';
import { auditList, auditQuery, settings, settingsPatch } from '../schemas/office';

/** Policy and the audit chain: the administrator's desk. */
export const officeRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /audit',
    tag: 'Office',
    summary: 'The audit chain, the newest line first',
    query: auditQuery,
    answers: { 200: { description: 'A page of lines', schema: auditList } },
    handle: async ({ query }) => ok(listAnswer(await listAudit(deps.db, query, pageRequest(query)))),
  }),

  route({
    name: 'GET /settings',
    tag: 'Office',
    summary: 'The policy in force',
    answers: { 200: { description: 'Every setting; its version is the ETag', schema: settings } },
    handle: async () => settingsAnswer(deps),
  }),

  route({
    name: 'PATCH /settings',
    tag: 'Office',
    summary: 'Changes settings, each as a whole',
    body: settingsPatch,
    ifMatch: true,
    answers: { 200: { description: 'Every setting', schema: settings } },
    handle: async ({ body, actor, ifMatch }) => {
      await change(deps, actor.id, body, ifMatch ?? '');
      return settingsAnswer(deps);
    },
  }),
];

async function settingsAnswer({ db }: ApiDeps) {
  const { settings: values, version } = await readSettingsWithVersion(db);
  return ok(values, { ETag: etag(version) });
}

/** A set-up that falls back to the default cycle must find it. Refused: BILL_CYCLE_UNKNOWN. */
async function refuseUnknownCycle(tx: Tx, code: string): Promise<void> {
  if (await tx.db.BillCycle.findByPk(code)) return;
  const pointer = '#/onboarding/defaultBillCycle';
  throw new RefusedError({ code: 'BILL_CYCLE_UNKNOWN', message: `There is no bill cycle ${code}`, pointer });
}

const etag = (version: number): string => `"${version}"`;

async function change({ db }: ApiDeps, actorId: number, patch: Partial<Settings>, ifMatch: string): Promise<void> {
  const message = 'The settings have changed since they were read';
  try {
    await inTransaction(db, actorId, async (tx) => {
      const { version } = await readSettingsWithVersion(db, { lock: true });
      ensure(ifMatch === etag(version), 'PRECONDITION_FAILED', message);
      if (patch.onboarding) await refuseUnknownCycle(tx, patch.onboarding.defaultBillCycle);
      for (const name of Object.keys(patch) as (keyof Settings)[]) await put(name);

      async function put<K extends keyof Settings>(name: K): Promise<void> {
        const value = patch[name];
        if (value !== undefined) await putSetting(tx, name, value);
      }
    });
  } catch (error) {
    // Two first changes of one setting at once: both found no row to lock.
    if (duplicateKeyOf(error) === 'PRIMARY') throw new RefusedError({ code: 'PRECONDITION_FAILED', message });
    throw error;
  }
}
