import { Table, Text, Title } from '@mantine/core';
import type { Schema } from '../api/client';
import { day, words } from '../kit/format';
import { Status } from '../kit/status';
import { To } from '../kit/to';

/** The service orders of a case: what the field is to do, where it stands, what was read. */
export function OrdersOfCase({ orders }: { orders: Schema<'ServiceOrderOfCase'>[] }) {
  if (orders.length === 0) return null;
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        Service orders
      </Title>
      <Table.ScrollContainer minWidth={480}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Order</Table.Th>
              <Table.Th>Service</Table.Th>
              <Table.Th>Due</Table.Th>
              <Table.Th>Status</Table.Th>
              <Table.Th>Last read of the meter</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {orders.map((order) => (
              <Table.Tr key={order.orderNumber}>
                <Table.Td>
                  <To href={`/orders/${order.orderNumber}`}>{words(order.type)}</To>
                </Table.Td>
                <Table.Td>{words(order.serviceCode)}</Table.Td>
                <Table.Td>{day(order.dueOn)}</Table.Td>
                <Table.Td>
                  <Status code={order.status} />
                  {order.unableReason && (
                    <Text size="xs" c="dimmed">
                      {order.unableReason}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>
                  {order.meter?.lastRead && `${order.meter.lastRead.value}, ${day(order.meter.lastRead.readOn)}`}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}
