import { Alert, Button, Stack, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { api, type Schema } from '../api/client';
import { Facts } from '../kit/facts';
import { day, decimal, moment, words } from '../kit/format';
import { Page } from '../kit/page';
import { Section } from '../kit/section';
import { Status } from '../kit/status';
import { To } from '../kit/to';
import { useHolds } from '../session/session';
import { FieldWork } from './field-work';
import { OfficeActs } from './office-acts';
import { isOpen, toDo } from './order-words';

const here = getRouteApi('/orders/$orderNumber');
type Order = Schema<'ServiceOrderDetail'>;

/** One service order: for the field what to do and where, for the office how it stands and planning it. */
export function OrderPage() {
  const { orderNumber } = here.useParams();
  const params = { path: { orderNumber } };
  const { data: order } = api.useSuspenseQuery('get', '/service-orders/{orderNumber}', { params });
  const holds = useHolds();
  const isOffice = holds('clerk', 'supervisor');
  return (
    <Page
      title={`${words(order.type)} at ${order.address ?? order.locationNumber}`}
      lead={toDo(order)}
      actions={
        <>
          {isOffice && <OfficeActs order={order} />}
          <Button
            variant="default"
            component="a"
            href={`/api/v1/service-orders/${encodeURIComponent(orderNumber)}/print`}
            target="_blank"
            rel="noreferrer"
          >
            Print
          </Button>
        </>
      }
    >
      <Stack gap="xl" maw={holds('field') ? 560 : undefined}>
        {order.alerts.map((alert) => (
          <Alert key={alert} color="red" title="Alert">
            {alert}
          </Alert>
        ))}
        {!isOffice && order.notes && <Text fw={600}>{order.notes}</Text>}
        {holds('field') && isOpen(order) && <FieldWork order={order} />}
        <Facts of={factsOf(order, isOffice)} />
        <Reports order={order} />
        {!isOffice && <To href="/orders">Back to my orders</To>}
      </Stack>
    </Page>
  );
}

function factsOf(order: Order, isOffice: boolean): [string, React.ReactNode][] {
  const { meter } = order;
  const link = (href: string, text: string) => (isOffice ? <To href={href}>{text}</To> : text);
  return [
    ['Order', order.orderNumber],
    ['Status', <Status key="status" code={order.status} />],
    ['Due', `${day(order.dueOn)}${order.dueOnClosedDay ? ' (the office is closed)' : ''}`],
    ['Service', words(order.serviceCode)],
    ['Meter', meter ? link(`/meters/${meter.meterId}`, meter.serial) : 'None'],
    ...(meter
      ? ([
          ['Dials', `${meter.dials}, in ${meter.unit}`],
          [
            'Last read',
            meter.lastRead ? `${decimal(meter.lastRead.value)} on ${day(meter.lastRead.readOn)}` : 'Never read',
          ],
        ] as [string, string][])
      : []),
    ['Notes', order.notes],
    ['Assigned to', order.assignee?.displayName ?? 'Nobody yet'],
    ...(isOffice
      ? ([
          ['Place', link(`/locations/${order.locationNumber}`, order.locationNumber)],
          ['Account', link(`/accounts/${order.accountNumber}`, order.accountNumber)],
          ['Case', order.caseId ? link(`/cases/${order.caseId}`, 'See the case') : 'None'],
        ] as [string, React.ReactNode][])
      : []),
    ...(order.unableReason ? ([['Could not be done', order.unableReason]] as [string, string][]) : []),
  ];
}

function Reports({ order: { reports } }: { order: Order }) {
  if (reports.length === 0) return null;
  return (
    <Section title="What was handed in">
      <Stack gap="xs">
        {reports.map((report) => (
          <div key={report.createdAt}>
            <Text size="sm">
              {words(report.outcome)}
              {report.reason && `: ${report.reason}`}
              {report.readsTaken.map(
                (read) => ` ${decimal(read.value)} on ${day(read.readOn)} (${words(read.source)})`,
              )}
              {report.status === 'VOID' && ', not taken'}
            </Text>
            <Text size="xs" c="dimmed">
              {report.reportedBy.displayName}, {moment(report.createdAt)}
            </Text>
          </div>
        ))}
      </Stack>
    </Section>
  );
}
