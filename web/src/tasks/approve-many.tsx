import { Button, List, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { client, sent, type Schema } from '../api/client';
import { useAct } from '../kit/act';
import { money } from '../kit/format';
import { useHolds } from '../session/session';
import { whyRefused } from './refusals';

type Task = Schema<'Task'>;
const AT_ONCE = 25;

/** Approving the listed final bills at once, each as it was listed; what is refused of them is said one by one. */
export function ApproveMany({ tasks }: { tasks: Task[] }) {
  const holds = useHolds();
  const [asked, setAsked] = useState<Task[] | null>(null);
  const bills = tasks.filter(({ type }) => type === 'APPROVE_FINAL_BILL').slice(0, AT_ONCE);
  const approve = useAct((chosen: Task[]) =>
    sent(
      client.POST('/tasks/approve', {
        body: { tasks: chosen.map(({ taskId, version }) => ({ taskId, version })) },
      }),
    ),
  );
  if (!holds('supervisor') || bills.length < 2) return null;
  const total = (asked ?? bills).reduce((sum, { amountCents }) => sum + (amountCents ?? 0), 0);
  const refused = approve.data?.results.filter(({ status }) => status === 'REFUSED') ?? [];
  const close = () => {
    setAsked(null);
    approve.reset();
  };

  return (
    <>
      <Button variant="default" onClick={() => setAsked(bills)}>
        Approve {bills.length} final bills at once
      </Button>
      <Modal opened={asked !== null} onClose={close} title="Approve final bills at once" size="lg">
        {approve.data ? (
          <>
            <Text mb="xs">
              {approve.data.results.length - refused.length} of {approve.data.results.length} approved.
            </Text>
            <List size="sm">
              {refused.map(({ taskId, code }) => (
                <List.Item key={taskId}>
                  {asked?.find((task) => task.taskId === taskId)?.customerName}: {whyRefused(code ?? '')}
                </List.Item>
              ))}
            </List>
            <Button mt="md" onClick={close}>
              Close
            </Button>
          </>
        ) : (
          <>
            <List size="sm" mb="md">
              {asked?.map(({ taskId, customerName, accountNumber, amountCents }) => (
                <List.Item key={taskId}>
                  {customerName}, {accountNumber}: {money(amountCents ?? 0)}
                </List.Item>
              ))}
            </List>
            <Button loading={approve.isPending} onClick={() => asked && approve.mutate(asked)}>
              Approve {asked?.length} bills of {money(total)} in all
            </Button>
          </>
        )}
      </Modal>
    </>
  );
}
