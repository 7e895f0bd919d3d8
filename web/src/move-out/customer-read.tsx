import { Button, Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { client, sent, type Schema } from '../api/client';
import { useAct } from '../kit/act';
import { useToday } from '../kit/clock';
import { day, words } from '../kit/format';
import { ProblemSummary } from '../kit/problem-summary';

interface CustomerReadProps {
  order: Schema<'ServiceOrderOfCase'>;
  stopOn: string;
  /** What was typed for the quote. */
  first: string;
}

/** Handing in what the customer has read themselves, from the stop on; before, the field or the customer reads it then. */
export function CustomerRead({ order, stopOn, first }: CustomerReadProps) {
  const [value, setValue] = useState(first);
  const today = useToday();
  const { orderNumber, meter, serviceCode, dueOn } = order;
  const hand = useAct(
    () =>
      sent(
        client.POST('/service-orders/{orderNumber}/customer-read', {
          params: { path: { orderNumber } },
          body: { value: value.trim(), readAt: stopOn },
        }),
      ),
    { quiet: true, done: 'The read is entered' },
  );
  if (stopOn > today)
    return (
      <Text size="sm">
        {words(serviceCode)}: meter {meter?.serial} is read on {day(dueOn)} ({orderNumber}).
      </Text>
    );
  return (
    <div>
      <ProblemSummary error={hand.error} />
      <Group align="flex-end">
        <TextInput
          label={`${words(serviceCode)}: what the customer read on meter ${meter?.serial} on ${day(stopOn)}`}
          inputMode="decimal"
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        <Button
          variant="default"
          loading={hand.isPending}
          disabled={!value.trim()}
          onClick={() => hand.mutate(undefined)}
        >
          Enter the customer’s read
        </Button>
      </Group>
    </div>
  );
}
