import { Button, SimpleGrid, Stack, Table, Title } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Suspense } from 'react';
import { api, type Schema } from '../api/client';
import { PastUse } from '../bills/past-use';
import { CASE_TYPES } from '../cases/case-words';
import { Facts } from '../kit/facts';
import { day, money, words } from '../kit/format';
import { Loading } from '../kit/loading';
import { Page } from '../kit/page';
import { Status } from '../kit/status';
import { To } from '../kit/to';
import { useHolds } from '../session/session';
import { Ledger } from './ledger';
import { TakePayment } from './take-payment';

const here = getRouteApi('/accounts/$accountNumber');
type Account = Schema<'AccountDetail'>;

/** One customer at one place for one period: services, deposits, bills, money and past use. */
export function AccountPage() {
  const { accountNumber } = here.useParams();
  const holds = useHolds();
  const params = { path: { accountNumber } };
  const { data: account } = api.useSuspenseQuery('get', '/accounts/{accountNumber}', { params });
  const { customer, location } = account;
  return (
    <Page
      title={`Account ${accountNumber}: ${customer.displayName}`}
      lead={location.address}
      actions={
        <>
          {holds('clerk') && <TakePayment account={account} />}
          {account.status === 'ACTIVE' && (
            <Button
              variant="default"
              renderRoot={(props) => <Link to="/move-out" search={{ account: accountNumber }} {...props} />}
            >
              Move out
            </Button>
          )}
          <Button variant="default" onClick={() => window.print()}>
            Print
          </Button>
        </>
      }
    >
      <Stack gap="xl">
        <Facts of={factsOf(account)} />
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl">
          <Services account={account} />
          <Deposits account={account} />
        </SimpleGrid>
        <Bills account={account} />
        <Suspense fallback={<Loading lines={3} />}>
          <Ledger accountNumber={accountNumber} />
          <PastUse accountNumber={accountNumber} />
        </Suspense>
      </Stack>
    </Page>
  );
}

function factsOf(account: Account): [string, React.ReactNode][] {
  const { customer, location, cosigner, openCases } = account;
  return [
    ['Status', <Status key="status" code={account.status} />],
    ['Balance', money(account.balanceCents)],
    ['Deposits held', money(account.depositsHeldCents)],
    [
      'Customer',
      <To key="customer" href={`/customers/${customer.customerNumber}`}>
        {customer.customerNumber}
      </To>,
    ],
    [
      'Location',
      <To key="location" href={`/locations/${location.locationNumber}`}>
        {location.locationNumber}
      </To>,
    ],
    ['Role', words(account.role)],
    ['From', day(account.startOn)],
    ['Stops', account.stopOn ? day(account.stopOn) : 'Not planned'],
    [
      'Cosigner',
      cosigner ? (
        <To key="cosigner" href={`/customers/${cosigner.customerNumber}`}>
          {cosigner.displayName}
        </To>
      ) : (
        'None'
      ),
    ],
    ['Bill cycle', account.billCycle],
    [
      'Open cases',
      openCases.length === 0
        ? 'None'
        : openCases.map(({ caseId, type, step }) => (
            <div key={caseId}>
              <To href={`/cases/${caseId}`}>
                {CASE_TYPES[type]} ({words(step).toLowerCase()})
              </To>
            </div>
          )),
    ],
  ];
}

function Services({ account }: { account: Account }) {
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        Services
      </Title>
      <Table.ScrollContainer minWidth={420}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Service</Table.Th>
              <Table.Th>Rate</Table.Th>
              <Table.Th>Status</Table.Th>
              <Table.Th>From, to</Table.Th>
              <Table.Th>Billed through</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {account.agreements.map((agreement) => (
              <Table.Tr key={agreement.agreementId}>
                <Table.Td>{words(agreement.serviceCode)}</Table.Td>
                <Table.Td>{agreement.rateCode}</Table.Td>
                <Table.Td>
                  <Status code={agreement.status} />
                </Table.Td>
                <Table.Td>
                  {day(agreement.startOn)}
                  {agreement.endOn && ` to ${day(agreement.endOn)}`}
                </Table.Td>
                <Table.Td>{day(agreement.lastBilledThrough)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}

function Deposits({ account }: { account: Account }) {
  const { deposits, askedDeposits } = account;
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        Deposits
      </Title>
      {deposits.length + askedDeposits.length === 0 ? (
        'None asked, none held.'
      ) : (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Service</Table.Th>
              <Table.Th>What</Table.Th>
              <Table.Th ta="right">Amount</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {askedDeposits.map((asked) => (
              <Table.Tr key={`asked ${asked.serviceCode}`}>
                <Table.Td>{words(asked.serviceCode)}</Table.Td>
                <Table.Td>
                  Asked, {words(asked.status).toLowerCase()}
                  {asked.waivedBecause && `: ${asked.waivedBecause}`}
                </Table.Td>
                <Table.Td ta="right">{money(asked.amountCents)}</Table.Td>
              </Table.Tr>
            ))}
            {deposits.map((held) => (
              <Table.Tr key={held.depositId}>
                <Table.Td>{words(held.serviceCode)}</Table.Td>
                <Table.Td>
                  Held {money(held.heldCents)}, paid {day(held.paidOn)}
                </Table.Td>
                <Table.Td ta="right">{money(held.amountCents)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}

function Bills({ account: { bills } }: { account: Account }) {
  if (bills.length === 0) return null;
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        Bills
      </Title>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Bill</Table.Th>
            <Table.Th>Kind</Table.Th>
            <Table.Th>Status</Table.Th>
            <Table.Th>Posted</Table.Th>
            <Table.Th>Due</Table.Th>
            <Table.Th ta="right">Amount</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {bills.map((bill) => (
            <Table.Tr key={bill.billNumber}>
              <Table.Td>
                <To href={`/bills/${bill.billNumber}`}>{bill.billNumber}</To>
              </Table.Td>
              <Table.Td>{words(bill.kind)}</Table.Td>
              <Table.Td>
                <Status code={bill.status} />
              </Table.Td>
              <Table.Td>{day(bill.postedOn)}</Table.Td>
              <Table.Td>{day(bill.dueOn)}</Table.Td>
              <Table.Td ta="right">{money(bill.totalCents)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
