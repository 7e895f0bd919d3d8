import { Table, Text, Title } from '@mantine/core';
import { api } from '../api/client';
import { day, money, words } from '../kit/format';
import { More } from '../kit/more';

/** The money of an account, newest first: what each entry did to what the customer owes. */
export function Ledger({ accountNumber }: { accountNumber: string }) {
  const params = { path: { accountNumber }, query: { limit: 25 } };
  const list = api.useInfiniteQuery(
    'get',
    '/accounts/{accountNumber}/ledger',
    { params },
    {
      pageParamName: 'cursor',
      initialPageParam: null,
      throwOnError: true,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    },
  );
  const entries = list.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        Money
      </Title>
      {list.isSuccess && entries.length === 0 && <Text>Nothing was billed or paid yet.</Text>}
      {entries.length > 0 && (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Day</Table.Th>
              <Table.Th>What</Table.Th>
              <Table.Th ta="right">Owed by the customer</Table.Th>
              <Table.Th ta="right">Balance after it</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {entries.map((entry) => (
              <Table.Tr key={entry.entryId}>
                <Table.Td>{day(entry.entryOn)}</Table.Td>
                <Table.Td>{words(entry.kind)}</Table.Td>
                <Table.Td ta="right">{money(entry.receivableCents)}</Table.Td>
                <Table.Td ta="right">{money(entry.balanceCents)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <More list={list} />
    </section>
  );
}
