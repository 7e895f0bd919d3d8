import { Anchor, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Suspense } from 'react';
import { api, type Schema } from '../api/client';
import { day } from '../kit/format';
import { Loading } from '../kit/loading';
import { Page } from '../kit/page';
import { TaskDetail } from '../tasks/task-detail';
import { CustomerRead } from './customer-read';

const here = getRouteApi('/move-out/$caseId');
const SAVING_MS = 1_000;

/** After a move-out was opened: its number, the reads that the customer brought, and what becomes of the place. */
export function OpenedPage() {
  const { caseId } = here.useParams();
  const { data } = api.useSuspenseQuery(
    'get',
    '/cases/{caseId}',
    { params: { path: { caseId } } },
    {
      refetchInterval: ({ state }) => (state.data && !('step' in state.data) ? SAVING_MS : false),
    },
  );
  if (!('step' in data) || !data.moveOut)
    return (
      <Page title="The move-out is being saved">
        <Text>{data.waitsFor}</Text>
      </Page>
    );
  return <Opened theCase={data} moveOut={data.moveOut} />;
}

function Opened({ theCase, moveOut }: { theCase: Schema<'CaseDetail'>; moveOut: Schema<'MoveOut'> }) {
  const { caseId, customerName, serviceOrders, waitsFor } = theCase;
  const kept = JSON.parse(sessionStorage.getItem(`reads ${caseId}`) ?? '{}') as Record<number, string>;
  const toRead = serviceOrders.filter(({ meter, status }) => meter && status === 'SCHEDULED');
  return (
    <Page
      title={`${customerName} moves out on ${day(moveOut.stopOn)}`}
      lead={theCase.address}
      actions={
        <>
          <Button variant="default" onClick={() => window.print()}>
            Print the confirmation
          </Button>
          <Button renderRoot={(props) => <Link to="/cases/$caseId" params={{ caseId }} {...props} />}>
            See the case
          </Button>
        </>
      }
    >
      <Stack gap="lg">
        <Text size="lg">{waitsFor}</Text>
        {toRead.length > 0 && (
          <section>
            <Title order={2} size="h4" mb="xs">
              Reads
            </Title>
            <Stack gap="sm">
              {toRead.map((order) => (
                <CustomerRead
                  key={order.orderNumber}
                  order={order}
                  stopOn={moveOut.stopOn}
                  first={kept[order.meter?.meterId ?? 0] ?? ''}
                />
              ))}
            </Stack>
          </section>
        )}
        <Suspense fallback={<Loading lines={3} />}>
          {moveOut.vacancyCaseId && <ThePlace caseId={moveOut.vacancyCaseId} />}
        </Suspense>
        <Group>
          <Anchor renderRoot={(props) => <Link to="/move-out" search={{}} {...props} />}>Move somebody else out</Anchor>
        </Group>
      </Stack>
    </Page>
  );
}

/** What becomes of the place: the questions that wait for the clerk, asked here and now. */
function ThePlace({ caseId }: { caseId: string }) {
  const { data } = api.useSuspenseQuery('get', '/cases/{caseId}', { params: { path: { caseId } } });
  if (!('step' in data)) return null;
  const questions = data.tasks.filter(({ status, candidateGroup }) => status === 'OPEN' && candidateGroup === 'clerk');
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        The place
      </Title>
      <Text mb="sm">
        {data.waitsFor}{' '}
        <Anchor renderRoot={(props) => <Link to="/cases/$caseId" params={{ caseId }} {...props} />}>
          See the vacancy
        </Anchor>
      </Text>
      {questions.map(({ taskId }) => (
        <Paper key={taskId} withBorder p="md" mb="sm">
          <TaskDetail taskId={taskId} onDecided={() => undefined} />
        </Paper>
      ))}
    </section>
  );
}
