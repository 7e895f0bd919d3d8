import { Alert, Anchor, Button, Group, Radio, Select, Stack, Text, Title } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { client, sent, type Schema } from '../api/client';
import { Problem } from '../api/problem';
import { PastUse } from '../bills/past-use';
import { useAct } from '../kit/act';
import { useToday } from '../kit/clock';
import { DateInput } from '../kit/date-input';
import { Facts } from '../kit/facts';
import { civilDateOf, day, money, words } from '../kit/format';
import { Page } from '../kit/page';
import { ProblemSummary, faultAt, fieldId } from '../kit/problem-summary';
import { Blockers } from './blockers';
import { emptyForm, missing, requestOf, type MoveOutForm as Form } from './form';
import { ForwardingAddress } from './forwarding-address';
import { LiveQuote } from './live-quote';
import { WhatHappensNext } from './what-happens-next';
import classes from './move-out.module.css';

const REASONS = ['CUSTOMER', 'NONPAY', 'FORCED', 'DECEASED'].map((value) => ({
  value,
  label: { CUSTOMER: 'The customer asks', NONPAY: 'Not paid', FORCED: 'Forced', DECEASED: 'Deceased' }[value] ?? value,
}));

interface FormProps {
  account: Schema<'AccountDetail'>;
  onOther: () => void;
}

/** The move-out of one account, with the final bill that it would make beside it while it is typed. */
export function MoveOutForm({ account, onOther }: FormProps) {
  const today = useToday();
  const navigate = useNavigate();
  const [form, setForm] = useState<Form>(() => emptyForm(today));
  const [lacks, setLacks] = useState<Problem | null>(null);
  const set = (part: Partial<Form>) => setForm((before) => ({ ...before, ...part }));
  const stopOn = civilDateOf(form.stop);
  const open = useAct(() => sent(client.POST('/cases/move-out', { body: requestOf(form, account.accountNumber) })), {
    quiet: true,
    after: ({ caseId }) => {
      keepReads(caseId, form.reads);
      void navigate({ to: '/move-out/$caseId', params: { caseId } });
    },
  });
  function submit() {
    const errors = missing(form);
    setLacks(errors.length > 0 ? new Problem(422, { code: 'MISSING', errors }) : null);
    if (errors.length === 0) open.mutate(undefined);
  }
  useHotkeys([['mod+S', submit]], []);
  const error = lacks ?? open.error;
  const openCase = account.openCases.find(({ type }) => type === 'MOVE_OUT')?.caseId;

  return (
    <Page
      title={`Move out ${account.customer.displayName}`}
      hasError={Boolean(error)}
      lead={`${account.location.address}, account ${account.accountNumber}`}
      actions={
        <Button variant="default" onClick={onOther}>
          Somebody else
        </Button>
      }
    >
      <ProblemSummary error={error} />
      {openCase && (
        <Alert color="yellow" mb="md">
          A move-out of this account is under way already.{' '}
          <Anchor renderRoot={(props) => <Link to="/cases/$caseId" params={{ caseId: openCase }} {...props} />}>
            See it
          </Anchor>
        </Alert>
      )}
      <div className={classes.sides}>
        <Stack component="form" gap="md" aria-label="Move-out">
          <Facts
            of={[
              ['Role', words(account.role)],
              ['Since', day(account.startOn)],
              ['Services', [...new Set(account.agreements.map(({ serviceCode }) => words(serviceCode)))].join(', ')],
              ['Owed now', money(account.balanceCents)],
              ['Deposit held', money(account.depositsHeldCents)],
              ['Cosigner', account.cosigner?.displayName ?? 'None'],
            ]}
          />
          <Group align="flex-start">
            <DateInput
              id={fieldId('#/stopDate')}
              label="Service stops on"
              error={faultAt(error, '#/stopDate')}
              value={form.stop}
              onChange={(stop) => set({ stop })}
            />
            <DateInput
              id={fieldId('#/vacateDate')}
              label="Moves out on"
              description="Empty: the same day"
              error={faultAt(error, '#/vacateDate')}
              value={form.vacate}
              onChange={(vacate) => set({ vacate })}
            />
            <Select
              label="Reason"
              description="Why service stops"
              allowDeselect={false}
              w={200}
              data={REASONS}
              value={form.reason}
              onChange={(reason) => set({ reason: (reason ?? 'CUSTOMER') as Form['reason'] })}
            />
          </Group>
          <Blockers
            accountNumber={account.accountNumber}
            form={form}
            onReverse={(on) => set({ reverseLaterBills: on })}
          />
          <ForwardingAddress form={form} error={error} onChange={set} />
          <Radio.Group
            label="Is there a new tenant?"
            error={faultAt(error, '#/newTenant')}
            value={form.newTenant}
            onChange={(newTenant) => set({ newTenant: newTenant as Form['newTenant'] })}
          >
            <Group mt={4}>
              <Radio id={fieldId('#/newTenant')} value="YES" label="Yes" />
              <Radio value="NO" label="No" />
              <Radio value="UNKNOWN" label="Not known yet" />
            </Group>
          </Radio.Group>
          <WhatHappensNext account={account} form={form} stopOn={stopOn} today={today} />
          <Group>
            <Button loading={open.isPending} onClick={submit}>
              Move out {account.customer.displayName}
              {stopOn && ` on ${day(stopOn)}`}
            </Button>
            <Text size="sm" c="dimmed">
              or press Ctrl+S
            </Text>
          </Group>
        </Stack>
        <Stack gap="lg">
          <Title order={2} size="h4">
            The final bill as it would be
          </Title>
          <LiveQuote
            accountNumber={account.accountNumber}
            stopOn={stopOn}
            reads={form.reads}
            onRead={(meterId, value) => set({ reads: { ...form.reads, [meterId]: value } })}
          />
          <PastUse accountNumber={account.accountNumber} />
        </Stack>
      </div>
    </Page>
  );
}

/** What the customer read at the counter is handed in on the next page, once the order for it is cut. */
function keepReads(caseId: string, reads: Record<number, string>): void {
  sessionStorage.setItem(`reads ${caseId}`, JSON.stringify(reads));
}
