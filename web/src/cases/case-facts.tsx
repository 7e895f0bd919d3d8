import { Anchor, List, Stack, Table, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Schema } from '../api/client';
import { Facts } from '../kit/facts';
import { day, moment, money, words } from '../kit/format';
import { Status } from '../kit/status';
import { To } from '../kit/to';

type Case = Schema<'CaseDetail'>;

/** The facts of a case: who and where, and what belongs to its kind. */
export function CaseFacts({ theCase }: { theCase: Case }) {
  const { accountNumber, locationNumber, customerNumber, startedBy, openedAt, closedAt, startedByCase } = theCase;
  const link = (to: string, text: string | null) => text && <To href={`${to}/${text}`}>{text}</To>;
  return (
    <Stack gap="lg">
      <section>
        <Title order={2} size="h4" mb="xs">
          Facts
        </Title>
        <Facts
          of={[
            ['Customer', link('/customers', customerNumber)],
            ['Account', link('/accounts', accountNumber)],
            ['Location', link('/locations', locationNumber)],
            ['Opened', `${moment(openedAt)}${startedBy ? ` by ${startedBy.displayName}` : ''}`],
            ...(closedAt ? ([['Closed', moment(closedAt)]] as [string, string][]) : []),
            ...(startedByCase
              ? ([['Follows from', link('/cases', startedByCase)]] as [string, React.ReactNode][])
              : []),
          ]}
        />
      </section>
      {theCase.moveOut && <MoveOutFacts moveOut={theCase.moveOut} />}
      {theCase.onboarding && <OnboardingFacts onboarding={theCase.onboarding} />}
      {theCase.vacancyLines.length > 0 && <VacancyLines lines={theCase.vacancyLines} />}
    </Stack>
  );
}

function MoveOutFacts({ moveOut }: { moveOut: Schema<'MoveOut'> }) {
  const toCase = (caseId: string | null, text: string) =>
    caseId && (
      <Anchor renderRoot={(props) => <Link to="/cases/$caseId" params={{ caseId }} {...props} />}>{text}</Anchor>
    );
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        Move-out
      </Title>
      <Facts
        of={[
          ['Service stops', day(moveOut.stopOn)],
          ['Moves out', day(moveOut.vacateOn)],
          ['Reason', words(moveOut.stopReason)],
          ['New tenant', words(moveOut.newTenant)],
          ['The place afterwards', toCase(moveOut.vacancyCaseId, 'See the vacancy')],
          [
            'Final bill',
            moveOut.finalBillNumber ? (
              <To href={`/bills/${moveOut.finalBillNumber}`}>
                {moveOut.finalBillNumber}, {money(moveOut.finalBillCents ?? 0)}
              </To>
            ) : (
              'Not posted yet'
            ),
          ],
          ...(moveOut.depositAppliedCents === null
            ? []
            : ([['Deposit applied', money(moveOut.depositAppliedCents)]] as [string, string][])),
          ['Settling the account', toCase(moveOut.settlementCaseId, 'See the settlement') ?? 'Not begun'],
        ]}
      />
    </section>
  );
}

function OnboardingFacts({ onboarding }: { onboarding: Schema<'Onboarding'> }) {
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        Set-up
      </Title>
      <Facts
        of={[
          ['Starts', day(onboarding.startOn)],
          ['Expires', day(onboarding.expiresOn)],
          ['Account', words(onboarding.accountStatus)],
          ...(onboarding.approvalReasons.length > 0
            ? ([['Approval asked because', onboarding.approvalReasons.map(words).join(', ')]] as [string, string][])
            : []),
        ]}
      />
      <List size="sm" mt="xs">
        {onboarding.conditions.map(({ name, text }) => (
          <List.Item key={name}>{text}</List.Item>
        ))}
      </List>
    </section>
  );
}

function VacancyLines({ lines }: { lines: Schema<'VacancyLine'>[] }) {
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        Services of the place
      </Title>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Service</Table.Th>
            <Table.Th>Goes to</Table.Th>
            <Table.Th>State</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map((line) => (
            <Table.Tr key={line.servicePointId}>
              <Table.Td>{words(line.serviceCode)}</Table.Td>
              <Table.Td>
                {words(line.choice)}
                {line.newAccountNumber && `, ${line.newAccountNumber}`}
              </Table.Td>
              <Table.Td>
                <Status code={line.status} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
