import { Button, Group, Kbd, Loader, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { api } from '../api/client';
import { useDesk } from './desk';
import { effectOf } from './effect';
import classes from './set-up.module.css';

const CLOCK = new Intl.DateTimeFormat('en-US', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** Always in sight: whether what is typed is kept, what Save will do, and the button for it. */
export function SaveBar({ busy, onSave }: { busy: boolean; onSave: () => void }) {
  const { content, computed } = useDesk();
  const { today } = api.useSuspenseQuery('get', '/clock').data;
  const { button, then } = effectOf(content, computed, today);
  return (
    <div className={`${classes.bar} no-print`}>
      <Group justify="space-between" gap="sm">
        <div style={{ flex: '1 1 320px' }}>
          <Kept />
          <Text size="sm">{then}</Text>
        </div>
        <Group gap="xs" wrap="nowrap">
          <Kbd visibleFrom="md">Ctrl S</Kbd>
          <Button loading={busy} onClick={onSave}>
            {button}
          </Button>
        </Group>
      </Group>
    </div>
  );
}

function Kept() {
  const { status, answer, failure } = useDesk();
  const words = { SAVED: `Saved ${CLOCK.format(new Date(answer.updatedAt))}`, CHANGED: 'Typing …', SAVING: 'Saving …' };
  return (
    <Group gap={6} role="status" data-testid="kept">
      {status === 'SAVED' ? <IconCheck size={16} aria-hidden /> : <Loader size={14} aria-hidden />}
      <Text size="sm" fw={600}>
        {failure ? 'Not saved' : words[status]}
      </Text>
      <Text size="sm" c="dimmed">
        as a form; nobody is set up yet.
      </Text>
    </Group>
  );
}
