import { Alert, Button, Card, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { client, sent, type Schema } from '../api/client';
import { ActForm, check, Opens } from '../kit/act-form';
import { useAct } from '../kit/act';
import { useToday } from '../kit/clock';
import { day, decimal } from '../kit/format';
import { Field } from '../kit/field';
import { ProblemSummary } from '../kit/problem-summary';

type Order = Schema<'ServiceOrderDetail'>;
const READ_AT = '#/reads/0/value';

/** Handing in an order from the field: the read in big figures, or why it could not be done. */
export function FieldWork({ order }: { order: Order }) {
  return (
    <Card withBorder padding="md">
      <Stack>
        <Complete order={order} />
        <Opens label="I could not do it" size="lg" fullWidth title="Why could it not be done?">
          {(close) => <Unable orderNumber={order.orderNumber} onDone={close} />}
        </Opens>
      </Stack>
    </Card>
  );
}

function Complete({ order: { orderNumber, meter } }: { order: Order }) {
  const today = useToday();
  const [value, setValue] = useState('');
  const [asksSure, setAsksSure] = useState(false);
  const read = value.trim();
  const send = useAct(
    () => {
      check({ [READ_AT]: meter && !/^\d+(\.\d+)?$/.test(read) && 'Type what the meter shows, in figures' });
      const reads = meter ? [{ meterId: meter.meterId, value: read, readAt: today, source: 'ACTUAL' as const }] : [];
      return sent(
        client.POST('/service-orders/{orderNumber}/complete', { params: { path: { orderNumber } }, body: { reads } }),
      );
    },
    { quiet: true, done: 'The order is handed in' },
  );
  const isBelow = Boolean(meter?.lastRead && read && Number(read) < Number(meter.lastRead.value));
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isBelow && !asksSure) setAsksSure(true);
        else send.mutate();
      }}
    >
      <ProblemSummary error={send.error} />
      {meter && (
        <Field
          at={READ_AT}
          error={send.error}
          size="xl"
          label={`What meter ${meter.serial} shows`}
          description={
            meter.lastRead
              ? `Last read ${decimal(meter.lastRead.value)} on ${day(meter.lastRead.readOn)}; ${meter.dials} dials`
              : `Never read; ${meter.dials} dials`
          }
          inputMode="decimal"
          styles={{ input: { fontSize: 30, letterSpacing: 3, height: 64 } }}
          value={value}
          onChange={(typed) => {
            setValue(typed);
            setAsksSure(false);
          }}
        />
      )}
      {asksSure && (
        <Alert
          color="yellow"
          title="Sure?"
          role="alert"
          mt="sm"
          styles={{ title: { color: 'black' }, label: { color: 'black' } }}
        >
          <Text mb="sm">
            {read} is below the last read, {decimal(meter?.lastRead?.value ?? '')}. The office will look at it. Look at
            the meter once more.
          </Text>
          <Group>
            <Button type="submit" size="lg" loading={send.isPending}>
              Yes, it shows {read}
            </Button>
            <Button size="lg" variant="default" onClick={() => setAsksSure(false)}>
              No
            </Button>
          </Group>
        </Alert>
      )}
      {!asksSure && (
        <Button type="submit" size="xl" fullWidth mt="md" loading={send.isPending}>
          {meter ? 'Hand in the read' : 'It is done'}
        </Button>
      )}
    </form>
  );
}

const REASONS = ['No access', 'Dog', 'Meter not found', 'Meter broken', 'Nobody there'];

function Unable({ orderNumber, onDone }: { orderNumber: string; onDone: () => void }) {
  const [reason, setReason] = useState('');
  return (
    <ActForm
      submit="Send it back to the office"
      done="The office plans it again"
      onDone={onDone}
      act={() => {
        check({ '#/reason': !reason.trim() && 'Say why it could not be done' });
        const params = { path: { orderNumber } };
        return sent(client.POST('/service-orders/{orderNumber}/unable', { params, body: { reason: reason.trim() } }));
      }}
    >
      {(error) => (
        <>
          <Group gap="xs">
            {REASONS.map((text) => (
              <Button key={text} variant={reason === text ? 'filled' : 'default'} onClick={() => setReason(text)}>
                {text}
              </Button>
            ))}
          </Group>
          <Field at="#/reason" error={error} label="Reason" size="lg" value={reason} onChange={setReason} />
        </>
      )}
    </ActForm>
  );
}
