import { Alert, Button, Group, Modal, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { client, sent, type Schema } from '../api/client';
import { useAct } from '../kit/act';
import { moment, words } from '../kit/format';
import { ProblemSummary } from '../kit/problem-summary';
import { whyRefused } from '../tasks/refusals';

type Incident = Schema<'Incident'>;
type Action = 'RETRY' | 'SKIP' | 'ABORT';

const DOES: Record<Action, string> = {
  RETRY: 'Try the step again',
  SKIP: 'Go on without this step',
  ABORT: 'End the case here',
};

/** What went wrong in a case and does not heal by itself, and what can be done about it. */
export function Incidents({ theCase }: { theCase: Schema<'CaseDetail'> }) {
  const open = theCase.incidents.filter(({ status }) => status === 'OPEN');
  return open.map((incident) => <OpenIncident key={incident.incidentId} incident={incident} caseId={theCase.caseId} />);
}

function OpenIncident({ incident, caseId }: { incident: Incident; caseId: string }) {
  const [asked, setAsked] = useState<Action | null>(null);
  const [reason, setReason] = useState('');
  const act = useAct(
    (action: Action) =>
      sent(
        client.POST('/cases/{caseId}/incident', {
          params: { path: { caseId } },
          body: { action, reason: reason.trim(), incidentId: incident.incidentId },
        }),
      ),
    { quiet: true, after: () => setAsked(null) },
  );
  return (
    <Alert
      color="red"
      mb="md"
      title={`${words(incident.step.replaceAll(/([A-Z])/g, '_$1'))} did not succeed: ${incident.cause}`}
    >
      <Text size="sm" mb="xs">
        Since {moment(incident.openedAt)}. It does not heal by itself.
        {incident.amendmentTaskId && ' An amendment waits for a second person.'}
      </Text>
      <Group gap="xs">
        {incident.actions
          .filter((each): each is typeof each & { action: Action } => each.action in DOES)
          .map(({ action, refusedBecause }) => (
            <Button
              key={action}
              size="compact-sm"
              variant="default"
              disabled={refusedBecause !== null}
              title={refusedBecause ? whyRefused(refusedBecause) : undefined}
              onClick={() => setAsked(action)}
            >
              {DOES[action]}
            </Button>
          ))}
      </Group>
      <Modal opened={asked !== null} onClose={() => setAsked(null)} title={asked ? DOES[asked] : ''}>
        <ProblemSummary error={act.error} />
        <Textarea
          label="Reason"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          minRows={2}
          autosize
        />
        <Button mt="sm" loading={act.isPending} disabled={!reason.trim()} onClick={() => asked && act.mutate(asked)}>
          {asked && DOES[asked]}
        </Button>
      </Modal>
    </Alert>
  );
}
