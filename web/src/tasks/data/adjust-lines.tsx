import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client';
import { centsOf, words } from '../../kit/format';

interface AdjustLinesProps {
  accountNumber: string;
  onChange: (lines: { serviceCode: string; amountCents: number; name: string }[] | null) => void;
}
interface Typed {
  serviceCode: string;
  amount: string;
  name: string;
}

/** Amounts that are added to the final bill or taken off it, in the place of those that were added before. */
export function AdjustLines({ accountNumber, onChange }: AdjustLinesProps) {
  const { data } = api.useSuspenseQuery('get', '/accounts/{accountNumber}', { params: { path: { accountNumber } } });
  const services = [...new Set(data.agreements.map(({ serviceCode }) => serviceCode))];
  const empty = { serviceCode: services[0] ?? '', amount: '', name: '' };
  const [lines, setLines] = useState<Typed[]>([empty]);

  function change(next: Typed[]) {
    setLines(next);
    const read = next.map(({ serviceCode, amount, name }) => ({
      serviceCode,
      amountCents: signedCents(amount),
      name: name.trim(),
    }));
    onChange(
      read.every(({ amountCents, name }) => amountCents !== null && name)
        ? read.map(({ amountCents, ...line }) => ({ ...line, amountCents: amountCents ?? 0 }))
        : null,
    );
  }
  const edit = (i: number, part: Partial<Typed>) =>
    change(lines.map((line, at) => (at === i ? { ...line, ...part } : line)));

  return (
    <Stack gap="xs" mb="sm">
      {lines.map((line, i) => (
        <Group key={i} align="flex-end" gap="xs">
          <Select
            label="Service"
            allowDeselect={false}
            w={140}
            data={services.map((code) => ({ value: code, label: words(code) }))}
            value={line.serviceCode}
            onChange={(value) => edit(i, { serviceCode: value ?? '' })}
          />
          <TextInput
            label="Amount"
            description="Below 0 takes off"
            w={130}
            value={line.amount}
            error={line.amount && signedCents(line.amount) === null ? 'Give dollars and cents' : undefined}
            onChange={(event) => edit(i, { amount: event.currentTarget.value })}
          />
          <TextInput
            label="What the bill says"
            flex={1}
            miw={200}
            value={line.name}
            onChange={(event) => edit(i, { name: event.currentTarget.value })}
          />
          <Button variant="default" onClick={() => change(lines.filter((_, at) => at !== i))}>
            Take off
          </Button>
        </Group>
      ))}
      <Group>
        <Button variant="default" onClick={() => change([...lines, empty])}>
          Add an amount
        </Button>
      </Group>
    </Stack>
  );
}

function signedCents(text: string): number | null {
  const isBelow = /^\s*-/.test(text);
  const cents = centsOf(text.replace(/^\s*-\s*/, ''));
  return cents === null ? null : isBelow ? -cents : cents;
}
