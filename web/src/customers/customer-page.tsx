import { Button, Stack } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { api, type Schema } from '../api/client';
import { Facts } from '../kit/facts';
import { day, money, words } from '../kit/format';
import { linkTo } from '../kit/link-to';
import { mailLine, monthDayInWords } from '../kit/mail';
import { Page } from '../kit/page';
import { Rows } from '../kit/rows';
import { Section } from '../kit/section';
import { Status } from '../kit/status';
import { To } from '../kit/to';
import { useHolds } from '../session/session';

const here = getRouteApi('/customers/$customerNumber');
type Customer = Schema<'CustomerDetail'>;

/** One customer: names, how to reach them, accounts, for whom they cosign, and what they owe from before. */
export function CustomerPage() {
  const { customerNumber } = here.useParams();
  const holds = useHolds();
  const params = { path: { customerNumber } };
  const { data: customer } = api.useSuspenseQuery('get', '/customers/{customerNumber}', { params });
  return (
    <Page
      title={customer.displayName}
      lead={`Customer ${customerNumber}`}
      actions={
        <>
          {holds('clerk') && (
            <Button renderRoot={(props) => <Link {...linkTo(`/customers/${customerNumber}/modify`)} {...props} />}>
              Modify
            </Button>
          )}
          <Button variant="default" onClick={() => window.print()}>
            Print
          </Button>
        </>
      }
    >
      <Stack gap="xl">
        <Facts of={factsOf(customer)} />
        <Accounts customer={customer} />
        <OldDebts customerNumber={customerNumber} />
      </Stack>
    </Page>
  );
}

function factsOf(customer: Customer): [string, React.ReactNode][] {
  const { second, alternateAddress: alternate, masterContact, cosigns } = customer;
  const secondName = second && [second.prefix, second.first, second.middle, second.last, second.suffix].filter(Boolean);
  return [
    ['On the envelope', customer.nameLine],
    ['Second person', secondName?.join(' ')],
    ['Type', customer.typeCode && <TypeName code={customer.typeCode} />],
    ['Telephones', linesOf(customer.phones)],
    ['E-mails', linesOf(customer.emails)],
    ['Mailing address', mailLine(customer.mailingAddress)],
    [
      'Alternate address',
      alternate &&
        `${mailLine(alternate)}, from ${monthDayInWords(alternate.seasonStart)} to ${monthDayInWords(alternate.seasonEnd)}`,
    ],
    ['Mail today goes to', mailLine(customer.mailsTo)],
    [
      'Master contact',
      masterContact ? (
        <To href={`/master-contacts/${masterContact.masterContactId}`}>{masterContact.displayName}</To>
      ) : (
        'None'
      ),
    ],
    [
      'Cosigns for',
      cosigns.length === 0
        ? 'Nobody'
        : cosigns.map(({ accountNumber }) => (
            <div key={accountNumber}>
              <To href={`/accounts/${accountNumber}`}>{accountNumber}</To>
            </div>
          )),
    ],
  ];
}

const linesOf = (contacts: { value: string; purpose: string | null }[]) =>
  contacts.length === 0
    ? null
    : contacts.map(({ value, purpose }) => (
        <div key={value}>
          {value}
          {purpose && ` (${purpose.toLowerCase()})`}
        </div>
      ));

function TypeName({ code }: { code: string }) {
  const { data } = api.useQuery('get', '/customer-types');
  return data?.data.find((type) => type.code === code)?.name ?? words(code);
}

function Accounts({ customer: { accounts } }: { customer: Customer }) {
  return (
    <Section title="Accounts">
      <Rows
        of={accounts}
        keyOf={({ accountNumber }) => accountNumber}
        empty="No account. Setup new customer makes one at a place."
        minWidth={600}
        columns={[
          ['Account', ({ accountNumber }) => <To href={`/accounts/${accountNumber}`}>{accountNumber}</To>],
          ['Place', ({ locationNumber, address }) => <To href={`/locations/${locationNumber}`}>{address}</To>],
          ['As', ({ role }) => words(role)],
          ['Status', ({ status }) => <Status code={status} />],
          ['From, to', ({ startOn, stopOn }) => `${day(startOn)}${stopOn ? ` to ${day(stopOn)}` : ''}`],
        ]}
      />
    </Section>
  );
}

function OldDebts({ customerNumber }: { customerNumber: string }) {
  const params = { path: { customerNumber } };
  const { data } = api.useSuspenseQuery('get', '/customers/{customerNumber}/old-debts', { params });
  return (
    <Section title="Owed from before">
      <Rows
        of={data.data}
        keyOf={({ accountNumber, relation }) => `${accountNumber} ${relation}`}
        empty="Nothing is owed on accounts that have ended."
        columns={[
          ['Account', ({ accountNumber }) => <To href={`/accounts/${accountNumber}`}>{accountNumber}</To>],
          ['Through', ({ relation }) => words(relation)],
          ['What a set-up does', ({ policy }) => POLICY[policy]],
          ['Owed', ({ owedCents }) => money(owedCents), 'right'],
        ]}
      />
    </Section>
  );
}

const POLICY = {
  IGNORE: 'Goes on',
  WARN: 'Warns',
  APPROVE: 'Needs a supervisor’s approval',
  BLOCK: 'Is refused until it is paid',
};
