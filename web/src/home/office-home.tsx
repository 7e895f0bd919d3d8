import { Badge, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { api, type Schema } from '../api/client';
import { CASE_TYPES } from '../cases/case-words';
import { day, money, moment, words } from '../kit/format';
import { To } from '../kit/to';

type Home = Schema<'Home'>;

/** The desk of clerks and supervisors: their tasks, today's starts and stops, and what waits for others. */
export function OfficeHome() {
  const { data: home } = api.useSuspenseQuery('get', '/home');
  return (
    <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} spacing="md">
      <Tasks title="Overdue" list={home.overdueTasks} href="/tasks?view=overdue" none="Nothing is overdue." isLate />
      <Tasks title="My tasks" list={home.myTasks} href="/tasks?view=mine" none="You have taken no task." />
      <Tasks
        title="My groups’ tasks"
        list={home.groupTasks}
        href="/tasks?view=group"
        none="Nothing waits for your groups."
      />
      <Accounts title="Service starts today" list={home.startsToday} none="Nobody starts today." />
      <Accounts title="Service stops today" list={home.stopsToday} none="Nobody stops today." />
      <Cases title="Wait for the field" list={home.waitingForField} href="/cases?waitingOn=FIELD" />
      <Cases title="Wait for the customer" list={home.waitingForCustomer} href="/cases?waitingOn=CUSTOMER" />
      <Cases title="Do not go on by themselves" list={home.incidents} href="/cases?status=INCIDENT" isLate />
    </SimpleGrid>
  );
}

interface CardProps {
  title: string;
  total: number;
  href?: string;
  none: string;
  isLate?: boolean;
  children: ReactNode;
}

function Card({ title, total, href, none, isLate = false, children }: CardProps) {
  return (
    <Paper component="section" withBorder p="md" aria-label={title}>
      <Group justify="space-between" mb="xs" wrap="nowrap">
        <Title order={2} size="h5">
          {title}
        </Title>
        <Badge variant="light" color={isLate && total > 0 ? 'red' : 'gray'} size="lg" radius="sm">
          {total}
        </Badge>
      </Group>
      {total === 0 ? (
        <Text size="sm" c="dimmed">
          {none}
        </Text>
      ) : (
        <Stack gap={8}>{children}</Stack>
      )}
      {href && total > 0 && (
        <Text size="sm" mt="sm">
          <To href={href}>See all {total}</To>
        </Text>
      )}
    </Paper>
  );
}

interface TasksProps {
  title: string;
  list: Home['myTasks'];
  href: string;
  none: string;
  isLate?: boolean;
}

function Tasks({ list: { total, data }, ...card }: TasksProps) {
  return (
    <Card {...card} total={total}>
      {data.map((task) => (
        <div key={task.taskId}>
          <Text size="sm">
            <To href={`${card.href}&task=${task.taskId}`} fw={600}>
              {task.title}
            </To>
            {task.amountCents !== null && ` ${money(task.amountCents)}`}
          </Text>
          <Text size="xs" c="dimmed">
            {task.customerName ?? task.accountNumber}, due {moment(task.dueAt)}
          </Text>
        </div>
      ))}
    </Card>
  );
}

function Accounts({ list: { total, data }, ...card }: { title: string; list: Home['startsToday']; none: string }) {
  return (
    <Card {...card} total={total}>
      {data.map((account) => (
        <div key={account.accountNumber}>
          <Text size="sm">
            <To href={account.caseId ? `/cases/${account.caseId}` : `/accounts/${account.accountNumber}`} fw={600}>
              {account.customerName}
            </To>{' '}
            ({words(account.status).toLowerCase()})
          </Text>
          <Text size="xs" c="dimmed">
            {account.address}
          </Text>
        </div>
      ))}
    </Card>
  );
}

interface CasesProps {
  title: string;
  list: Home['incidents'];
  href: string;
  isLate?: boolean;
}

function Cases({ list: { total, data }, ...card }: CasesProps) {
  return (
    <Card {...card} total={total} none="None.">
      {data.map((each) => (
        <div key={each.caseId}>
          <Text size="sm">
            <To href={`/cases/${each.caseId}`} fw={600}>
              {CASE_TYPES[each.type]}
            </To>{' '}
            {each.customerName}
          </Text>
          <Text size="xs" c="dimmed">
            {each.address}, since {day(each.openedAt.slice(0, 10))}
          </Text>
        </div>
      ))}
    </Card>
  );
}
