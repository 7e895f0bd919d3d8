import { List, Paper, Title } from '@mantine/core';
import { api, type Schema } from '../api/client';
import { day } from '../kit/format';
import type { MoveOutForm } from './form';

interface WhatHappensNextProps {
  account: Schema<'AccountDetail'>;
  form: MoveOutForm;
  stopOn: string | null;
  today: string;
}

/** What the office does after the move-out is opened, in plain words. */
export function WhatHappensNext({ account, form, stopOn, today }: WhatHappensNextProps) {
  const { locationNumber } = account.location;
  const { data: place } = api.useSuspenseQuery('get', '/locations/{locationNumber}', {
    params: { path: { locationNumber } },
  });
  const when = stopOn && stopOn > today ? `On ${day(stopOn)}` : 'As soon as possible';
  const metered = place.servicePoints.filter(({ meter }) => meter).map(({ serviceName }) => serviceName.toLowerCase());
  return (
    <Paper withBorder p="md" bg="gray.0">
      <Title order={2} size="h5" mb={4}>
        What happens next
      </Title>
      <List size="sm" spacing={4} type="ordered">
        {metered.length > 0 && (
          <List.Item>
            {when} the field reads the meter ({metered.join(', ')}), or you enter what the customer has read.
          </List.Item>
        )}
        <List.Item>{ofThePlace(form, place.landlord)}</List.Item>
        <List.Item>The final bill is drafted, and a supervisor who had no hand in it approves it.</List.Item>
        <List.Item>
          The deposit with its interest is applied; what is left is refunded, what is owed is billed.
        </List.Item>
      </List>
    </Paper>
  );
}

function ofThePlace({ newTenant }: MoveOutForm, landlord: Schema<'LandlordAgreement'> | null): string {
  if (newTenant === 'YES') return 'You set up the new tenant: the form is filled from this customer at once.';
  if (!landlord) return 'You are asked what becomes of the services, since no landlord has an agreement here.';
  if (newTenant === 'NO') return 'The services go to the landlord as their agreement says, or you are asked.';
  return 'You are asked whether there is a new tenant; if not, the services go to the landlord as their agreement says.';
}
