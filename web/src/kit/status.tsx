import { Badge } from '@mantine/core';
import { words } from './format';

const COLORS: Record<string, string> = {
  OPEN: 'blue',
  ACTIVE: 'green',
  COMPLETED: 'green',
  APPROVED: 'green',
  POSTED: 'green',
  INCIDENT: 'red',
  ABORTED: 'red',
  REFUSED: 'red',
  OVERDUE: 'red',
  WRITTEN_OFF: 'red',
  PENDING_START: 'yellow',
  PENDING_STOP: 'yellow',
  PENDING_APPROVAL: 'yellow',
  SCHEDULED: 'blue',
};

/** A status as a badge; the word says it, the colour only helps. */
export function Status({ code }: { code: string }) {
  return (
    <Badge
      variant="light"
      color={COLORS[code] ?? 'gray'}
      c="dark.8"
      tt="none"
      fw={600}
      radius="sm"
      style={{ flexShrink: 0, overflow: 'visible' }}
      miw="max-content"
    >
      {words(code)}
    </Badge>
  );
}
