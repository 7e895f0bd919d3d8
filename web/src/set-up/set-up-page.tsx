import { Alert, Anchor, Button, Group, Paper, Stack, Table, Text, Title, VisuallyHidden } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, client, sent } from '../api/client';
import { wordsOf } from '../api/problem';
import { day, moment } from '../kit/format';
import { Page } from '../kit/page';
import { notifications } from '@mantine/notifications';
import { PreviousFinder } from './previous-finder';
import classes from './set-up.module.css';

type Begin = { customerNumber: string; locationNumber: string } | null;

/** Where setting up begins: by copy or from scratch, or where it was left. */
export function SetUpPage() {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  // The office's setting says whether a form usually begins with a copy (row S6).
  const { copyTicked } = api.useSuspenseQuery('get', '/customers/next-number').data;

  async function begin(copyFrom: Begin) {
    setBusy(true);
    setFailure(null);
    try {
      const { draftId } = await sent(client.POST('/drafts', { body: { copyFrom, classCode: null } }));
      await cache.invalidateQueries({ queryKey: ['get', '/drafts'] });
      await navigate({ to: '/set-up/$draftId', params: { draftId } });
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  }

  return (
    <Page title="Setup new customer" lead="Somebody moves in: their record, their place, and the services they get.">
      {failure !== null && (
        <Alert color="red" role="alert" mb="md" title="The form could not be begun">
          {wordsOf(failure)}
        </Alert>
      )}
      <div className={classes.ways}>
        <Paper withBorder p="md">
          <Title order={2} size="h4" mb={4}>
            Copy from a previous customer
          </Title>
          <Text size="sm" mb="sm">
            Location, service address, meters with their last read, and billing services are copied. The previous
            customer&apos;s own record stays as it is.
          </Text>
          <PreviousFinder
            label="Find the last customer at the place"
            autoFocus={copyTicked}
            busy={busy}
            onPick={({ customerNumber, locationNumber }) => void begin({ customerNumber, locationNumber })}
          />
        </Paper>
        <Paper withBorder p="md">
          <Title order={2} size="h4" mb={4}>
            From scratch
          </Title>
          <Text size="sm" mb="sm">
            For a new service address: it is added to the locations and begins with the default services.
          </Text>
          <Button
            variant={copyTicked ? 'default' : 'filled'}
            autoFocus={!copyTicked}
            loading={busy}
            onClick={() => void begin(null)}
          >
            Begin with an empty form
          </Button>
        </Paper>
      </div>
      <Drafts />
    </Page>
  );
}

function Drafts() {
  const { data } = api.useSuspenseQuery('get', '/drafts', { params: { query: { view: 'mine', limit: 20 } } });
  const drafts = data.data;
  return (
    <Stack gap="xs" mt="xl">
      <Title order={2} size="h4">
        Forms that you have begun
      </Title>
      {drafts.length === 0 ? (
        <Text>None is open. A form that you begin is kept here until it is saved or discarded.</Text>
      ) : (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>New customer</Table.Th>
              <Table.Th>Place</Table.Th>
              <Table.Th>Start</Table.Th>
              <Table.Th>Last touched</Table.Th>
              <Table.Th>
                <VisuallyHidden>Discard</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {drafts.map((draft) => (
              <Table.Tr key={draft.draftId}>
                <Table.Td>
                  <Anchor
                    renderRoot={(props) => (
                      <Link to="/set-up/$draftId" params={{ draftId: draft.draftId }} {...props} />
                    )}
                  >
                    {draft.customerName ?? 'No name yet'}
                  </Anchor>
                </Table.Td>
                <Table.Td>{draft.place ?? 'No place yet'}</Table.Td>
                <Table.Td>{day(draft.startDate)}</Table.Td>
                <Table.Td>{moment(draft.updatedAt)}</Table.Td>
                <Table.Td>
                  <Discard draftId={draft.draftId} name={draft.customerName ?? 'without a name'} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Stack>
  );
}

/** Puts a form away; writing in it again brings it back, which is what Undo does. */
function Discard({ draftId, name }: { draftId: string; name: string }) {
  const cache = useQueryClient();
  const [busy, setBusy] = useState(false);
  const navigate = useNavigate();
  async function discard() {
    setBusy(true);
    try {
      await sent(client.DELETE('/drafts/{draftId}', { params: { path: { draftId } } }));
      await cache.invalidateQueries({ queryKey: ['get', '/drafts'] });
      notifications.show({
        message: (
          <Group justify="space-between">
            <span>The form {name} is discarded.</span>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => void navigate({ to: '/set-up/$draftId', params: { draftId } })}
            >
              Open it again
            </Button>
          </Group>
        ),
      });
    } catch (error) {
      notifications.show({ color: 'red', message: wordsOf(error) });
    } finally {
      setBusy(false);
    }
  }
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={busy}
      aria-label={`Discard the form ${name}`}
      onClick={() => void discard()}
    >
      Discard
    </Button>
  );
}
