import { Group, Loader, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { day, words } from '../kit/format';
import { Status } from '../kit/status';
import { keyOf, usePreviousCustomers, type Found } from './find-previous';
import classes from './set-up.module.css';

interface FinderProps {
  label: string;
  onPick: (found: Found) => void;
  autoFocus?: boolean;
  busy?: boolean;
}

/** Finds a customer with a place, by mouse or by arrows and Enter; one press takes it. */
export function PreviousFinder({ label, onPick, autoFocus = false, busy = false }: FinderProps) {
  const [typed, setTyped] = useState('');
  const { found, isAsking, asked } = usePreviousCustomers(typed);
  const list = useRef<HTMLDivElement>(null);

  function move(event: KeyboardEvent, by: number) {
    const rows = [...(list.current?.querySelectorAll('button') ?? [])];
    const next = rows[rows.indexOf(document.activeElement as HTMLButtonElement) + by];
    event.preventDefault();
    (next ?? rows[0])?.focus();
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'ArrowDown') move(event, 1);
    if (event.key === 'ArrowUp') move(event, -1);
    const [first] = found;
    const isInput = event.target instanceof HTMLInputElement;
    if (event.key === 'Enter' && isInput && first && !isAsking && !busy) onPick(first);
  }

  return (
    <Stack gap="xs" onKeyDown={onKeyDown}>
      <TextInput
        label={label}
        description="By name, address, telephone, customer number or location number"
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={(isAsking || busy) && <Loader size="xs" />}
        autoComplete="off"
        autoFocus={autoFocus}
        data-autofocus={autoFocus || undefined}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <Text size="sm" c="dimmed" role="status">
        {said(typed, { count: found.length, isAsking, asked })}
      </Text>
      {found.length > 0 && (
        <div ref={list} className={classes.found}>
          {found.map((each) => (
            <Row key={keyOf(each)} of={each} disabled={busy} onPick={() => onPick(each)} />
          ))}
        </div>
      )}
    </Stack>
  );
}

function said(typed: string, { count, isAsking, asked }: { count: number; isAsking: boolean; asked: string }): string {
  if (typed.trim().length < 2) return 'Type two letters or digits, or more.';
  if (isAsking) return 'Looking …';
  if (count === 0) return `Nobody found for “${asked}”. Check the spelling, or try a part of it.`;
  return `${count} found. Choose one; Enter takes the first.`;
}

function Row({ of, disabled, onPick }: { of: Found; disabled: boolean; onPick: () => void }) {
  return (
    <UnstyledButton className={classes.foundRow} disabled={disabled} onClick={onPick}>
      <div>
        <Text span fw={600}>
          {of.customerName}
        </Text>{' '}
        <Text span size="sm" c="dimmed">
          {of.customerNumber}
        </Text>
        <Text size="sm">
          {of.address}{' '}
          <Text span size="sm" c="dimmed">
            {of.locationNumber}
          </Text>
        </Text>
      </div>
      <Group gap="xs" wrap="nowrap">
        <Text size="sm" ta="right">
          {words(of.role)}, {of.until ? `until ${day(of.until)}` : `since ${day(of.since)}`}
        </Text>
        <Status code={of.status} />
      </Group>
    </UnstyledButton>
  );
}
