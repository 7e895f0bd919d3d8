import { Alert, Button, Stack, Text } from '@mantine/core';
import { api } from '../api/client';
import { day } from '../kit/format';
import { CustomerFinder } from '../kit/customer-finder';
import { Facts } from '../kit/facts';
import { NOBODY } from './content';
import { useDesk } from './desk';
import { ChoiceField, DateField } from './fields';
import { Section } from './section';
import { fieldId } from '../kit/problem-summary';

/** A customer who is known: found by name, and the place that they move from, if they do. */
export function ExistingCustomer({ number }: { number: string }) {
  const { set, problemAt } = useDesk();
  const error = problemAt('#/customer/existing');
  return (
    <Section title="Existing customer">
      <Stack gap="sm" id={fieldId('#/customer/existing')} tabIndex={-1}>
        {error && <Alert color="red">{error}</Alert>}
        {number === '' ? (
          <CustomerFinder
            label="Find the customer"
            action="Set them up"
            onPick={({ customerNumber }) => set('#/customer', { existing: customerNumber })}
          />
        ) : (
          <Known number={number} />
        )}
        <div>
          <Button variant="default" size="compact-sm" onClick={() => set('#/customer', NOBODY)}>
            Set up a new customer instead
          </Button>
        </div>
      </Stack>
    </Section>
  );
}

const HELD = ['ACTIVE', 'PENDING_STOP'];

function Known({ number }: { number: string }) {
  const { content, set } = useDesk();
  const query = { params: { path: { customerNumber: number } } };
  const { data: customer, error } = api.useQuery('get', '/customers/{customerNumber}', query);
  if (error) return <Alert color="red">There is no customer {number}. Find another one.</Alert>;
  if (!customer) return <Text size="sm">Looking …</Text>;
  const leaves = customer.accounts.filter(({ status, role }) => HELD.includes(status) && role !== 'LANDLORD');
  return (
    <>
      <Facts
        of={[
          ['Name', customer.displayName],
          ['Customer number', customer.customerNumber],
          ['Telephone', customer.phones.map(({ value }) => value).join(', ')],
          ['E-mail', customer.emails.map(({ value }) => value).join(', ')],
        ]}
      />
      {leaves.length > 0 && (
        <>
          <ChoiceField
            at="#/movesFrom"
            label="Moves out of"
            none="Nowhere: keeps what they have"
            of={leaves.map(({ accountNumber, address, startOn }) => ({
              value: accountNumber,
              label: `${address} (${accountNumber}, since ${day(startOn)})`,
            }))}
            onChosen={(from) => from === null && set('#/stopDate', null)}
          />
          {content.movesFrom && (
            <DateField at="#/stopDate" label="Leaves it on" description="The start date unless given" nullable />
          )}
        </>
      )}
    </>
  );
}
