import { Button, Group, Stack, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { api } from '../api/client';
import { AccountSection } from './account-section';
import { AddressFields } from './address-fields';
import { ContactFields } from './contact-fields';
import { NO_ADDRESS, type TypedAddress } from './content';
import { CustomerTypeModal } from './customer-type-modal';
import { useDesk } from './desk';
import { Duplicates } from './duplicates';
import { ExistingCustomer } from './existing-customer';
import { ChoiceField, TextField } from './fields';
import { NameFields } from './name-fields';
import { Section } from './section';
import classes from './set-up.module.css';

/** Who moves in: a customer who is new to the office, or one who is known (rows S2 to S5, S11, S12). */
export function CustomerTab() {
  const { content, set, computed } = useDesk();
  const { customer } = content;
  if ('existing' in customer)
    return (
      <div className={classes.columns}>
        <ExistingCustomer number={customer.existing} />
        <AccountSection />
      </div>
    );
  return (
    <div className={classes.columns}>
      <Stack>
        <Section title="Name">
          <NameFields autoFocus={'line' in customer.name && customer.name.line === ''} />
          <div className={classes.fields}>
            <TextField
              at="#/customer/number"
              label="Customer number"
              placeholder={computed?.nextNumber ?? ''}
              description={computed?.nextNumber ? `Next is ${computed.nextNumber}; or type another` : 'Type the number'}
              nullable
            />
            <TypeField />
          </div>
          <Group gap="xs">
            <Text size="sm">Is known to the office already?</Text>
            <Button size="compact-sm" variant="default" onClick={() => set('#/customer', { existing: '' })}>
              Set up an existing customer
            </Button>
          </Group>
        </Section>
        <Section title="Telephone and e-mail">
          <ContactFields of="phones" />
          <ContactFields of="emails" />
        </Section>
        <Duplicates />
      </Stack>
      <Stack>
        <AccountSection />
        <MailSection />
      </Stack>
    </div>
  );
}

/** The customer type, or none; a type that is missing is added without leaving the form (row S4). */
function TypeField() {
  const { set } = useDesk();
  const [isAdding, setAdding] = useState(false);
  const types = api.useSuspenseQuery('get', '/customer-types').data.data.filter(({ inUse }) => inUse);
  return (
    <div>
      <ChoiceField
        at="#/customer/typeCode"
        label="Customer type"
        none="None"
        of={types.map(({ code, name }) => ({ value: code, label: name }))}
      />
      <Button mt={6} size="compact-xs" variant="default" onClick={() => setAdding(true)}>
        Add a customer type
      </Button>
      <CustomerTypeModal
        opened={isAdding}
        onClose={() => setAdding(false)}
        onAdded={(code) => set('#/customer/typeCode', code)}
      />
    </div>
  );
}

/** Where mail goes, when it is not the service address; and where it goes in a season. */
function MailSection() {
  const { at, set, computed } = useDesk();
  const mailing = at('#/customer/mailingAddress') as TypedAddress | null;
  const alternate = at('#/customer/alternateAddress') as TypedAddress | null;
  const to = computed?.mailsTo;
  return (
    <Section title="Mail">
      <Switch
        label="Mail goes to another address than the service address"
        checked={mailing !== null}
        onChange={({ currentTarget }) => set('#/customer/mailingAddress', currentTarget.checked ? NO_ADDRESS : null)}
      />
      {mailing && <AddressFields at="#/customer/mailingAddress" abroad />}
      <Switch
        label="A part of the year mail goes elsewhere"
        checked={alternate !== null}
        onChange={({ currentTarget }) =>
          set(
            '#/customer/alternateAddress',
            currentTarget.checked ? { ...NO_ADDRESS, seasonStart: '', seasonEnd: '' } : null,
          )
        }
      />
      {alternate && (
        <>
          <AddressFields at="#/customer/alternateAddress" abroad />
          <div className={classes.fields}>
            <TextField
              at="#/customer/alternateAddress/seasonStart"
              label="First day"
              description="As month-day, 11-15"
              placeholder="MM-DD"
            />
            <TextField
              at="#/customer/alternateAddress/seasonEnd"
              label="Last day"
              description="It may be in the next year"
              placeholder="MM-DD"
            />
          </div>
        </>
      )}
      <Text size="sm" c="dimmed">
        Mail of today would go to {to ? `${to.line1}, ${to.city} ${to.state} ${to.postalCode}` : 'the service address'}.
      </Text>
    </Section>
  );
}
