import { Alert, Anchor, Button, Stack, Text, Title } from '@mantine/core';
import { IconExternalLink, IconPrinter } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { api, type Schema } from '../api/client';
import { Comments } from '../kit/comments';
import { moment, words } from '../kit/format';
import { Page } from '../kit/page';
import { Status } from '../kit/status';
import { useHolds } from '../session/session';
import { CaseActions } from './case-actions';
import { CaseFacts } from './case-facts';
import { CASE_TYPES } from './case-words';
import { Incidents } from './incidents';
import { OrdersOfCase } from './orders-of-case';
import { Timeline } from './timeline';
import { WayOfCase } from './way-of-case';
import classes from './case.module.css';

const here = getRouteApi('/cases/$caseId');
const SAVING_MS = 1_500;

/** One case: what it waits for, its states, its tasks and orders, its timeline, and what can be done with it. */
export function CasePage() {
  const { caseId } = here.useParams();
  const { data } = api.useSuspenseQuery(
    'get',
    '/cases/{caseId}',
    { params: { path: { caseId } } },
    {
      // Until a worker has taken it there is no row and so no event that tells of it.
      refetchInterval: ({ state }) => (state.data && !('step' in state.data) ? SAVING_MS : false),
    },
  );
  return 'step' in data ? <Known theCase={data} /> : <WithoutRow theCase={data} />;
}

function Known({ theCase }: { theCase: Schema<'CaseDetail'> }) {
  const holds = useHolds();
  const { caseId, type, status, waitsFor, tasks, links } = theCase;
  const open = tasks.filter((task) => task.status === 'OPEN');
  const isOffice = holds('clerk', 'supervisor');
  return (
    <Page
      title={`${CASE_TYPES[type]}${theCase.customerName ? `: ${theCase.customerName}` : ''}`}
      lead={theCase.address ?? theCase.locationNumber}
      actions={
        <>
          {isOffice && <CaseActions theCase={theCase} />}
          <Button variant="default" leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>
            Print
          </Button>
          {links.temporal && (
            <Button
              variant="default"
              component="a"
              href={links.temporal}
              target="_blank"
              rel="noreferrer"
              rightSection={<IconExternalLink size={14} aria-hidden />}
            >
              Temporal UI
            </Button>
          )}
        </>
      }
    >
      <Alert color={status === 'INCIDENT' ? 'red' : 'blue'} mb="md" title={waitsFor}>
        {open.map((task) => (
          <Text key={task.taskId} size="sm">
            {isOffice ? (
              <Anchor
                renderRoot={(props) => <Link to="/tasks" search={{ view: 'group', task: task.taskId }} {...props} />}
              >
                {task.title}
              </Anchor>
            ) : (
              task.title
            )}
            , due {moment(task.dueAt)}
            {task.assignee && `, taken by ${task.assignee.displayName}`}
          </Text>
        ))}
      </Alert>
      <WayOfCase theCase={theCase} />
      <Incidents theCase={theCase} />
      <div className={classes.sides}>
        <Stack gap="lg">
          <OrdersOfCase orders={theCase.serviceOrders} />
          <Timeline caseId={caseId} />
          {isOffice && <Comments of="cases" id={caseId} />}
        </Stack>
        <CaseFacts theCase={theCase} />
      </div>
    </Page>
  );
}

/** A case that is still being saved, or that was refused: what was wrong with it. */
function WithoutRow({ theCase }: { theCase: Schema<'CaseWithoutRow'> }) {
  const { status, waitsFor, problem, caseId } = theCase;
  return (
    <Page title={status === 'SAVING' ? 'Being saved' : words(status)} lead={caseId}>
      <Status code={status} />
      <Text my="sm">{waitsFor}</Text>
      {status === 'SAVING' && <Text>This page goes on by itself. Nothing is lost if you leave it.</Text>}
      {problem && (
        <Alert color="red" title={problem.detail}>
          {problem.errors.map(({ pointer, detail }) => (
            <Text key={pointer} size="sm">
              {detail}
            </Text>
          ))}
          <Title order={2} size="h6" mt="xs">
            Nothing was kept but the form. Correct it and save it again.
          </Title>
        </Alert>
      )}
    </Page>
  );
}
