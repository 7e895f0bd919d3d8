import { Alert, Button, Group, Text } from '@mantine/core';
import { money } from '../kit/format';
import { fieldId } from '../kit/problem-summary';
import type { DepositLine } from './content';
import type { Draft } from './draft-desk';
import { useDesk } from './desk';
import { MoneyField, TextField } from './fields';
import { Section } from './section';
import classes from './set-up.module.css';
import { useNameOf } from './use-services';

type Proposal = NonNullable<Draft['computed']>['deposits'][number];

const WHYS: Record<Proposal['why'], string> = {
  ...{ NOT_ASKED: 'none is asked for this service', NOT_A_TENANT: 'only tenants are asked' },
  ...{ FIXED: 'the fixed amount', AVERAGE_BILL: 'from the average bill at this place' },
  ...{ NO_HISTORY: 'the usual amount: nothing was billed at this place', CUSTOMER_TYPE: 'as the customer type says' },
  GOOD_CREDIT: 'waived for good credit',
};

/** The deposits: what is proposed for each service, what is asked for, or why it is not (row S9). */
export function DepositsTab() {
  const { content, computed } = useDesk();
  const proposals = computed?.deposits ?? [];
  const codes = [...new Set([...content.services, ...content.deposits].map(({ serviceCode }) => serviceCode))];
  return (
    <Section title="Deposits">
      <AskAsProposed proposals={proposals.filter(({ serviceCode }) => codes.includes(serviceCode))} />
      {codes.length === 0 && <Text size="sm">Tick a billing service first: deposits are asked for services.</Text>}
      {codes.map((serviceCode) => (
        <OneService
          key={serviceCode}
          serviceCode={serviceCode}
          proposal={proposals.find((each) => each.serviceCode === serviceCode)}
          lines={content.deposits}
        />
      ))}
    </Section>
  );
}

/** All that is proposed, in one press, where the form asks for something else. */
function AskAsProposed({ proposals }: { proposals: Proposal[] }) {
  const { content, set } = useDesk();
  const lines: DepositLine[] = proposals
    .filter(({ amountCents }) => amountCents > 0)
    .map(({ serviceCode, amountCents }) => ({ serviceCode, amountCents, waivedBecause: null }));
  const stands = (line: DepositLine) =>
    content.deposits.some(
      ({ serviceCode, amountCents, waivedBecause }) =>
        serviceCode === line.serviceCode && amountCents === line.amountCents && waivedBecause === null,
    );
  if (lines.every(stands)) return null;
  const sum = lines.reduce((cents, { amountCents }) => cents + Number(amountCents), 0);
  return (
    <div>
      <Button variant="default" onClick={() => set('#/deposits', lines)}>
        Ask for what is proposed, {money(sum)} in all
      </Button>
    </div>
  );
}

function proposedAs({ amountCents, why, averageBillCents }: Proposal): string {
  if (amountCents === 0) return `None is proposed: ${why === 'FIXED' ? WHYS.NOT_ASKED : WHYS[why]}`;
  return `Proposed: ${money(amountCents)}, ${WHYS[why]}${averageBillCents ? ` of ${money(averageBillCents)}` : ''}`;
}

interface OneServiceProps {
  serviceCode: string;
  proposal: Proposal | undefined;
  lines: DepositLine[];
}

function OneService({ serviceCode, proposal, lines }: OneServiceProps) {
  const { set } = useDesk();
  const nameOf = useNameOf();
  const name = nameOf({ serviceCode, position: 1 });
  const index = lines.findIndex((line) => line.serviceCode === serviceCode);
  const cents = proposal?.amountCents ?? 0;
  const add = (line: Omit<DepositLine, 'serviceCode'>) => set('#/deposits', [...lines, { serviceCode, ...line }]);
  return (
    <div className={classes.line} role="group" aria-label={`Deposit for ${name}`}>
      <Group justify="space-between" align="flex-start" mb={6}>
        <div>
          <Text fw={600}>{name}</Text>
          <Text size="sm" c="dimmed">
            {proposal ? proposedAs(proposal) : 'Nothing is proposed'}.
          </Text>
        </div>
        {index < 0 && (
          <Button size="compact-sm" variant="default" onClick={() => add({ amountCents: cents, waivedBecause: null })}>
            {cents > 0 ? `Ask for ${money(cents)}` : `Ask for a deposit for ${name}`}
          </Button>
        )}
      </Group>
      {index < 0 ? (
        <Text size="sm">None is asked for.</Text>
      ) : (
        <Asked line={lines[index] as DepositLine} index={index} proposed={cents} name={name} />
      )}
    </div>
  );
}

function Asked({ line, index, proposed, name }: { line: DepositLine; index: number; proposed: number; name: string }) {
  const { content, set, problemAt } = useDesk();
  const at = `#/deposits/${index}`;
  const error = problemAt(at) ?? problemAt(`${at}/serviceCode`);
  return (
    <div id={fieldId(at)} tabIndex={-1}>
      {error && <Alert color="red">{error}</Alert>}
      <Group align="flex-end" gap="xs">
        <MoneyField at={`${at}/amountCents`} label={`Deposit for ${name}`} w={150} />
        {line.waivedBecause !== null && (
          <div style={{ flex: '1 1 200px' }}>
            <TextField at={`${at}/waivedBecause`} label="Waived because" />
          </div>
        )}
        {line.amountCents !== proposed && proposed > 0 && line.waivedBecause === null && (
          <Button variant="default" onClick={() => set(`${at}/amountCents`, proposed)}>
            Use {money(proposed)}
          </Button>
        )}
        <Button variant="default" onClick={() => set(`${at}/waivedBecause`, line.waivedBecause === null ? '' : null)}>
          {line.waivedBecause === null ? 'Waive it' : 'Ask for it after all'}
        </Button>
        <Button
          variant="subtle"
          aria-label={`Remove the deposit for ${name}`}
          onClick={() =>
            set(
              '#/deposits',
              content.deposits.filter((_, i) => i !== index),
            )
          }
        >
          Remove
        </Button>
      </Group>
    </div>
  );
}
