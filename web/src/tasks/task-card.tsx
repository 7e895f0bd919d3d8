import { Badge, Group, Text, UnstyledButton } from '@mantine/core';
import type { Schema } from '../api/client';
import { useOfficeNow } from '../kit/clock';
import { money, moment } from '../kit/format';
import classes from './tasks.module.css';

/** One task in the list. */
export function TaskCard({ task, isOpen, onOpen }: { task: Schema<'Task'>; isOpen: boolean; onOpen: () => void }) {
  const isLate = Date.parse(task.dueAt) < useOfficeNow();
  return (
    <UnstyledButton
      className={classes.card}
      data-open={isOpen}
      data-late={isLate}
      aria-current={isOpen ? 'true' : undefined}
      onClick={onOpen}
    >
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <Text size="sm" fw={650}>
          {task.title}
        </Text>
        {task.amountCents !== null && (
          <Text size="sm" fw={650}>
            {money(task.amountCents)}
          </Text>
        )}
      </Group>
      <Text size="sm">{task.customerName ?? task.accountNumber}</Text>
      <Text size="xs" c="dimmed">
        {task.address}
      </Text>
      <Group gap={6} mt={4}>
        <Text size="xs" c={isLate ? 'red.9' : 'dimmed'} fw={isLate ? 650 : 400}>
          {isLate ? 'Overdue since' : 'Due'} {moment(task.dueAt)}
        </Text>
        {task.assignee && (
          <Badge size="xs" variant="light" c="dark.8" tt="none">
            {task.assignee.displayName}
          </Badge>
        )}
        {task.escalation > 0 && (
          <Badge size="xs" color="red" c="dark.8" variant="light" tt="none">
            Escalated
          </Badge>
        )}
      </Group>
    </UnstyledButton>
  );
}
