import { Stack } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { api, type Schema } from '../api/client';
import { Facts } from '../kit/facts';
import { day, money, words } from '../kit/format';
import { Loading } from '../kit/loading';
import { More } from '../kit/more';
import { Page } from '../kit/page';
import { Rows } from '../kit/rows';
import { Section } from '../kit/section';
import { Status } from '../kit/status';
import { To } from '../kit/to';
import { useHolds } from '../session/session';
import { ChangeTerms } from './change-terms';
import { TermsShown } from './terms-shown';
import { Opens } from '../kit/act-form';

const here = getRouteApi('/landlords/$customerNumber');

/** One landlord: their places with terms and tenants, accounts with balances, places that wait for them. */
export function LandlordPage() {
  const { customerNumber } = here.useParams();
  const holds = useHolds();
  const params = { path: { customerNumber }, query: { limit: 50 } };
  const list = api.useInfiniteQuery(
    'get',
    '/landlords/{customerNumber}',
    { params },
    {
      pageParamName: 'cursor',
      initialPageParam: null,
      throwOnError: true,
      getNextPageParam: ({ locations }) => locations.nextCursor ?? undefined,
    },
  );
  const landlord = list.data?.pages[0];
  if (!landlord) return <Loading />;
  const places = list.data?.pages.flatMap(({ locations }) => locations.data) ?? [];
  return (
    <Page
      title={landlord.displayName}
      lead="Landlord"
      actions={
        holds('clerk') &&
        places.length > 0 && (
          <Opens label="Change the terms" title="Change the terms from a day on" variant="filled">
            {(close) => <ChangeTerms customerNumber={customerNumber} places={places} onDone={close} />}
          </Opens>
        )
      }
    >
      <Stack gap="xl">
        <Facts
          of={[
            [
              'Customer',
              <To key="customer" href={`/customers/${customerNumber}`}>
                {customerNumber}
              </To>,
            ],
            ['Balance of all landlord accounts', money(landlord.balanceCents)],
          ]}
        />
        {landlord.vacancies.length > 0 && (
          <Section title="Places that wait for a decision">
            <Rows
              of={landlord.vacancies}
              keyOf={({ caseId }) => caseId}
              empty=""
              columns={[
                ['Place', ({ caseId, address }) => <To href={`/cases/${caseId}`}>{address}</To>],
                ['Stands at', ({ step }) => <Status code={step} />],
                ['Tenant stops', ({ stopOn }) => day(stopOn)],
              ]}
            />
          </Section>
        )}
        <Section title="Places">
          <Rows
            of={places}
            keyOf={({ locationNumber }) => locationNumber}
            empty="No agreement holds now."
            minWidth={640}
            columns={[
              ['Place', ({ locationNumber, address }) => <To href={`/locations/${locationNumber}`}>{address}</To>],
              ['Who is there', Occupants],
              ['When the tenant leaves', ({ lines }) => <TermsShown lines={lines} />],
              ['From', ({ startOn }) => day(startOn)],
            ]}
          />
          <More list={list} />
        </Section>
        <Section title="Landlord accounts">
          <Rows
            of={landlord.accounts}
            keyOf={({ accountNumber }) => accountNumber}
            empty="No place came back to the landlord yet."
            columns={[
              ['Account', ({ accountNumber }) => <To href={`/accounts/${accountNumber}`}>{accountNumber}</To>],
              ['Place', ({ address }) => address],
              ['Status', ({ status }) => <Status code={status} />],
              ['Balance', ({ balanceCents }) => money(balanceCents), 'right'],
            ]}
          />
        </Section>
      </Stack>
    </Page>
  );
}

function Occupants({ occupants }: Schema<'LandlordLocation'>) {
  if (occupants.length === 0) return 'Nobody';
  return occupants.map(({ accountNumber, customerNumber, customerName, role }) => (
    <div key={accountNumber}>
      <To href={`/customers/${customerNumber}`}>{customerName}</To> ({words(role).toLowerCase()})
    </div>
  ));
}
