import { Anchor, Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { client, sent, type Schema } from '../api/client';
import { Problem } from '../api/problem';
import { useAct } from '../kit/act';
import { useToday } from '../kit/clock';
import { centsOf, money } from '../kit/format';
import { ProblemSummary, faultAt, fieldId } from '../kit/problem-summary';

type Payment = Schema<'PaymentRequest'>;

const METHODS = [
  { value: 'CASH', label: 'Cash' },
  { value: 'CHECK', label: 'Check' },
  { value: 'CARD', label: 'Card' },
  { value: 'ACH', label: 'Bank transfer' },
  { value: 'ONLINE', label: 'Online' },
  { value: 'OTHER', label: 'Other' },
];

/** Money received at the counter, for the balance or for a deposit that is asked. */
export function TakePayment({ account }: { account: Schema<'AccountDetail'> }) {
  const [isOpen, setIsOpen] = useState(false);
  const asked = account.askedDeposits.filter(({ status }) => status === 'REQUESTED');
  const askedCents = asked.reduce((sum, { amountCents, receivedCents }) => sum + amountCents - receivedCents, 0);
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>Take a payment</Button>
      <Modal opened={isOpen} onClose={() => setIsOpen(false)} title="Take a payment">
        <PaymentForm
          accountNumber={account.accountNumber}
          balanceCents={account.balanceCents}
          askedCents={askedCents}
          onDone={() => setIsOpen(false)}
        />
      </Modal>
    </>
  );
}

interface PaymentFormProps {
  accountNumber: string;
  balanceCents: number;
  askedCents: number;
  onDone: () => void;
}

function PaymentForm({ accountNumber, balanceCents, askedCents, onDone }: PaymentFormProps) {
  const today = useToday();
  const [receiptNumber, setReceiptNumber] = useState('');
  const [amount, setAmount] = useState('');
  const [method, setMethod] = useState('CASH');
  const [applyTo, setApplyTo] = useState(askedCents > 0 ? 'DEPOSIT' : 'ACCOUNT');
  const pay = useAct(
    () => {
      const errors = [
        ...(receiptNumber.trim() ? [] : [{ pointer: '#/receiptNumber', detail: 'Give the number of the receipt' }]),
        ...(centsOf(amount) ? [] : [{ pointer: '#/amountCents', detail: 'Give the amount, for example 97.44' }]),
      ];
      if (errors.length > 0) throw new Problem(422, { code: 'MISSING', errors });
      const body: Payment = {
        receiptNumber: receiptNumber.trim(),
        amountCents: centsOf(amount) ?? 0,
        receivedOn: today,
        method: method as Payment['method'],
        applyTo: applyTo as Payment['applyTo'],
      };
      return sent(client.POST('/accounts/{accountNumber}/payments', { params: { path: { accountNumber } }, body }));
    },
    { quiet: true, done: 'The payment is posted' },
  );
  if (pay.data)
    return (
      <Stack>
        <Text>The payment of {money(centsOf(amount) ?? 0)} is posted.</Text>
        <Group>
          <Anchor
            href={`/api/v1/payments/${encodeURIComponent(receiptNumber.trim())}/receipt.html`}
            target="_blank"
            rel="noreferrer"
          >
            Print the receipt
          </Anchor>
          <Button onClick={onDone}>Done</Button>
        </Group>
      </Stack>
    );
  return (
    <Stack gap="sm">
      <ProblemSummary error={pay.error} />
      <Text size="sm">
        Balance {money(balanceCents)}
        {askedCents > 0 && `, deposit asked ${money(askedCents)}`}
      </Text>
      <TextInput
        id={fieldId('#/amountCents')}
        label="Amount"
        inputMode="decimal"
        data-autofocus
        error={faultAt(pay.error, '#/amountCents')}
        value={amount}
        onChange={(event) => setAmount(event.currentTarget.value)}
      />
      <TextInput
        id={fieldId('#/receiptNumber')}
        label="Receipt number"
        description="As it stands on the receipt; no two payments share one"
        error={faultAt(pay.error, '#/receiptNumber')}
        value={receiptNumber}
        onChange={(event) => setReceiptNumber(event.currentTarget.value)}
      />
      <Group grow>
        <Select
          label="Paid by"
          allowDeselect={false}
          data={METHODS}
          value={method}
          onChange={(value) => setMethod(value ?? 'CASH')}
        />
        <Select
          label="For"
          allowDeselect={false}
          data={[
            { value: 'ACCOUNT', label: 'The balance' },
            { value: 'DEPOSIT', label: 'The deposit' },
          ]}
          value={applyTo}
          onChange={(value) => setApplyTo(value ?? 'ACCOUNT')}
        />
      </Group>
      <Button loading={pay.isPending} onClick={() => pay.mutate(undefined)}>
        Post {centsOf(amount) ? money(centsOf(amount) ?? 0) : 'the payment'}
      </Button>
    </Stack>
  );
}
