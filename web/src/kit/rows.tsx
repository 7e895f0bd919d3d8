import { Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** A column of a list: its head (none over what can be done), what stands in it, and whether it holds figures. */
export type Column<Row> = [head: string, cell: (row: Row) => ReactNode, align?: 'right'];

interface RowsProps<Row> {
  of: readonly Row[];
  keyOf: (row: Row) => string | number;
  columns: Column<Row>[];
  /** What is said when there is none, and what to do then. */
  empty: string;
  minWidth?: number;
}

/** Records as a table. */
export function Rows<Row>({ of, keyOf, columns, empty, minWidth = 420 }: RowsProps<Row>) {
  if (of.length === 0) return <Text>{empty}</Text>;
  return (
    <Table.ScrollContainer minWidth={minWidth}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            {columns.map(([head, , align]) =>
              head ? (
                <Table.Th key={head} ta={align}>
                  {head}
                </Table.Th>
              ) : (
                <Table.Td key="acts" />
              ),
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {of.map((row) => (
            <Table.Tr key={keyOf(row)}>
              {columns.map(([head, cell, align]) => (
                <Table.Td key={head} ta={align}>
                  {cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
