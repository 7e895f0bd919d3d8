import { Group, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client';
import { words } from '../../kit/format';

/** A read as a decision carries it. */
export interface CorrectedRead {
  meterId: number;
  value: string;
  readOn: string;
  source: string;
}

const REGISTER = /^\d{1,11}(\.\d{1,3})?$/;

/** The right value of each final read; what is left empty stays as it is. */
export function CorrectReads({
  caseId,
  onChange,
}: {
  caseId: string;
  onChange: (reads: CorrectedRead[] | null) => void;
}) {
  const { data } = api.useSuspenseQuery('get', '/cases/{caseId}', { params: { path: { caseId } } });
  const [typed, setTyped] = useState<Record<number, string>>({});
  const [source, setSource] = useState('ACTUAL');
  if (!('serviceOrders' in data) || !data.moveOut) return null;
  const readOn = data.moveOut.stopOn;
  const meters = new Map(
    data.serviceOrders.flatMap(({ meter, serviceCode }) => (meter ? [[meter.meterId, { meter, serviceCode }]] : [])),
  );

  function change(values: Record<number, string>, from: string) {
    setTyped(values);
    setSource(from);
    const given = Object.entries(values).filter(([, value]) => value.trim());
    const isGood = given.length > 0 && given.every(([, value]) => REGISTER.test(value.trim()));
    onChange(
      isGood ? given.map(([id, value]) => ({ meterId: Number(id), value: value.trim(), readOn, source: from })) : null,
    );
  }

  return (
    <Stack gap="xs" mb="sm">
      {[...meters.values()].map(({ meter, serviceCode }) => (
        <TextInput
          key={meter.meterId}
          label={`${words(serviceCode)}, meter ${meter.serial}`}
          description={`The right read of the stop, up to ${meter.dials} digits; empty: as it is`}
          inputMode="decimal"
          maw={340}
          value={typed[meter.meterId] ?? ''}
          error={
            typed[meter.meterId]?.trim() && !REGISTER.test(typed[meter.meterId]?.trim() ?? '')
              ? 'Give the digits of the register'
              : undefined
          }
          onChange={(event) => change({ ...typed, [meter.meterId]: event.currentTarget.value }, source)}
        />
      ))}
      <Group>
        <Select
          label="Read by"
          allowDeselect={false}
          data={[
            { value: 'ACTUAL', label: 'The field' },
            { value: 'CUSTOMER', label: 'The customer' },
          ]}
          value={source}
          onChange={(value) => change(typed, value ?? 'ACTUAL')}
        />
      </Group>
    </Stack>
  );
}
