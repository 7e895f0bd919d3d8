import { Checkbox, Select } from '@mantine/core';
import { useState } from 'react';
import { api, client, sent, type Schema } from '../api/client';
import { ActForm, check, Opens } from '../kit/act-form';
import { useForEditing } from '../kit/editing';
import { Field } from '../kit/field';
import { centsOf, money } from '../kit/format';
import { Rows } from '../kit/rows';
import { Section } from '../kit/section';
import { useHolds } from '../session/session';

type Service = Schema<'Service'>;
type Policy = Service['depositPolicy'];

/** The billing services with what every place gets of them. */
export function Services() {
  const { data } = api.useSuspenseQuery('get', '/services');
  const holds = useHolds();
  return (
    <Section title="Services">
      <Rows
        of={data.data}
        keyOf={({ code }) => code}
        empty="No service yet."
        minWidth={640}
        columns={[
          ['Service', ({ name, code }) => `${name} (${code})`],
          ['Measured', ({ metered, unit }) => (metered ? `By meter, in ${unit ?? ''}` : 'Not metered')],
          ['At every new place', ({ onNewLocation }) => (onNewLocation ? 'Yes' : 'No')],
          ['Default rate', ({ rates }) => rates.find(({ isDefault }) => isDefault)?.name ?? 'None'],
          ['Deposit', ({ depositPolicy }) => policyInWords(depositPolicy)],
          [
            '',
            ({ code, name }) =>
              holds('admin') && (
                <Opens label="Change" title={`Change ${name}`} size="compact-sm" aria-label={`Change ${name}`}>
                  {(close) => <ServiceForm code={code} onDone={close} />}
                </Opens>
              ),
          ],
        ]}
      />
    </Section>
  );
}

function policyInWords(policy: Policy): string {
  if (policy.kind === 'NONE') return 'None';
  if (policy.kind === 'FIXED') return money(policy.amountCents);
  return `${policy.times} average bills, ${money(policy.fallbackCents)} without history`;
}

function ServiceForm({ code, onDone }: { code: string; onDone: () => void }) {
  const path = { serviceCode: code };
  const { body: service, etag } = useForEditing(`service ${code}`, () =>
    client.GET('/services/{serviceCode}', { params: { path } }),
  );
  const before = service.depositPolicy;
  const [name, setName] = useState(service.name);
  const [onNewLocation, setOnNewLocation] = useState(service.onNewLocation);
  const [rate, setRate] = useState(service.rates.find(({ isDefault }) => isDefault)?.code ?? null);
  const [kind, setKind] = useState<Policy['kind']>(before.kind);
  const [times, setTimes] = useState(before.kind === 'AVERAGE_BILL' ? before.times : '2');
  const [amount, setAmount] = useState(
    before.kind === 'NONE'
      ? ''
      : ((before.kind === 'FIXED' ? before.amountCents : before.fallbackCents) / 100).toFixed(2),
  );
  return (
    <ActForm
      submit={`Save ${name}`}
      done="New set-ups begin with this"
      onDone={onDone}
      act={() => {
        const cents = centsOf(amount);
        check({
          '#/name': !name.trim() && 'Give the name',
          '#/depositPolicy/amountCents': kind !== 'NONE' && cents === null && 'Give the deposit, for example 150.00',
          '#/depositPolicy/times': kind === 'AVERAGE_BILL' && !/^\d+(\.\d+)?$/.test(times) && 'Give how many bills',
        });
        const params = { path, header: { 'If-Match': etag } };
        const body = {
          name: name.trim(),
          onNewLocation,
          defaultRateCode: rate,
          depositPolicy: policyOf(kind, cents ?? 0, times),
        };
        return sent(client.PATCH('/services/{serviceCode}', { params, body }));
      }}
    >
      {(error) => (
        <>
          <Field at="#/name" error={error} label="Name" value={name} onChange={setName} />
          <Checkbox
            label="Every new place gets it"
            checked={onNewLocation}
            onChange={(event) => setOnNewLocation(event.currentTarget.checked)}
          />
          <Select
            label="Default rate"
            clearable
            data={service.rates.map((each) => ({ value: each.code, label: each.name }))}
            value={rate}
            onChange={setRate}
          />
          <Select
            label="Deposit"
            allowDeselect={false}
            data={[
              { value: 'NONE', label: 'None' },
              { value: 'FIXED', label: 'A fixed amount' },
              { value: 'AVERAGE_BILL', label: 'So many average bills of the place' },
            ]}
            value={kind}
            onChange={(value) => setKind((value ?? 'NONE') as Policy['kind'])}
          />
          {kind === 'AVERAGE_BILL' && (
            <Field
              at="#/depositPolicy/times"
              error={error}
              label="How many average bills"
              inputMode="decimal"
              value={times}
              onChange={setTimes}
            />
          )}
          {kind !== 'NONE' && (
            <Field
              at="#/depositPolicy/amountCents"
              error={error}
              label={kind === 'FIXED' ? 'Amount ($)' : 'Amount where the place has no history ($)'}
              inputMode="decimal"
              value={amount}
              onChange={setAmount}
            />
          )}
        </>
      )}
    </ActForm>
  );
}

function policyOf(kind: Policy['kind'], cents: number, times: string): Policy {
  if (kind === 'NONE') return { kind };
  return kind === 'FIXED' ? { kind, amountCents: cents } : { kind, times: times.trim(), fallbackCents: cents };
}
