import { Alert, Anchor, Button, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Problem, wordsOf } from '../api/problem';
import { moment } from '../kit/format';
import { useMe } from '../session/session';
import { useDesk } from './desk';
import type { DraftDesk } from './draft-desk';

/** Somebody else has written in the form meanwhile: who, when, and whose of the two stays. */
export function ChangedByAnother({ desk }: { desk: DraftDesk }) {
  const { conflict } = useDesk();
  const me = useMe();
  if (!conflict) return null;
  const { writtenBy, updatedAt } = conflict;
  const isMe = writtenBy?.username === me.username;
  const other = writtenBy?.displayName ?? 'Somebody else';
  return (
    <Alert color="yellow" mb="md" role="alert" title="This form was changed meanwhile">
      <Text size="sm">
        {isMe ? 'You, in another window,' : other} changed it on {moment(updatedAt)}. What you typed is still here, and
        is not kept until you choose.
      </Text>
      <Group mt="sm">
        <Button variant="default" onClick={() => void desk.loadKept()}>
          Load what {isMe ? 'I wrote in the other window' : `${other} wrote`}
        </Button>
        <Button onClick={() => void desk.keepMine()}>Keep what I typed</Button>
      </Group>
    </Alert>
  );
}

/** What is typed could not be kept: why, and what to do. */
export function NotKept({ desk }: { desk: DraftDesk }) {
  const { failure, answer } = useDesk();
  if (!failure) return null;
  const isSaved = failure instanceof Problem && failure.code === 'DRAFT_SAVED';
  return (
    <Alert color="red" mb="md" role="alert" title="The form could not be kept">
      <Text size="sm">{wordsOf(failure)}</Text>
      {isSaved ? (
        <Anchor
          size="sm"
          renderRoot={(props) => <Link to="/set-up/$draftId/saved" params={{ draftId: answer.draftId }} {...props} />}
        >
          See what it was saved as
        </Anchor>
      ) : (
        <Button mt="sm" variant="default" onClick={() => void desk.flush()}>
          Try again
        </Button>
      )}
    </Alert>
  );
}

/** A form that was put away, and is opened again. */
export function Discarded() {
  const { answer } = useDesk();
  if (answer.status !== 'DISCARDED') return null;
  return (
    <Alert color="blue" mb="md" title="This form was discarded">
      <Text size="sm">It is listed no more. Change anything, and it is one of your forms again.</Text>
    </Alert>
  );
}
