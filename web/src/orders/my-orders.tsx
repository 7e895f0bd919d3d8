import { Alert, Button, Card, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { api, type Schema } from '../api/client';
import { useToday } from '../kit/clock';
import { day, words } from '../kit/format';
import { linkTo } from '../kit/link-to';
import { Loading } from '../kit/loading';
import { More } from '../kit/more';
import { Page } from '../kit/page';
import { PAGES } from '../kit/pages';
import { toDo } from './order-words';

/** The open orders of whoever is out in the field, as cards for the phone. */
export function MyOrders() {
  const query = { open: 'true' as const, limit: 25 };
  const list = api.useInfiniteQuery('get', '/service-orders', { params: { query } }, PAGES);
  const orders = list.data?.pages.flatMap(({ data }) => data);
  return (
    <Page title="My orders" lead="Due first. Orders that nobody has are here too.">
      {!orders && <Loading />}
      {orders?.length === 0 && <Text size="lg">Nothing is left to do. New orders come up here by themselves.</Text>}
      <Stack gap="md" maw={560}>
        {orders?.map((order) => (
          <OrderCard key={order.orderNumber} order={order} />
        ))}
      </Stack>
      <More list={list} />
    </Page>
  );
}

function OrderCard({ order }: { order: Schema<'ServiceOrder'> }) {
  const isLate = order.dueOn < useToday();
  return (
    <Card withBorder padding="md" component="article" aria-label={`${words(order.type)}, ${order.address}`}>
      <Text fw={700} size="lg">
        {order.address ?? order.locationNumber}
      </Text>
      {order.alerts.map((alert) => (
        <Alert key={alert} color="red" title="Alert" my="xs" p="xs">
          {alert}
        </Alert>
      ))}
      <Text>{toDo(order)}</Text>
      <Text size="sm" c="dimmed">
        {words(order.serviceCode)}
        {order.meter && `, meter ${order.meter.serial}`}, due {day(order.dueOn)}
        {isLate && ' (late)'}
        {!order.assignee && ', nobody has it'}
      </Text>
      <Button
        size="lg"
        fullWidth
        mt="sm"
        renderRoot={(props) => <Link {...linkTo(`/orders/${order.orderNumber}`)} {...props} />}
      >
        Do this order
      </Button>
    </Card>
  );
}
