import { Alert, Anchor, Button, List, Loader, Stack, Text } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { api, type Schema } from '../api/client';
import { Facts } from '../kit/facts';
import { day, words } from '../kit/format';
import { Page } from '../kit/page';
import { Status } from '../kit/status';
import { useHolds } from '../session/session';
import { CosignerSection } from './cosigner-section';
import { DepositSection } from './deposit-section';
import { MasterContactSection } from './master-contact-section';
import { Section } from './section';
import classes from './set-up.module.css';

const here = getRouteApi('/set-up/$draftId/saved');
const LOOK_EVERY_MS = 1_000;

/** After the save: the numbers, what happens next, the deposit, and who else belongs to the record. */
export function SavedPage() {
  const { draftId } = here.useParams();
  const draft = api.useSuspenseQuery('get', '/drafts/{draftId}', { params: { path: { draftId } } }).data;
  if (draft.caseId === null) return <NotSaved draftId={draftId} />;
  return <OfCase draftId={draftId} caseId={draft.caseId} />;
}

function NotSaved({ draftId }: { draftId: string }) {
  return (
    <Page title="This form is not saved yet">
      <Text mb="md">Nobody is set up by it so far. What was typed is kept.</Text>
      <Button renderRoot={(props) => <Link to="/set-up/$draftId" params={{ draftId }} {...props} />}>
        Go on with the form
      </Button>
    </Page>
  );
}

function OfCase({ draftId, caseId }: { draftId: string; caseId: string }) {
  const found = api.useSuspenseQuery(
    'get',
    '/cases/{caseId}',
    { params: { path: { caseId } } },
    { refetchInterval: ({ state }) => (state.data?.status === 'SAVING' ? LOOK_EVERY_MS : false) },
  ).data;
  if ('onboarding' in found && found.onboarding && found.accountNumber)
    return <Saved found={found} onboarding={found.onboarding} accountNumber={found.accountNumber} />;
  if (found.status === 'REFUSED') return <NotSaved draftId={draftId} />;
  return (
    <Page title="Saving the new customer">
      <Text>
        {found.status === 'SAVING' && <Loader size="xs" mr={8} />}
        {found.waitsFor}
      </Text>
    </Page>
  );
}

interface SavedProps {
  found: Pick<Schema<'CaseDetail'>, 'caseId' | 'waitsFor'>;
  onboarding: NonNullable<Schema<'CaseDetail'>['onboarding']>;
  accountNumber: string;
}

function Saved({ found, onboarding, accountNumber }: SavedProps) {
  const { customerNumber, startOn, conditions } = onboarding;
  const account = api.useSuspenseQuery('get', '/accounts/{accountNumber}', {
    params: { path: { accountNumber } },
  }).data;
  const { customer, location, status } = account;
  const holds = useHolds();
  return (
    <Page
      title={`${customer.displayName} is set up`}
      lead={
        <>
          Customer number <strong>{customerNumber}</strong>, account number <strong>{accountNumber}</strong>
        </>
      }
      actions={
        <>
          <Button variant="default" onClick={() => window.print()}>
            Print this confirmation
          </Button>
          <Button renderRoot={(props) => <Link to="/set-up" {...props} />}>Set up another customer</Button>
        </>
      }
    >
      <div className={classes.columns}>
        <Stack>
          <Section title="What was set up">
            <Facts
              of={[
                ['Customer', `${customer.displayName}, ${customerNumber}`],
                ['Account', accountNumber],
                ['Account is', <Status key="status" code={status} />],
                ['Service address', location.address],
                ['Location number', location.locationNumber],
                ['Lives there as', words(account.role)],
                ['Service starts on', day(startOn)],
                ['Billing services', account.agreements.map(({ serviceCode }) => words(serviceCode)).join(', ')],
                ['Copied from account', onboarding.copiedFrom],
              ]}
            />
          </Section>
          {holds('clerk') && <DepositSection accountNumber={accountNumber} />}
        </Stack>
        <Stack>
          <Section title="What happens next">
            {conditions.length === 0 ? (
              <Text>{found.waitsFor}</Text>
            ) : (
              <>
                <Text size="sm">Service starts by itself once all of this is done:</Text>
                <List data-testid="next">
                  {conditions.map(({ name, text }) => (
                    <List.Item key={name}>{nextOf(name, text)}</List.Item>
                  ))}
                </List>
                <Text size="sm">If it is not done by {day(onboarding.expiresOn)}, the office is asked what to do.</Text>
              </>
            )}
            <Anchor href={`/cases/${found.caseId}`} className="no-print">
              Follow its case
            </Anchor>
          </Section>
          <CosignerSection accountNumber={accountNumber} />
          <MasterContactSection customerNumber={customerNumber} />
        </Stack>
      </div>
      {status === 'CANCELED' && (
        <Alert color="yellow" mt="md">
          This set-up was canceled.
        </Alert>
      )}
    </Page>
  );
}

const NEXT: Record<string, string> = {
  ...{ APPROVAL: 'A supervisor approves it: ', DEPOSIT: 'The customer pays: ', ORDERS: 'The field does its orders: ' },
  ...{ START_DATE: 'The day comes: ', HANDOVER: 'The one who leaves hands over: ', READ: 'The field reads: ' },
};
const nextOf = (name: string, text: string): string =>
  `${NEXT[name] ?? ''}${text.replaceAll(/\d{4}-\d{2}-\d{2}/g, (date) => day(date))}.`;
