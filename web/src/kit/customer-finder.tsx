import { Button, Group, Loader, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { api, type Schema } from '../api/client';

interface CustomerFinderProps {
  label: string;
  /** What the button beside each customer says, as in "Make cosigner". */
  action: string;
  onPick: (customer: Schema<'Customer'>) => void;
  busy?: boolean;
}

/** Finds a customer by any part of a name, telephone, e-mail or number, whether or not they have an account. */
export function CustomerFinder({ label, action, onPick, busy = false }: CustomerFinderProps) {
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed.trim(), 200);
  const query = { params: { query: { q: asked, limit: 6 } } };
  const found = api.useQuery('get', '/customers', query, { enabled: asked.length > 1 });
  const customers = asked.length > 1 ? (found.data?.data ?? []) : [];
  return (
    <Stack gap="xs">
      <TextInput
        label={label}
        description="By name, telephone, e-mail or customer number"
        rightSection={found.isFetching && <Loader size="xs" />}
        autoComplete="off"
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <Text size="sm" c="dimmed" role="status">
        {asked.length > 1 &&
          found.data &&
          (customers.length === 0 ? 'Nobody found. Try a part of the name.' : `${customers.length} found`)}
      </Text>
      {customers.map((customer) => (
        <Group key={customer.customerNumber} justify="space-between" wrap="nowrap">
          <Text size="sm">
            {customer.displayName}, {customer.customerNumber}
          </Text>
          <Button
            size="compact-sm"
            variant="default"
            disabled={busy}
            aria-label={`${action}: ${customer.displayName}, ${customer.customerNumber}`}
            onClick={() => onPick(customer)}
          >
            {action}
          </Button>
        </Group>
      ))}
    </Stack>
  );
}
