import { Alert, Button, Code, Group, Text } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { Problem, wordsOf } from '../api/problem';
import { Page } from './page';

/** A page that could not be shown: why, and what to do. */
export function Failed({ error, reset }: ErrorComponentProps) {
  if (error instanceof Problem && error.status === 404) return <NotThere />;
  if (error instanceof Problem && error.status === 403)
    return (
      <Page title="You may not see this">
        <Text>{error.message}. Ask a supervisor or the administrator if you need it.</Text>
      </Page>
    );
  return (
    <Page title="This page could not be shown">
      <Alert color="red" title={wordsOf(error)}>
        {error instanceof Problem && error.requestId && (
          <Text size="sm">
            When you ask for help, say <Code>{error.requestId}</Code>.
          </Text>
        )}
        <Group mt="sm">
          <Button onClick={reset}>Try again</Button>
        </Group>
      </Alert>
    </Page>
  );
}

/** There is nothing at this address. */
export function NotThere() {
  return (
    <Page title="There is no such page">
      <Text>Check the number, or find it with Ctrl+K by any part of its name, address or number.</Text>
    </Page>
  );
}
