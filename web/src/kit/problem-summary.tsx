import { Alert, Anchor, List, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Problem, wordsOf, type Fault } from '../api/problem';

/** The id of the input for a place in a form (JSON pointer), so that a problem can lead to it. */
export const fieldId = (pointer: string): string => `field${pointer.replace(/^#/, '').replaceAll(/[^\w]/g, '-')}`;

/** What is said beside the field at a pointer, or undefined. */
export function faultAt(error: unknown, pointer: string): string | undefined {
  return error instanceof Problem ? error.faults.find((fault) => fault.pointer === pointer)?.detail : undefined;
}

/** "There is a problem": what is wrong with a form, each with a link to its field; it takes the focus when it comes. */
export function ProblemSummary({ error, onGo }: { error: unknown; onGo?: (fault: Fault) => void }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [error]);
  if (!error) return null;
  const faults = error instanceof Problem ? error.faults : [];
  return (
    <Alert ref={box} tabIndex={-1} color="red" title="There is a problem" role="alert" mb="md" data-testid="problems">
      {faults.length === 0 && <Text size="sm">{wordsOf(error)}</Text>}
      <List size="sm" listStyleType="none" spacing={4}>
        {faults.map((fault) => (
          <List.Item key={`${fault.pointer} ${fault.detail}`}>
            <Anchor
              c="dark.9"
              underline="always"
              display="inline-block"
              py={2}
              mih={24}
              href={`#${fieldId(fault.pointer)}`}
              onClick={(event) => {
                event.preventDefault();
                onGo?.(fault);
                window.setTimeout(() => document.getElementById(fieldId(fault.pointer))?.focus());
              }}
            >
              {fault.detail}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
