import { Button, Group, Modal, Stack, type ButtonProps } from '@mantine/core';
import { Suspense, useState, type ReactNode } from 'react';
import { Problem, type Fault } from '../api/problem';
import { useAct } from './act';
import { Loading } from './loading';
import { ProblemSummary } from './problem-summary';

interface ActFormProps<Result> {
  /** Checks what was typed (`check`) and sends it. */
  act: () => Promise<Result>;
  /** What the button says: the action with its effect. */
  submit: string;
  done: string;
  onDone?: (result: Result) => void;
  color?: string;
  /** Brings the field of a problem to sight before it takes the focus. */
  onGo?: (fault: Fault) => void;
  children: (error: unknown) => ReactNode;
}

/** A form: everything wrong is said at once above it, and nothing typed is lost. */
export function ActForm<Result>({ act, submit, done, onDone, color, onGo, children }: ActFormProps<Result>) {
  const send = useAct<void, Result>(act, { quiet: true, done, ...(onDone && { after: onDone }) });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate();
      }}
    >
      <ProblemSummary error={send.error} {...(onGo && { onGo })} />
      <Stack gap="sm">
        {children(send.error)}
        <Group>
          <Button type="submit" loading={send.isPending} {...(color && { color })}>
            {submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface OpensProps extends Omit<ButtonProps, 'children'> {
  label: string;
  title?: string;
  children: (close: () => void) => ReactNode;
}

/** A button that opens a form over the page; what was typed in it is gone when it is closed. */
export function Opens({ label, title = label, children, ...button }: OpensProps) {
  const [isOpen, setIsOpen] = useState(false);
  const close = () => setIsOpen(false);
  return (
    <>
      <Button variant="default" {...button} onClick={() => setIsOpen(true)}>
        {label}
      </Button>
      <Modal.Root opened={isOpen} onClose={close} size="lg">
        <Modal.Overlay />
        <Modal.Content>
          {/* No Modal.Header: it is a second banner of the page to whoever only hears it. */}
          <Group justify="space-between" wrap="nowrap" p="md" pb="xs">
            <Modal.Title fw={650} fz="lg">
              {title}
            </Modal.Title>
            <Modal.CloseButton />
          </Group>
          <Modal.Body>
            <Suspense fallback={<Loading lines={3} />}>{isOpen && children(close)}</Suspense>
          </Modal.Body>
        </Modal.Content>
      </Modal.Root>
    </>
  );
}

/** Refuses what was typed for all that is wrong with it: pointer to words, empty words where nothing is. */
export function check(faults: Record<string, string | false | null | undefined>): void {
  const errors = Object.entries(faults).flatMap(([pointer, detail]) => (detail ? [{ pointer, detail }] : []));
  if (errors.length > 0) throw new Problem(422, { code: 'INVALID', errors });
}
