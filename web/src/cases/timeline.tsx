import { Checkbox, Group, Text, Timeline as Line, Title } from '@mantine/core';
import { useState } from 'react';
import { api } from '../api/client';
import { moment } from '../kit/format';
import { More } from '../kit/more';

/** What happened in a case, in order: by whom and when. The steps of the system are left out unless asked for. */
export function Timeline({ caseId }: { caseId: string }) {
  const list = api.useInfiniteQuery(
    'get',
    '/cases/{caseId}/timeline',
    { params: { path: { caseId }, query: { limit: 50 } } },
    {
      pageParamName: 'cursor',
      initialPageParam: null,
      throwOnError: true,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    },
  );
  const [withSteps, setWithSteps] = useState(false);
  const all = list.data?.pages.flatMap(({ data }) => data) ?? [];
  const entries = all.filter(({ kind }) => withSteps || kind !== 'STEP_DONE');
  return (
    <section>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h4">
          Timeline
        </Title>
        <Checkbox
          size="xs"
          className="no-print"
          label="Steps of the system too"
          checked={withSteps}
          onChange={(event) => setWithSteps(event.currentTarget.checked)}
        />
      </Group>
      <Line bulletSize={12} lineWidth={2} active={entries.length}>
        {entries.map((entry) => (
          <Line.Item key={`${entry.kind} ${entry.id}`}>
            <Text size="sm">{entry.text}</Text>
            <Text size="xs" c="dimmed">
              {entry.actor.displayName}, {moment(entry.at)}
            </Text>
          </Line.Item>
        ))}
      </Line>
      <More list={list} />
    </section>
  );
}
