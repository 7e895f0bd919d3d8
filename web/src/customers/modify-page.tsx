import { Checkbox, Fieldset, Group, Select, Stack, Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { api, client, sent } from '../api/client';
import { ActForm, check } from '../kit/act-form';
import { AddressFields, NO_ADDRESS } from '../kit/address-fields';
import { useForEditing } from '../kit/editing';
import { Field } from '../kit/field';
import { Page } from '../kit/page';
import { To } from '../kit/to';
import { ContactFields } from './contact-fields';
import { Cosigners } from './cosigners';
import { faultsOf, formOf, patchOf, type CustomerForm } from './form';
import { NameFields } from './name-fields';

const here = getRouteApi('/customers/$customerNumber/modify');

/** Modify Existing Customers: the customer on the first tab, the second person, cosigners and the other address on the next. */
export function ModifyPage() {
  const { customerNumber } = here.useParams();
  const { tab = '1' } = here.useSearch();
  const navigate = here.useNavigate();
  const path = { customerNumber };
  const { body: customer, etag } = useForEditing(customerNumber, () =>
    client.GET('/customers/{customerNumber}', { params: { path } }),
  );
  const [before] = useState(() => formOf(customer));
  const [form, setForm] = useState(before);
  const set = (part: Partial<CustomerForm>) => setForm((now) => ({ ...now, ...part }));
  const back = () => void navigate({ to: '/customers/$customerNumber', params: path });

  const show = (which: string | null) => void navigate({ search: which === '2' ? { tab: which } : {}, replace: true });

  return (
    <Page
      title={`Modify ${customer.displayName}`}
      lead={<To href={`/customers/${customerNumber}`}>Back to the customer without saving</To>}
    >
      <ActForm
        submit={`Save the changes of ${customer.displayName}`}
        done="The customer is changed"
        onDone={back}
        onGo={({ pointer }) => show(/second|alternate/.test(pointer) ? '2' : '1')}
        act={() => {
          check(faultsOf(form));
          const params = { path, header: { 'If-Match': etag } };
          return sent(client.PATCH('/customers/{customerNumber}', { params, body: patchOf(form, before) }));
        }}
      >
        {(error) => (
          <Tabs value={tab} onChange={show}>
            <Tabs.List mb="md">
              <Tabs.Tab value="1">Customer 1</Tabs.Tab>
              <Tabs.Tab value="2">Customer 2</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="1">
              <CustomerOne form={form} set={set} error={error} />
            </Tabs.Panel>
            <Tabs.Panel value="2">
              <CustomerTwo form={form} set={set} error={error} customer={customer} />
            </Tabs.Panel>
          </Tabs>
        )}
      </ActForm>
    </Page>
  );
}

interface PartProps {
  form: CustomerForm;
  set: (part: Partial<CustomerForm>) => void;
  error: unknown;
}

function CustomerOne({ form, set, error }: PartProps) {
  const { data: types } = api.useQuery('get', '/customer-types');
  return (
    <Stack maw={900}>
      {form.organization === null ? (
        <NameFields at="#/name" error={error} value={form.name} onChange={(name) => set({ name })} />
      ) : (
        <Field
          at="#/name/organization"
          error={error}
          label="Name of the organization"
          value={form.organization}
          onChange={(organization) => set({ organization })}
        />
      )}
      <Select
        label="Type"
        maw={320}
        clearable
        data={(types?.data ?? [])
          .filter(({ code, inUse }) => inUse || code === form.typeCode)
          .map(({ code, name }) => ({ value: code, label: name }))}
        value={form.typeCode}
        onChange={(typeCode) => set({ typeCode })}
      />
      <ContactFields
        legend="Telephones"
        one="Telephone"
        at="#/phones"
        error={error}
        value={form.phones}
        onChange={(phones) => set({ phones })}
      />
      <ContactFields
        legend="E-mails"
        one="E-mail"
        at="#/emails"
        error={error}
        value={form.emails}
        onChange={(emails) => set({ emails })}
      />
      <Fieldset legend="Mailing address">
        <Stack gap="sm">
          <Checkbox
            label="Mail goes to another address than the place"
            checked={form.mailing !== null}
            onChange={(event) => set({ mailing: event.currentTarget.checked ? NO_ADDRESS : null })}
          />
          {form.mailing && (
            <AddressFields
              at="#/mailingAddress"
              error={error}
              value={form.mailing}
              onChange={(mailing) => set({ mailing })}
            />
          )}
        </Stack>
      </Fieldset>
    </Stack>
  );
}

function CustomerTwo({ form, set, error, customer }: PartProps & Pick<Parameters<typeof Cosigners>[0], 'customer'>) {
  return (
    <Stack maw={900}>
      {form.organization === null && (
        <Fieldset legend="Second person of a couple">
          <NameFields
            at="#/name/second"
            of=" (second person)"
            error={error}
            value={form.second}
            onChange={(second) => set({ second })}
          />
        </Fieldset>
      )}
      <Cosigners customer={customer} />
      <Fieldset legend="Alternate address">
        <Stack gap="sm">
          <Checkbox
            label="Mail goes to an alternate address for a season of every year"
            checked={form.alternate !== null}
            onChange={(event) => set({ alternate: event.currentTarget.checked ? NO_ADDRESS : null })}
          />
          {form.alternate && (
            <>
              <AddressFields
                at="#/alternateAddress"
                error={error}
                value={form.alternate}
                onChange={(alternate) => set({ alternate })}
              />
              <Group align="flex-start">
                <Field
                  at="#/alternateAddress/seasonStart"
                  error={error}
                  label="From (month/day)"
                  description="For example 11/15"
                  w={170}
                  value={form.seasonStart}
                  onChange={(seasonStart) => set({ seasonStart })}
                />
                <Field
                  at="#/alternateAddress/seasonEnd"
                  error={error}
                  label="Through (month/day)"
                  description="For example 04/15"
                  w={170}
                  value={form.seasonEnd}
                  onChange={(seasonEnd) => set({ seasonEnd })}
                />
              </Group>
            </>
          )}
        </Stack>
      </Fieldset>
    </Stack>
  );
}
