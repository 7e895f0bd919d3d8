import { NativeConnection, Runtime, DefaultLogger } from '@temporalio/worker';
import { Client, Connection } from '@temporalio/client';
import pino from 'pino';
import { createDb } from './db/create-db';
import { migrateUp, migrateDown } from './db/migrate';
import { makeSmallTown } from './tests/support/small-town';
import { createDesk } from './tests/support/desk';
import { createWorker } from './worker/create-worker';
const url = 'mysql://root@127.0.0.1:3306/keyturn_smoke';
async function main() {
  Runtime.install({ logger: new DefaultLogger('WARN') });
  await migrateUp(url);
  const db = createDb(url);
  const town = await makeSmallTown(db);
  const connection = await NativeConnection.connect({ address: '127.0.0.1:17233' });
  const worker = await createWorker({ connection, namespace: 'default', deps: { db, consoleUrl: 'http://127.0.0.1:8080' }, logger: pino({ level: 'warn' }), maxCachedWorkflows: 100, drainSeconds: 1 });
  const run = worker.run();
  const client = new Client({ connection: await Connection.connect({ address: '127.0.0.1:17233' }) });
  const desk = createDesk({ db, client });
  const { cora, sam, sue, fred } = town.users;
  try {
    const opened = await desk.moveOut(cora, { accountId: town.accountId, accountNumber: town.accountNumber, stopDate: town.today, vacateDate: town.today, stopReason: 'CUSTOMER', forwardingAddress: null, newTenant: 'NO' });
    console.log(opened);
    const order = await db.ServiceOrder.findOne({ where: { caseId: opened.caseId }, rejectOnEmpty: true });
    console.log(order.toJSON());
    await desk.report(fred, order.orderNumber, { meterId: town.meterId, value: '900', readOn: town.today }).catch((e) => console.log('refused', e.cause?.type, e.cause?.message));
    await desk.report(fred, order.orderNumber, { meterId: town.meterId, value: '4500', readOn: town.today });
    await desk.decide(sam, 'APPROVE_FINAL_BILL', 'SEND_BACK');
    await desk.decide(cora, 'CORRECT_FINAL_BILL', 'CORRECT_READ', { reads: [{ meterId: town.meterId, value: '4400', readOn: town.today, source: 'ACTUAL' }] });
    await desk.decide(cora, 'RECONNECT_TO_LANDLORD', 'RECONNECT');
    await desk.decide(cora, 'APPROVE_FINAL_BILL', 'APPROVE').catch((e) => console.log('refused', e.name, e.refusal));
    await desk.decide(sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    console.log((await desk.ended(opened.caseId)).toJSON());
    const settle = await db.Case.findOne({ where: { type: 'SETTLEMENT' }, rejectOnEmpty: true });
    const t = await desk.openTask('APPROVE_REFUND'); console.log(t.amountCents);
    await desk.decide(sam, 'APPROVE_REFUND', 'APPROVE');
    console.log((await desk.ended(settle.caseId)).toJSON());
    for (const c of await db.Case.findAll()) {
      const h = await client.workflow.getHandle(c.caseId).fetchHistory();
      console.log(c.type, c.status, c.step, h.events!.length, h.events!.filter(e => e.activityTaskScheduledEventAttributes).map(e => e.activityTaskScheduledEventAttributes!.activityType!.name).join());
    }
    console.log((await db.BillRevision.findAll()).map(r => [r.revision, r.status, r.totalCents]));
  } catch (e) { console.error(e); }
  worker.shutdown(); await run; await connection.close(); await migrateDown(url, { to: 0 }); await db.close();
}
main().catch(console.error);
