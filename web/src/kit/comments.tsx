import { Button, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { useState } from 'react';
import { api, client, sent } from '../api/client';
import { useAct } from './act';
import { moment } from './format';

type Of = 'cases' | 'tasks';

/** What was said about a case or a task, and saying something. */
export function Comments({ of, id }: { of: Of; id: string }) {
  const { data } = useComments(of, id);
  const [text, setText] = useState('');
  const add = useAct(() => addComment(of, id, text.trim()), { after: () => setText('') });
  return (
    <section aria-label="Comments" className="no-print">
      <Title order={3} size="h5" mb="xs">
        Comments
      </Title>
      <Stack gap="xs">
        {data?.data.map((comment) => (
          <div key={comment.commentId}>
            <Text size="xs" c="dimmed">
              {comment.author.displayName}, {moment(comment.createdAt)}
            </Text>
            <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
              {comment.text}
            </Text>
          </div>
        ))}
        <Group align="flex-end" gap="xs">
          <Textarea
            label="Add a comment"
            autosize
            minRows={1}
            flex={1}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button
            variant="default"
            loading={add.isPending}
            disabled={!text.trim()}
            onClick={() => add.mutate(undefined)}
          >
            Add
          </Button>
        </Group>
      </Stack>
    </section>
  );
}

function useComments(of: Of, id: string) {
  const ofTask = api.useQuery(
    'get',
    '/tasks/{taskId}/comments',
    { params: { path: { taskId: id } } },
    { enabled: of === 'tasks' },
  );
  const ofCase = api.useQuery(
    'get',
    '/cases/{caseId}/comments',
    { params: { path: { caseId: id } } },
    { enabled: of === 'cases' },
  );
  return of === 'tasks' ? ofTask : ofCase;
}

const addComment = (of: Of, id: string, text: string): Promise<unknown> =>
  of === 'tasks'
    ? sent(client.POST('/tasks/{taskId}/comments', { params: { path: { taskId: id } }, body: { text } }))
    : sent(client.POST('/cases/{caseId}/comments', { params: { path: { caseId: id } }, body: { text } }));
