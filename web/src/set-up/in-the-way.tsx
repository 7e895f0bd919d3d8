import { Alert, Anchor, Button, Group, Text } from '@mantine/core';
import { api } from '../api/client';
import { day } from '../kit/format';
import { useDesk } from './desk';

/** Whoever is at the place still: they can be moved out for the newcomer, or their open case is shown. */
export function InTheWay() {
  const { problems, content, set } = useDesk();
  const offers = new Map<string, string>();
  const cases = new Set<string>();
  for (const { details } of problems) {
    if (details?.offer === 'MOVE_OUT' && details.accountNumber)
      offers.set(details.accountNumber, details.stopDate ?? content.startDate);
    else if (details?.caseId) cases.add(details.caseId);
  }
  return (
    <>
      {[...offers].map(([accountNumber, stopDate]) => (
        <MoveOutOffer key={accountNumber} accountNumber={accountNumber} stopDate={stopDate} />
      ))}
      {content.forceMoveOut && (
        <Alert color="blue" mb="md" title={`Whoever is there is moved out on ${day(content.startDate)}`}>
          <Group justify="space-between">
            <Text size="sm">A supervisor approves it first. Their meters are read and they get a final bill.</Text>
            <Button size="compact-sm" variant="default" onClick={() => set('#/forceMoveOut', false)}>
              Do not move them out
            </Button>
          </Group>
        </Alert>
      )}
      {[...cases].map((caseId) => (
        <Alert key={caseId} color="yellow" mb="md" title="An open case stands in the way">
          <Anchor size="sm" href={`/cases/${caseId}`} target="_blank" rel="noreferrer">
            See the case
          </Anchor>
        </Alert>
      ))}
    </>
  );
}

function MoveOutOffer({ accountNumber, stopDate }: { accountNumber: string; stopDate: string }) {
  const { content, change } = useDesk();
  const account = api.useQuery('get', '/accounts/{accountNumber}', { params: { path: { accountNumber } } });
  const name = account.data?.customer.displayName ?? `Account ${accountNumber}`;
  const isLater = stopDate !== content.startDate;
  return (
    <Alert color="yellow" mb="md" title={`${name} still has service at this place`}>
      <Text size="sm">
        Account{' '}
        <Anchor inherit href={`/accounts/${accountNumber}`} target="_blank" rel="noreferrer">
          {accountNumber}
        </Anchor>{' '}
        is not moved out. You can move them out for the new customer{isLater && `, on ${day(stopDate)} at the earliest`}
        ; a supervisor approves it. Or{' '}
        <Anchor inherit href={`/move-out?account=${accountNumber}`} target="_blank" rel="noreferrer">
          start their move-out
        </Anchor>{' '}
        with the day that they gave.
      </Text>
      <Group mt="sm">
        <Button onClick={() => change((form) => ({ ...form, forceMoveOut: true, startDate: stopDate }))}>
          {isLater ? `Start on ${day(stopDate)} and move ${name} out` : `Move ${name} out on ${day(stopDate)}`}
        </Button>
      </Group>
    </Alert>
  );
}
