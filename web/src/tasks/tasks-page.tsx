import { Box, Button, SegmentedControl, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { getRouteApi } from '@tanstack/react-router';
import { Suspense } from 'react';
import { api } from '../api/client';
import { Loading } from '../kit/loading';
import { Page } from '../kit/page';
import type { TaskSearch } from './routes';
import { ApproveMany } from './approve-many';
import { TaskCard } from './task-card';
import { TaskDetail } from './task-detail';
import classes from './tasks.module.css';

const here = getRouteApi('/tasks');

const VIEWS: { value: TaskSearch['view']; label: string }[] = [
  { value: 'group', label: 'My groups' },
  { value: 'mine', label: 'Mine' },
  { value: 'overdue', label: 'Overdue' },
  { value: 'escalated', label: 'Escalated' },
];

/** The task list on the left, the task beside it; `j` and `k` go down and up. */
export function TasksPage() {
  const { view, task: chosen } = here.useSearch();
  const navigate = here.useNavigate();
  const { data } = api.useSuspenseQuery('get', '/tasks', { params: { query: { view, limit: 100 } } });
  const tasks = data.data;
  const open = (taskId: string | undefined) => void navigate({ search: { view, ...(taskId && { task: taskId }) } });
  const move = (by: number) => {
    const at = tasks.findIndex(({ taskId }) => taskId === chosen);
    open(tasks[Math.min(Math.max(at + by, 0), tasks.length - 1)]?.taskId);
  };
  useHotkeys([
    ['j', () => move(1)],
    ['k', () => move(-1)],
  ]);

  return (
    <Page
      title="Tasks"
      actions={
        <SegmentedControl
          aria-label="Which tasks"
          value={view}
          onChange={(value) => void navigate({ search: { view: value as TaskSearch['view'] } })}
          data={VIEWS}
        />
      }
    >
      <div className={classes.sides} data-open={Boolean(chosen)}>
        <Box component="nav" aria-label="Tasks" className={classes.list}>
          {tasks.length === 0 && <Text c="dimmed">{NOTHING[view]}</Text>}
          {tasks.map((task) => (
            <TaskCard key={task.taskId} task={task} isOpen={task.taskId === chosen} onOpen={() => open(task.taskId)} />
          ))}
          {data.nextCursor && <Text size="sm">There are more: decide on these first.</Text>}
          <ApproveMany tasks={tasks} />
        </Box>
        <section className={classes.detail} aria-label="The task">
          {chosen ? (
            <Suspense key={chosen} fallback={<Loading />}>
              <Button variant="subtle" hiddenFrom="md" mb="sm" onClick={() => open(undefined)}>
                Back to the list
              </Button>
              <TaskDetail taskId={chosen} onDecided={() => open(nextAfter(tasks, chosen))} />
            </Suspense>
          ) : (
            tasks.length > 0 && <Text c="dimmed">Choose a task on the left, or press j.</Text>
          )}
        </section>
      </div>
    </Page>
  );
}

const NOTHING: Record<TaskSearch['view'], string> = {
  group: 'Nothing waits for your groups. New tasks come by themselves.',
  mine: 'You have taken no task. Take one under "My groups".',
  overdue: 'Nothing is overdue.',
  escalated: 'Nothing was escalated.',
};

function nextAfter(tasks: { taskId: string }[], taskId: string): string | undefined {
  const at = tasks.findIndex((task) => task.taskId === taskId);
  return (tasks[at + 1] ?? tasks[at - 1])?.taskId;
}
