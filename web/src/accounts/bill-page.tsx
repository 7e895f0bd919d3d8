import { Alert, Button, Stack } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { api, type Schema } from '../api/client';
import { BillLines, type Step } from '../bills/bill-lines';
import { Facts } from '../kit/facts';
import { day, money, words } from '../kit/format';
import { Page } from '../kit/page';
import { Status } from '../kit/status';
import { To } from '../kit/to';

const here = getRouteApi('/bills/$billNumber');

/** A bill as it was issued; an issued bill never changes, a correction takes its place. */
export function BillPage() {
  const { billNumber } = here.useParams();
  const { data: bill } = api.useSuspenseQuery('get', '/bills/{billNumber}', { params: { path: { billNumber } } });
  const lines = bill.lines.map((line) => ({ ...line, service: line.serviceCode, steps: line.steps as Step[] }));
  return (
    <Page
      title={`${words(bill.kind)} bill ${billNumber}`}
      lead={`${day(bill.periodFrom)} to ${day(bill.periodThrough)}`}
      actions={
        <>
          {bill.kind === 'FINAL' && (
            <Button component="a" href={`/api/v1/bills/${billNumber}.pdf`} target="_blank" rel="noreferrer">
              PDF
            </Button>
          )}
          <Button variant="default" onClick={() => window.print()}>
            Print
          </Button>
        </>
      }
    >
      <Stack gap="md">
        {bill.canceledBy && (
          <Alert color="yellow" title="This bill was canceled">
            {bill.canceledBy.reason} <Other correction={bill.canceledBy} number={bill.canceledBy.replacement} />
          </Alert>
        )}
        {bill.replaces && (
          <Alert color="blue" title="This bill takes the place of another">
            {bill.replaces.reason} <Other correction={bill.replaces} number={bill.replaces.canceled} />
          </Alert>
        )}
        <Facts
          of={[
            ['Status', <Status key="status" code={bill.status} />],
            [
              'Account',
              <To key="account" href={`/accounts/${bill.accountNumber}`}>
                {bill.accountNumber}
              </To>,
            ],
            ['Posted', day(bill.postedOn)],
            ['Due', day(bill.dueOn)],
            ['Total', money(bill.totalCents)],
            ['Approved by', bill.approvedBy?.displayName ?? 'Not asked for'],
            ['Cosigner', bill.cosigner?.displayName ?? 'None'],
            ...(bill.caseId
              ? ([
                  [
                    'Case',
                    <To key="case" href={`/cases/${bill.caseId}`}>
                      See the case
                    </To>,
                  ],
                ] as [string, React.ReactNode][])
              : []),
          ]}
        />
        <BillLines lines={lines} totalCents={bill.totalCents} />
      </Stack>
    </Page>
  );
}

function Other({ correction, number }: { correction: Schema<'BillCorrection'>; number: string }) {
  return (
    <>
      <To href={`/bills/${number}`}>{number}</To>, difference {money(correction.differenceCents)}, approved by{' '}
      {correction.approvedBy.displayName} on {day(correction.correctedOn)}.
    </>
  );
}
