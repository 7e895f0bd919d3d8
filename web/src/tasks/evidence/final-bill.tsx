import { Alert, Anchor, Divider, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { api, type Schema } from '../../api/client';
import { BillLines } from '../../bills/bill-lines';
import { draftLines, draftMoney } from '../../bills/draft';
import { PastUse } from '../../bills/past-use';
import { Facts } from '../../kit/facts';
import { day, money, words } from '../../kit/format';
import { To } from '../../kit/to';

/** The drafted final bill beside the facts: period, reads, deposit, what is due or refunded, who changed what. */
export function FinalBillEvidence({ task }: { task: Schema<'TaskDetail'> }) {
  const { caseId } = task;
  const accountNumber = task.accountNumber ?? '';
  const { data: draft } = api.useSuspenseQuery('get', '/cases/{caseId}/final-bill', { params: { path: { caseId } } });
  const { data: theCase } = api.useSuspenseQuery('get', '/cases/{caseId}', { params: { path: { caseId } } });
  const { data: account } = api.useSuspenseQuery('get', '/accounts/{accountNumber}', {
    params: { path: { accountNumber } },
  });
  const { balanceBeforeCents, depositAppliedCents, interestCents, netCents } = draftMoney(draft.content);
  const orders = 'serviceOrders' in theCase ? theCase.serviceOrders : [];
  // A meter that was read again has several orders; the last one counts.
  const readOrders = [
    ...new Map(orders.filter(({ meter }) => meter).map((order) => [order.meter?.meterId, order])).values(),
  ];
  return (
    <Stack gap="md">
      {draft.estimated && <Alert color="yellow">A read of this bill is estimated.</Alert>}
      <Facts
        of={[
          ['Period', `${day(draft.periodFrom)} to ${day(draft.periodThrough)}`],
          ['Bill', money(draft.totalCents)],
          ['Owed before', money(balanceBeforeCents)],
          ['Deposit applied', `${money(depositAppliedCents)} of ${money(account.depositsHeldCents)}`],
          ['Deposit interest', money(interestCents)],
          [netCents < 0 ? 'Refund to the customer' : 'Customer owes', <b key="net">{money(Math.abs(netCents))}</b>],
          ['Drafted', `by ${draft.draftedBy.displayName}, version ${draft.revision}`],
        ]}
      />
      <BillLines lines={draftLines(draft.content)} totalCents={draft.totalCents} />
      <Anchor
        href={`/api/v1/cases/${encodeURIComponent(caseId)}/final-bill.pdf`}
        target="_blank"
        rel="noreferrer"
        size="sm"
      >
        See it as the customer will get it (PDF)
      </Anchor>
      <Divider />
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <section aria-label="Reads">
          <Title order={3} size="h5" mb={4}>
            Reads
          </Title>
          {readOrders.map(({ orderNumber, meter, status, serviceCode }) => (
            <Text size="sm" key={orderNumber}>
              {words(serviceCode)}, meter {meter?.serial}: {meter?.lastRead?.value}{' '}
              {meter?.lastRead && `on ${day(meter.lastRead.readOn)}`} ({status.toLowerCase()})
            </Text>
          ))}
          <Title order={3} size="h5" mb={4} mt="md">
            Last bills
          </Title>
          {account.bills.length === 0 && <Text size="sm">None is on record.</Text>}
          {account.bills.slice(0, 4).map((bill) => (
            <Text size="sm" key={bill.billNumber}>
              <To href={`/bills/${bill.billNumber}`}>{bill.billNumber}</To>, {day(bill.postedOn)}:{' '}
              {money(bill.totalCents)}
            </Text>
          ))}
        </section>
        <PastUse accountNumber={accountNumber} />
      </SimpleGrid>
    </Stack>
  );
}
