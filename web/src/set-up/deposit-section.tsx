import { Alert, Anchor, Button, NativeSelect, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { api, client, sent, type Schema } from '../api/client';
import { Problem } from '../api/problem';
import { centsOf, civilDateOf, money } from '../kit/format';
import { faultAt, fieldId, ProblemSummary } from '../kit/problem-summary';
import { Section } from './section';
import classes from './set-up.module.css';

const METHODS = [
  { value: 'CASH', label: 'Cash' },
  { value: 'CHECK', label: 'Check' },
  { value: 'CARD', label: 'Card, at the terminal' },
  { value: 'ACH', label: 'Bank transfer' },
  { value: 'OTHER', label: 'Other' },
];
type Method = Schema<'PaymentRequest'>['method'];

interface Taken {
  receiptNumber: string;
  amountCents: number;
}

/** The deposit that is asked for: taken now with a receipt, or paid later. */
export function DepositSection({ accountNumber }: { accountNumber: string }) {
  const account = api.useSuspenseQuery('get', '/accounts/{accountNumber}', {
    params: { path: { accountNumber } },
  }).data;
  const [taken, setTaken] = useState<Taken[]>([]);
  const open = account.askedDeposits.filter(({ status }) => status === 'REQUESTED');
  const owedCents = open.reduce((sum, { amountCents, receivedCents }) => sum + amountCents - receivedCents, 0);
  return (
    <Section title="Deposit">
      {taken.map(({ receiptNumber, amountCents }) => (
        <Alert key={receiptNumber} color="green" role="status" title={`${money(amountCents)} was received`}>
          <Anchor
            href={`/api/v1/payments/${encodeURIComponent(receiptNumber)}/receipt.html`}
            target="_blank"
            rel="noreferrer"
          >
            Print receipt {receiptNumber}
          </Anchor>
        </Alert>
      ))}
      {owedCents > 0 ? (
        <>
          <Text size="sm">
            {money(owedCents)} is asked for (
            {open
              .map(({ serviceCode, amountCents }) => `${serviceCode.toLowerCase()} ${money(amountCents)}`)
              .join(', ')}
            ). Take it now, or it is paid later.
          </Text>
          <TakeDeposit
            key={owedCents}
            accountNumber={accountNumber}
            owedCents={owedCents}
            onTaken={(each) => setTaken((before) => [...before, each])}
          />
        </>
      ) : (
        <Text size="sm">{account.askedDeposits.length > 0 ? 'No deposit is open.' : 'No deposit is asked for.'}</Text>
      )}
    </Section>
  );
}

interface TakeDepositProps {
  accountNumber: string;
  owedCents: number;
  onTaken: (taken: Taken) => void;
}

const needed = (pointer: string, detail: string) => ({ pointer, detail });

function TakeDeposit({ accountNumber, owedCents, onTaken }: TakeDepositProps) {
  const cache = useQueryClient();
  const { today } = api.useSuspenseQuery('get', '/clock').data;
  const [amount, setAmount] = useState((owedCents / 100).toFixed(2));
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const cents = centsOf(amount);
  const [suggested] = useState(() => `${accountNumber}-${Date.now().toString(36).slice(-5).toUpperCase()}`);

  async function submit(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const receivedOn = civilDateOf(text('receivedOn'));
    const faults = [
      ...(cents ? [] : [needed('#/amountCents', 'Give the amount, as in 150.00')]),
      ...(receivedOn ? [] : [needed('#/receivedOn', 'Give the day, as in 03/27/2026')]),
    ];
    if (!cents || !receivedOn) return setError(new Problem(422, { detail: 'Something is missing', errors: faults }));
    setBusy(true);
    setError(null);
    const receiptNumber = text('receiptNumber');
    const body = {
      receiptNumber,
      amountCents: cents,
      receivedOn,
      method: text('method') as Method,
      applyTo: 'DEPOSIT' as const,
    };
    try {
      await sent(client.POST('/accounts/{accountNumber}/payments', { params: { path: { accountNumber } }, body }));
      onTaken({ receiptNumber, amountCents: cents });
      await cache.invalidateQueries();
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  }

  const field = (name: string) => ({
    id: fieldId(`#/${name}`),
    error: faultAt(error, `#/${name}`),
    autoComplete: 'off',
  });
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="no-print">
      <ProblemSummary error={error} />
      <div className={classes.fields}>
        <TextInput
          {...field('amountCents')}
          label="Amount"
          value={amount}
          onChange={({ currentTarget }) => setAmount(currentTarget.value)}
        />
        <NativeSelect {...field('method')} name="method" label="Paid by" data={METHODS} />
        <TextInput {...field('receiptNumber')} name="receiptNumber" label="Receipt number" defaultValue={suggested} />
        <TextInput
          {...field('receivedOn')}
          name="receivedOn"
          label="Received on"
          defaultValue={today.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$2/$3/$1')}
        />
      </div>
      <Button type="submit" mt="sm" loading={busy}>
        Take deposit of {cents ? money(cents) : '…'}
      </Button>
    </form>
  );
}
