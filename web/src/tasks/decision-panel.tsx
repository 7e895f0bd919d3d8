import { Button, Group, List, Text, Textarea, Title } from '@mantine/core';
import { useState } from 'react';
import { client, sent, type Schema } from '../api/client';
import { useAct } from '../kit/act';
import { money } from '../kit/format';
import { ProblemSummary, faultAt } from '../kit/problem-summary';
import { OutcomeData, type Data } from './outcome-data';
import { whyRefused } from './refusals';
import classes from './tasks.module.css';

type Task = Schema<'TaskDetail'>;
type Outcome = Task['outcomes'][number];

interface PanelProps {
  task: Task;
  onDecided: () => void;
}

/** How the task can end. A button names its effect; one that this person may not press says why. */
export function DecisionPanel({ task, onDecided }: PanelProps) {
  const [chosen, setChosen] = useState<Outcome | null>(null);
  const [comment, setComment] = useState('');
  const [data, setData] = useState<Data | null>({});
  const [lacks, setLacks] = useState<string | null>(null);
  const decide = useAct(
    (outcome: string) => {
      const body = { version: task.version, outcome, data: data ?? {}, comment: comment.trim() || null };
      return sent(client.POST('/tasks/{taskId}/complete', { params: { path: { taskId: task.taskId } }, body }));
    },
    { quiet: true, done: `${task.title}: done`, after: onDecided },
  );
  const open = task.outcomes.filter(({ refusedBecause }) => !refusedBecause);
  const refusals = [
    ...new Set(task.outcomes.map(({ refusedBecause }) => refusedBecause).filter((code) => code !== null)),
  ];
  const needsMore = (outcome: Outcome) => outcome.reasonRequired || Object.keys(propertiesOf(outcome)).length > 0;

  function press(outcome: Outcome) {
    decide.reset();
    setLacks(null);
    setData(needsData(outcome) ? null : {});
    if (needsMore(outcome)) return setChosen(outcome);
    decide.mutate(outcome.outcome);
  }
  function confirm() {
    if (!chosen) return;
    if (chosen.reasonRequired && !comment.trim()) return setLacks('Give the reason');
    if (data === null) return setLacks('Fill in what is asked for');
    setLacks(null);
    decide.mutate(chosen.outcome);
  }

  return (
    <section className={`${classes.decide} no-print`} aria-label="Decide">
      <ProblemSummary error={decide.error} />
      {open.length > 0 && !chosen && (
        <Group gap="sm">
          {open.map((outcome, i) => (
            <Button
              key={outcome.outcome}
              variant={i === 0 ? 'filled' : 'default'}
              loading={decide.isPending && decide.variables === outcome.outcome}
              onClick={() => press(outcome)}
            >
              {effectOf(task, outcome)}
            </Button>
          ))}
        </Group>
      )}
      {chosen && (
        <>
          <Title order={3} size="h5" mb="xs">
            {effectOf(task, chosen)}
          </Title>
          <OutcomeData task={task} outcome={chosen.outcome} onChange={setData} />
          <Textarea
            label={chosen.reasonRequired ? 'Reason' : 'Comment (optional)'}
            description={chosen.reasonRequired ? 'Kept with the case, for whoever looks a year later' : undefined}
            error={lacks ?? faultAt(decide.error, '#/comment')}
            autosize
            minRows={2}
            data-autofocus
            value={comment}
            onChange={(event) => setComment(event.currentTarget.value)}
          />
          <Group mt="sm">
            <Button loading={decide.isPending} onClick={confirm}>
              {effectOf(task, chosen)}
            </Button>
            <Button variant="default" onClick={() => setChosen(null)}>
              Back
            </Button>
          </Group>
        </>
      )}
      {refusals.length > 0 && (
        <List size="sm" mt={open.length > 0 ? 'sm' : 0} listStyleType="none">
          {refusals.map((code) => (
            <List.Item key={code}>
              <Text span size="sm" fw={600}>
                {open.length === 0 ? 'You cannot decide on this. ' : `Not for you: ${labelsOf(task, code)}. `}
              </Text>
              {whyRefused(code)}
            </List.Item>
          ))}
        </List>
      )}
    </section>
  );
}

const labelsOf = (task: Task, code: string): string =>
  task.outcomes
    .filter(({ refusedBecause }) => refusedBecause === code)
    .map(({ label }) => label.toLowerCase())
    .join(', ');

const needsData = ({ dataSchema }: Outcome): boolean =>
  ((dataSchema as { required?: string[] }).required ?? []).length > 0;

const propertiesOf = ({ dataSchema }: Outcome): object => (dataSchema as { properties?: object }).properties ?? {};

/** What pressing does, in words: "Approve final bill of $97.44". */
function effectOf({ type, amountCents }: Task, { outcome, label }: Outcome): string {
  if (outcome !== 'APPROVE' || amountCents === null) return label;
  const what: Partial<Record<Task['type'], string>> = {
    APPROVE_FINAL_BILL: 'final bill of',
    APPROVE_REFUND: 'refund of',
    APPROVE_REFUND_SECOND: 'refund of',
    APPROVE_WRITE_OFF: 'write-off of',
    APPROVE_CORRECTION: 'correction; most at stake',
  };
  return what[type] ? `Approve ${what[type]} ${money(amountCents)}` : label;
}
