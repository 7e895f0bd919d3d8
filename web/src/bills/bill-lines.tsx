import { Button, Collapse, List, Table, Text } from '@mantine/core';
import { Fragment, useState } from 'react';
import { money, words } from '../kit/format';

/** One step of how an amount came about: the rule, in words, with its figures. */
export interface Step {
  rule: string;
  text: string;
  values: Record<string, string>;
}

/** A line of a bill, of a draft or of a quote. */
export interface BillLine {
  lineNo: number;
  service: string | null;
  name: string;
  quantity: string | null;
  unit: string | null;
  amountCents: number;
  steps: Step[];
}

/** The lines of a bill by service, each with its explanation on demand, and the total. */
export function BillLines({ lines, totalCents }: { lines: BillLine[]; totalCents: number }) {
  const [explained, setExplained] = useState<number | null>(null);
  const services = [...new Set(lines.map(({ service }) => service))];
  return (
    <Table highlightOnHover={false} aria-label="Lines of the bill">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Charge</Table.Th>
          <Table.Th ta="right">Quantity</Table.Th>
          <Table.Th ta="right">Amount</Table.Th>
          <Table.Th w={90} className="no-print">
            <Text span size="sm" fw={700}>
              Why
            </Text>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {services.map((service) => (
          <Fragment key={service ?? ''}>
            <Table.Tr bg="gray.0">
              <Table.Th colSpan={4} scope="rowgroup">
                {service ? words(service) : 'Account'}
              </Table.Th>
            </Table.Tr>
            {lines
              .filter((line) => line.service === service)
              .map((line) => (
                <Line
                  key={line.lineNo}
                  line={line}
                  isExplained={explained === line.lineNo}
                  onExplain={() => setExplained(explained === line.lineNo ? null : line.lineNo)}
                />
              ))}
          </Fragment>
        ))}
      </Table.Tbody>
      <Table.Tfoot>
        <Table.Tr>
          <Table.Th>Total of the bill</Table.Th>
          <Table.Td />
          <Table.Th ta="right">{money(totalCents)}</Table.Th>
          <Table.Td className="no-print" />
        </Table.Tr>
      </Table.Tfoot>
    </Table>
  );
}

interface LineProps {
  line: BillLine;
  isExplained: boolean;
  onExplain: () => void;
}

function Line({ line, isExplained, onExplain }: LineProps) {
  const { name, quantity, unit, amountCents, steps } = line;
  return (
    <>
      <Table.Tr>
        <Table.Td>{name}</Table.Td>
        <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
          {quantity && `${grouped(quantity)} ${unit ?? ''}`}
        </Table.Td>
        <Table.Td ta="right">{money(amountCents)}</Table.Td>
        <Table.Td className="no-print">
          {steps.length > 0 && (
            <Button variant="transparent" size="compact-xs" aria-expanded={isExplained} onClick={onExplain}>
              {isExplained ? 'Hide' : 'Explain'}
            </Button>
          )}
        </Table.Td>
      </Table.Tr>
      {isExplained && (
        <Table.Tr>
          <Table.Td colSpan={4} bg="blue.0">
            <Collapse expanded>
              <Text size="sm" fw={600} mb={4}>
                How {money(amountCents)} came about
              </Text>
              <List type="ordered" size="sm" spacing={2}>
                {steps.map((step, i) => (
                  <List.Item key={i}>
                    {step.text}{' '}
                    <Text span size="xs" c="dimmed">
                      ({step.rule}
                      {figures(step.values)})
                    </Text>
                  </List.Item>
                ))}
              </List>
            </Collapse>
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}

/** A decimal text as people write it: 2514.9780 is 2,514.978. Its digits stay as they are. */
function grouped(decimal: string): string {
  const [whole = '', places] = decimal.split('.');
  const rest = places?.replace(/0+$/, '');
  return whole.replaceAll(/\B(?=(\d{3})+$)/g, ',') + (rest ? `.${rest}` : '');
}

const figures = (values: Record<string, string>): string =>
  Object.entries(values)
    .map(([name, value]) => `, ${words(name.replaceAll(/([A-Z])/g, '_$1')).toLowerCase()} ${value}`)
    .join('');
