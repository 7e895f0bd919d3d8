import { Button, Modal, Select } from '@mantine/core';
import { useState } from 'react';
import { api, client, sent, type Schema } from '../api/client';
import { useAct } from '../kit/act';
import { ProblemSummary } from '../kit/problem-summary';
import { useHolds, useMe } from '../session/session';

type Task = Schema<'TaskDetail'>;
const GROUP = 'the whole group';

/** Giving a task to somebody else: a supervisor assigns any, whoever has taken one asks a colleague to do it for them. */
export function HandOver({ task }: { task: Task }) {
  const holds = useHolds();
  const me = useMe();
  const [isOpen, setIsOpen] = useState(false);
  const assigns = holds('supervisor');
  if (!assigns && task.assignee?.username !== me.username) return null;
  return (
    <>
      <Button variant="default" onClick={() => setIsOpen(true)}>
        {assigns ? 'Assign' : 'Pass on'}
      </Button>
      <Modal opened={isOpen} onClose={() => setIsOpen(false)} title={assigns ? 'Assign the task' : 'Pass the task on'}>
        <To task={task} assigns={assigns} onDone={() => setIsOpen(false)} />
      </Modal>
    </>
  );
}

function To({ task, assigns, onDone }: { task: Task; assigns: boolean; onDone: () => void }) {
  const { taskId, candidateGroup, assignee } = task;
  const [to, setTo] = useState<string | null>(null);
  const { data: people } = api.useQuery('get', '/people', { params: { query: { role: candidateGroup } } });
  const params = { path: { taskId } };
  const give = useAct(
    (username: string | null) =>
      assigns
        ? sent(
            client.POST('/tasks/{taskId}/assign', {
              params,
              body: { assignee: username, seen: assignee?.username ?? null },
            }),
          )
        : sent(client.POST('/tasks/{taskId}/delegate', { params, body: { to: username ?? '' } })),
    { quiet: true, done: 'The task is handed over', after: onDone },
  );
  const choices = (people?.data ?? [])
    .filter(({ username }) => username !== assignee?.username)
    .map(({ username, displayName }) => ({ value: username, label: displayName }));
  return (
    <>
      <ProblemSummary error={give.error} />
      <Select
        label="To"
        searchable
        data={assigns && assignee ? [{ value: GROUP, label: 'Nobody: back to the whole group' }, ...choices] : choices}
        value={to}
        onChange={setTo}
      />
      <Button mt="md" disabled={!to} loading={give.isPending} onClick={() => give.mutate(to === GROUP ? null : to)}>
        {assigns ? 'Assign' : 'Pass on'}
      </Button>
    </>
  );
}
