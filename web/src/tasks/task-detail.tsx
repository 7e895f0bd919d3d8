import { Anchor, Button, Divider, Group, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { api, client, sent } from '../api/client';
import { useAct } from '../kit/act';
import { Comments } from '../kit/comments';
import { moment } from '../kit/format';
import { To } from '../kit/to';
import { useMe } from '../session/session';
import { DecisionPanel } from './decision-panel';
import { Evidence } from './evidence/evidence';
import { Decisions } from './decisions';
import { HandOver } from './hand-over';

/** One task: what it is about, what is known, what was said, and the decision. */
export function TaskDetail({ taskId, onDecided }: { taskId: string; onDecided: () => void }) {
  const { data: task } = api.useSuspenseQuery('get', '/tasks/{taskId}', { params: { path: { taskId } } });
  return (
    <>
      <Group justify="space-between" align="flex-start" mb="xs">
        <div>
          <Title order={2} size="h3">
            {task.title}
          </Title>
          <Text>
            {task.customerName}
            {task.accountNumber && (
              <>
                {', account '}
                <To href={`/accounts/${task.accountNumber}`}>{task.accountNumber}</To>
              </>
            )}
          </Text>
          <Text size="sm" c="dimmed">
            {task.address}
          </Text>
        </div>
        {task.status === 'OPEN' && (
          <Group gap="xs" className="no-print">
            <Holding task={task} />
            <HandOver task={task} />
          </Group>
        )}
      </Group>
      <Group gap="lg" mb="md">
        <Anchor
          size="sm"
          renderRoot={(props) => <Link to="/cases/$caseId" params={{ caseId: task.caseId }} {...props} />}
        >
          Open the case
        </Anchor>
        {task.startedBy && (
          <Text size="sm" c="dimmed">
            Started by {task.startedBy.displayName}
            {task.draftedBy && `, drafted by ${task.draftedBy.displayName}`}
          </Text>
        )}
        <Text size="sm" c="dimmed">
          Due {moment(task.dueAt)}
        </Text>
      </Group>
      <Evidence task={task} />
      {task.status === 'OPEN' ? (
        <DecisionPanel task={task} onDecided={onDecided} />
      ) : (
        <Text fw={600} mt="md">
          This task is closed.
        </Text>
      )}
      <Decisions decisions={task.decisions} outcomes={task.outcomes} />
      <Divider my="md" />
      <Comments of="tasks" id={taskId} />
    </>
  );
}

/** Who has taken the task, and taking or releasing it. */
function Holding({
  task,
}: {
  task: { taskId: string; status: string; assignee: { username: string; displayName: string } | null };
}) {
  const me = useMe();
  const { taskId, assignee } = task;
  const params = { path: { taskId } };
  const claim = useAct(() => sent(client.POST('/tasks/{taskId}/claim', { params })));
  const release = useAct(() => sent(client.POST('/tasks/{taskId}/release', { params })));
  if (!assignee)
    return (
      <Button variant="default" loading={claim.isPending} onClick={() => claim.mutate(undefined)}>
        Take this task
      </Button>
    );
  if (assignee.username !== me.username) return <Text size="sm">Taken by {assignee.displayName}</Text>;
  return (
    <Button variant="default" loading={release.isPending} onClick={() => release.mutate(undefined)}>
      Release this task
    </Button>
  );
}
