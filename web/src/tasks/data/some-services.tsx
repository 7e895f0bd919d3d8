import { Checkbox, Stack } from '@mantine/core';
import { useState } from 'react';
import { api, type Schema } from '../../api/client';
import { words } from '../../kit/format';

interface SomeServicesProps {
  task: Schema<'TaskDetail'>;
  onChange: (servicePointIds: number[] | null) => void;
}

/** For which of the services that the task asks about; all of them unless some are taken off. */
export function SomeServices({ task, onChange }: SomeServicesProps) {
  const { servicePointIds } = task.subject as { servicePointIds: number[] };
  const [chosen, setChosen] = useState(servicePointIds);
  const { data } = api.useSuspenseQuery('get', '/cases/{caseId}', { params: { path: { caseId: task.caseId } } });
  const lines = 'vacancyLines' in data ? data.vacancyLines : [];
  const nameOf = (id: number) => lines.find((line) => line.servicePointId === id)?.serviceCode ?? String(id);
  const toggle = (id: number, isOn: boolean) => {
    const next = servicePointIds.filter((each) => (each === id ? isOn : chosen.includes(each)));
    setChosen(next);
    onChange(next.length > 0 ? next : null);
  };
  return (
    <Stack component="fieldset" gap={6} mb="sm" bd={0} p={0}>
      <legend>For which services</legend>
      {servicePointIds.map((id) => (
        <Checkbox
          key={id}
          label={words(nameOf(id))}
          checked={chosen.includes(id)}
          onChange={(event) => toggle(id, event.currentTarget.checked)}
        />
      ))}
    </Stack>
  );
}
