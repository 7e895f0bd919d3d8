import { Group, Select, SegmentedControl, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { api } from '../api/client';
import { useToday } from '../kit/clock';
import { day, words } from '../kit/format';
import { Loading } from '../kit/loading';
import { More } from '../kit/more';
import { Page } from '../kit/page';
import { PAGES } from '../kit/pages';
import { PersonSelect } from '../kit/person-select';
import { Rows } from '../kit/rows';
import { Status } from '../kit/status';
import { To } from '../kit/to';
import { useHolds } from '../session/session';
import { MyOrders } from './my-orders';

const here = getRouteApi('/orders');

/** The service orders: all of them for the office, their own for the field. */
export function OrdersPage() {
  const holds = useHolds();
  return holds('clerk', 'supervisor') ? <AllOrders /> : <MyOrders />;
}

const DUE = [
  { value: 'past', label: 'Before today' },
  { value: 'today', label: 'Today' },
  { value: 'later', label: 'After today' },
];

function AllOrders() {
  const { show = 'open', assignee, due } = here.useSearch();
  const navigate = here.useNavigate();
  const today = useToday();
  const filter = (part: Record<string, string | undefined>) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const query = {
    ...(show === 'open' && { open: 'true' as const }),
    ...(show === 'unable' && { status: 'UNABLE' as const }),
    ...(assignee && { assignee }),
    ...dueIn(due, today),
    limit: 50,
  };
  const list = api.useInfiniteQuery('get', '/service-orders', { params: { query } }, PAGES);
  const orders = list.data?.pages.flatMap(({ data }) => data);
  return (
    <Page title="Service orders" lead="What the field is to do, due first.">
      <Group align="flex-end" mb="md" gap="sm" className="no-print">
        <SegmentedControl
          aria-label="Which orders"
          value={show}
          onChange={(value) => filter({ show: value === 'open' ? undefined : value })}
          data={[
            { value: 'open', label: 'Open' },
            { value: 'unable', label: 'Could not be done' },
            { value: 'all', label: 'All' },
          ]}
        />
        <Select
          label="Due"
          w={150}
          clearable
          data={DUE}
          value={due ?? null}
          onChange={(value) => filter({ due: value ?? undefined })}
        />
        <PersonSelect
          label="Assigned to"
          w={200}
          role="field"
          value={assignee ?? null}
          onChange={(value) => filter({ assignee: value ?? undefined })}
        />
      </Group>
      {!orders && <Loading />}
      {orders && (
        <Rows
          of={orders}
          keyOf={({ orderNumber }) => orderNumber}
          empty="No order fits. Take a filter off."
          minWidth={720}
          columns={[
            ['Order', (order) => <To href={`/orders/${order.orderNumber}`}>{words(order.type)}</To>],
            [
              'Place',
              (order) => (
                <>
                  {order.address ?? order.locationNumber}
                  <Text size="xs" c="dimmed">
                    {words(order.serviceCode)}
                    {order.meter && `, meter ${order.meter.serial}`}
                  </Text>
                </>
              ),
            ],
            ['Due', (order) => <Due dueOn={order.dueOn} closed={order.dueOnClosedDay} />],
            ['Assigned to', ({ assignee: person }) => person?.displayName ?? 'Nobody yet'],
            ['Status', ({ status }) => <Status code={status} />],
          ]}
        />
      )}
      <More list={list} />
    </Page>
  );
}

function Due({ dueOn, closed }: { dueOn: string; closed: boolean }) {
  return (
    <>
      {day(dueOn)}
      {closed && (
        <Text size="xs" c="dimmed">
          The office is closed
        </Text>
      )}
    </>
  );
}

function dueIn(due: string | undefined, today: string): { dueFrom?: string; dueTo?: string } {
  const beside = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
  if (due === 'past') return { dueTo: beside(-1) };
  if (due === 'today') return { dueFrom: today, dueTo: today };
  return due === 'later' ? { dueFrom: beside(1) } : {};
}
