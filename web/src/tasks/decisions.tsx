import { Text, Title } from '@mantine/core';
import type { Schema } from '../api/client';
import { moment, words } from '../kit/format';

/** What was decided on this task before, and whether it took effect. */
export function Decisions({ decisions, outcomes }: Pick<Schema<'TaskDetail'>, 'decisions' | 'outcomes'>) {
  if (decisions.length === 0) return null;
  const label = (outcome: string) => outcomes.find((each) => each.outcome === outcome)?.label ?? words(outcome);
  return (
    <section>
      <Title order={3} size="h5" mt="md">
        Decided
      </Title>
      {decisions.map(({ decisionId, actor, outcome, comment, status, createdAt }) => (
        <Text key={decisionId} size="sm">
          {actor.displayName}: {label(outcome)}, {moment(createdAt)}
          {status === 'VOID' && ' (did not take effect)'}
          {comment && `: “${comment}”`}
        </Text>
      ))}
    </section>
  );
}
