import { Button, Stack, Text } from '@mantine/core';
import { api } from '../api/client';
import { words } from '../kit/format';

interface Account {
  accountNumber: string;
  text: string;
}

/** The accounts that a customer has now, to choose one. */
export function AccountsOfCustomer(props: { customerNumber: string; onFound: (accountNumber: string) => void }) {
  const { customerNumber, onFound } = props;
  const params = { path: { customerNumber } };
  const { data } = api.useSuspenseQuery('get', '/customers/{customerNumber}', { params });
  const accounts = data.accounts.filter(({ status }) => HOLDS.includes(status));
  return (
    <Accounts
      of={accounts.map(({ accountNumber, address, role }) => ({ accountNumber, text: `${address} (${words(role)})` }))}
      none={`${data.displayName} has no service that could be stopped.`}
      onFound={onFound}
    />
  );
}

/** The accounts that hold a service of a place now, to choose one. */
export function AccountsOfLocation(props: { locationNumber: string; onFound: (accountNumber: string) => void }) {
  const { locationNumber, onFound } = props;
  const params = { path: { locationNumber } };
  const { data } = api.useSuspenseQuery('get', '/locations/{locationNumber}', { params });
  const held = data.servicePoints.flatMap(({ serviceCode, agreements }) =>
    agreements.filter(({ status }) => status === 'ACTIVE').map((agreement) => ({ ...agreement, serviceCode })),
  );
  const accounts = [...new Set(held.map(({ accountNumber }) => accountNumber))].map((accountNumber) => {
    const services = held.filter((each) => each.accountNumber === accountNumber);
    return { accountNumber, text: services.map(({ serviceCode }) => words(serviceCode)).join(', ') };
  });
  return <Accounts of={accounts} none="Nobody holds a service here." onFound={onFound} />;
}

const HOLDS: readonly string[] = ['ACTIVE', 'PENDING_STOP'];

function Accounts({ of, none, onFound }: { of: Account[]; none: string; onFound: (accountNumber: string) => void }) {
  if (of.length === 0) return <Text>{none}</Text>;
  return (
    <Stack gap="xs" align="flex-start">
      <Text fw={600}>Which account?</Text>
      {of.map(({ accountNumber, text }) => (
        <Button key={accountNumber} variant="default" onClick={() => onFound(accountNumber)}>
          {accountNumber}: {text}
        </Button>
      ))}
    </Stack>
  );
}
