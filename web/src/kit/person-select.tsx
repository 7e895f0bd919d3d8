import { Select, type SelectProps } from '@mantine/core';
import { api } from '../api/client';
import type { Role } from '../session/session';

interface PersonSelectProps extends Omit<SelectProps, 'data'> {
  role?: Role;
}

/** Somebody of the office. */
export function PersonSelect({ role, ...more }: PersonSelectProps) {
  const { data } = api.useQuery('get', '/people', { params: { query: role ? { role } : {} } });
  const people = data?.data ?? [];
  return (
    <Select
      searchable
      clearable
      {...more}
      data={people.map(({ username, displayName }) => ({ value: username, label: displayName }))}
    />
  );
}
