import { makeSmallTown } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';

let system: TestSystem;
afterEach(() => system.end());

/** The goals of performance.md: what one case costs Temporal, whatever the machine. */
it('takes at most 6 activities and 65 events for a move-out, 3 and 40 for the vacancy to the landlord', async () => {
  system = await testSystem();
  const town = await makeSmallTown(system.db);
  await system.startWorker();
  const { desk, db, client } = system;
  const { accountId, accountNumber, meterId, today } = town;
  const { caseId } = await desk.moveOut(town.users.cora, {
    ...{
      accountId,
      accountNumber,
      stopDate: today,
      vacateDate: today,
      stopReason: 'CUSTOMER',
      forwardingAddress: null,
      newTenant: 'NO',
    },
  });
  await desk.decide(town.users.cora, 'RECONNECT_TO_LANDLORD', 'RECONNECT');
  const order = await db.ServiceOrder.findOne({ where: { caseId }, rejectOnEmpty: true });
  await desk.report(town.users.fred, order.orderNumber, { meterId, value: '2000', readOn: today });
  await desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
  await desk.ended(caseId);
  const vacancy = await db.Case.findOne({ where: { type: 'VACANCY' }, rejectOnEmpty: true });
  await desk.ended(vacancy.caseId);
  const cost = async (id: string) => {
    await client.workflow.getHandle(id).result();
    const events = (await client.workflow.getHandle(id).fetchHistory()).events ?? [];
    return {
      events: events.length,
      activities: events.filter((each) => each.activityTaskScheduledEventAttributes).length,
    };
  };
  const moveOut = await cost(caseId);
  expect(moveOut.activities).toBeLessThanOrEqual(6);
  // A loaded machine splits some workflow tasks: four events of leeway.
  expect(moveOut.events).toBeLessThanOrEqual(65 + 4);
  const reverted = await cost(vacancy.caseId);
  expect(reverted.activities).toBeLessThanOrEqual(3);
  expect(reverted.events).toBeLessThanOrEqual(40);
});
