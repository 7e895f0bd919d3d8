import { Alert, Anchor, List, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { wordsOf, type Problem } from '../api/problem';
import { fieldId } from '../kit/problem-summary';
import { useDesk } from './desk';
import { saidOf, tabOf, type FormProblem } from './problems';
import { TABS } from './tabs';

interface ProblemListProps {
  refusal: Problem | null;
  failure: unknown;
  tries: number;
  onGo: (problem: FormProblem) => void;
}

/** "There is a problem": all that stands against saving, each with a link to its field; it shrinks as it is mended. */
export function ProblemList({ refusal, failure, tries, onGo }: ProblemListProps) {
  const { problems, tried } = useDesk();
  const box = useRef<HTMLDivElement>(null);
  const errors = (tried ? problems : [])
    .filter(({ severity }) => severity === 'ERROR')
    .sort((a, b) => placeOf(a) - placeOf(b));
  useEffect(() => {
    if (tries > 0) box.current?.focus();
  }, [tries]);
  const unplaced = refusal && refusal.faults.length === 0 ? refusal : null;
  if (errors.length === 0 && !unplaced && !failure) return null;
  return (
    <Alert ref={box} tabIndex={-1} color="red" title="There is a problem" role="alert" mb="md" data-testid="problems">
      <Text size="sm" mb={4}>
        The customer is not set up yet. Nothing that you typed is lost.
      </Text>
      {unplaced && <Text size="sm">{unplaced.message}</Text>}
      {Boolean(failure) && <Text size="sm">{wordsOf(failure)}</Text>}
      <List size="sm" listStyleType="none" spacing={6}>
        {errors.map((each) => (
          <List.Item key={`${each.pointer} ${each.code} ${each.message}`}>
            <Anchor
              href={`#${fieldId(each.pointer)}`}
              onClick={(event) => {
                event.preventDefault();
                onGo(each);
              }}
            >
              {TABS.find(({ value }) => value === tabOf(each))?.label}: {saidOf(each)}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

const placeOf = (problem: FormProblem): number => TABS.findIndex(({ value }) => value === tabOf(problem));
