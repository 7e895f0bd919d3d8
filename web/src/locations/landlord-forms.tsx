import { Button, Group, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { api, client, sent, type Schema } from '../api/client';
import { ActForm, check } from '../kit/act-form';
import { useToday } from '../kit/clock';
import { CustomerFinder } from '../kit/customer-finder';
import { DateInput } from '../kit/date-input';
import { useForEditing } from '../kit/editing';
import { civilDateOf, usDate } from '../kit/format';
import { faultAt, fieldId } from '../kit/problem-summary';
import { newTerms, termFaults, termsBody, typedTerms } from '../landlords/terms';
import { TermsFields } from '../landlords/terms-fields';

type Who = Pick<Schema<'Customer'>, 'customerNumber' | 'displayName'>;

/** Who the landlord is from a day on, and on which terms. */
export function SetAgreement({ location, onDone }: { location: Schema<'LocationDetail'>; onDone: () => void }) {
  const { locationNumber, landlord } = location;
  const path = { locationNumber };
  const { etag } = useForEditing(`landlord of ${locationNumber}`, () =>
    client.GET('/locations/{locationNumber}/landlord-agreement', { params: { path } }),
  );
  const { data: services } = api.useSuspenseQuery('get', '/services');
  const today = useToday();
  const [who, setWho] = useState<Who | null>(
    landlord && { customerNumber: landlord.customerNumber, displayName: landlord.customerName },
  );
  const [from, setFrom] = useState(usDate(today));
  const [terms, setTerms] = useState(() => {
    const codes = [...new Set(location.servicePoints.map(({ serviceCode }) => serviceCode))];
    return landlord ? typedTerms(landlord) : newTerms(codes, services.data, location.classCode);
  });
  if (!who)
    return <CustomerFinder label="Who is the landlord" action="Choose" onPick={(customer) => setWho(customer)} />;
  return (
    <ActForm
      submit={`Make ${who.displayName} the landlord on these terms`}
      done="The landlord agreement is saved"
      onDone={onDone}
      act={() => {
        const startOn = civilDateOf(from) ?? '';
        check({ '#/startOn': !startOn && 'Give the day from which it holds', ...termFaults('#', terms) });
        const params = { path, header: { 'If-Match': etag } };
        const body = { customerNumber: who.customerNumber, startOn, ...termsBody(terms) };
        return sent(client.PUT('/locations/{locationNumber}/landlord-agreement', { params, body }));
      }}
    >
      {(error) => (
        <>
          <Group>
            <Text>
              {who.displayName} ({who.customerNumber})
            </Text>
            <Button variant="default" size="compact-sm" onClick={() => setWho(null)}>
              Somebody else
            </Button>
          </Group>
          <DateInput
            id={fieldId('#/startOn')}
            label="From"
            value={from}
            onChange={setFrom}
            error={faultAt(error, '#/startOn')}
          />
          <TermsFields at="#" error={error} value={terms} onChange={setTerms} />
        </>
      )}
    </ActForm>
  );
}

interface OfPlace {
  locationNumber: string;
  onDone: () => void;
}

/** Ends the agreement without a sale. */
export function EndAgreement({ locationNumber, onDone }: OfPlace) {
  const [on, setOn] = useState(usDate(useToday()));
  const [reason, setReason] = useState<'SALE' | 'OTHER'>('OTHER');
  return (
    <ActForm
      submit="End the agreement"
      done="The agreement ends"
      onDone={onDone}
      act={() => {
        const endOn = civilDateOf(on) ?? '';
        check({ '#/endOn': !endOn && 'Give the first day on which it does not hold' });
        const params = { path: { locationNumber } };
        return sent(
          client.POST('/locations/{locationNumber}/landlord-agreement/end', { params, body: { endOn, reason } }),
        );
      }}
    >
      {(error) => (
        <>
          <DateInput
            id={fieldId('#/endOn')}
            label="First day without it"
            value={on}
            onChange={setOn}
            error={faultAt(error, '#/endOn')}
          />
          <Radio.Group label="Why" value={reason} onChange={(value) => setReason(value as typeof reason)}>
            <Stack gap={6} mt={4}>
              <Radio value="OTHER" label="The landlord does not want it any more" />
              <Radio value="SALE" label="The place is sold and the buyer is not known" />
            </Stack>
          </Radio.Group>
        </>
      )}
    </ActForm>
  );
}

/** The place is sold: the agreement ends, and the buyer can be named. */
export function Sold({ locationNumber, onDone }: OfPlace) {
  const [on, setOn] = useState(usDate(useToday()));
  const [buyer, setBuyer] = useState<Who | null>(null);
  return (
    <Stack>
      <CustomerFinder label="Buyer (optional)" action="Choose" onPick={setBuyer} />
      {buyer && <Text>Buyer: {buyer.displayName}</Text>}
      <ActForm
        submit={buyer ? `Sold to ${buyer.displayName}: end the agreement` : 'Sold: end the agreement'}
        done="The agreement ends with the sale"
        onDone={onDone}
        act={() => {
          const soldOn = civilDateOf(on) ?? '';
          check({ '#/soldOn': !soldOn && 'Give the day of the sale' });
          const params = { path: { locationNumber } };
          const body = { soldOn, buyerCustomerNumber: buyer?.customerNumber ?? null };
          return sent(client.POST('/locations/{locationNumber}/sale', { params, body }));
        }}
      >
        {(error) => (
          <DateInput
            id={fieldId('#/soldOn')}
            label="Sold on"
            value={on}
            onChange={setOn}
            error={faultAt(error, '#/soldOn')}
          />
        )}
      </ActForm>
    </Stack>
  );
}
