import { Alert, Box, Button, Fieldset, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { api, client, sent, sentWithEtag, type Schema } from '../api/client';
import { useAct } from '../kit/act';
import { CustomerFinder } from '../kit/customer-finder';
import { day, money } from '../kit/format';

/** Who cosigns for each account of a customer that runs. A cosigner is saved at once, without the rest of the form. */
export function Cosigners({ customer }: { customer: Schema<'CustomerDetail'> }) {
  const running = customer.accounts.filter(({ status }) => !ENDED.includes(status));
  return (
    <Fieldset legend="Cosigner of each account (saved at once)">
      {running.length === 0 && <Text size="sm">No account that runs.</Text>}
      <Stack gap="md">
        {running.map(({ accountNumber, address }) => (
          <CosignerOf key={accountNumber} accountNumber={accountNumber} address={address} />
        ))}
      </Stack>
    </Fieldset>
  );
}

const ENDED = ['FINAL_BILLED', 'CLOSED', 'COLLECTIONS', 'WRITTEN_OFF', 'CANCELED'];

function CosignerOf({ accountNumber, address }: { accountNumber: string; address: string }) {
  const [asks, setAsks] = useState(false);
  const path = { accountNumber };
  const { data } = api.useQuery('get', '/accounts/{accountNumber}/cosigner', { params: { path } });
  const put = useAct(
    async (customerNumber: string) => {
      const { etag } = await sentWithEtag(client.GET('/accounts/{accountNumber}/cosigner', { params: { path } }));
      const params = { path, header: { 'If-Match': etag } };
      return sent(client.PUT('/accounts/{accountNumber}/cosigner', { params, body: { customerNumber } }));
    },
    { done: 'The cosigner is saved', after: () => setAsks(false) },
  );
  const remove = useAct(() => sent(client.DELETE('/accounts/{accountNumber}/cosigner', { params: { path } })), {
    done: 'The cosigner is taken off',
  });
  const cosigner = data?.cosigner;
  return (
    <Stack gap="xs">
      <Group>
        <Text size="sm">
          Account {accountNumber}, {address}:{' '}
          {cosigner
            ? `${cosigner.displayName} (${cosigner.customerNumber}) since ${day(cosigner.since)}`
            : 'nobody cosigns'}
        </Text>
        <Button variant="default" size="compact-sm" onClick={() => setAsks(!asks)}>
          {cosigner ? 'Change the cosigner' : 'Add a cosigner'}
        </Button>
        {cosigner && (
          <Button variant="default" size="compact-sm" loading={remove.isPending} onClick={() => remove.mutate()}>
            Take {cosigner.displayName} off
          </Button>
        )}
      </Group>
      {data?.oldDebts.map((debt) => (
        <Alert key={debt.accountNumber} color="yellow" p="xs">
          The cosigner owes {money(debt.owedCents)} on account {debt.accountNumber}.
        </Alert>
      ))}
      {asks && (
        <Box
          onKeyDown={(event) =>
            event.key === 'Enter' && event.target instanceof HTMLInputElement && event.preventDefault()
          }
        >
          <CustomerFinder
            label="Who cosigns"
            action="Make cosigner"
            busy={put.isPending}
            onPick={({ customerNumber }) => put.mutate(customerNumber)}
          />
        </Box>
      )}
    </Stack>
  );
}
