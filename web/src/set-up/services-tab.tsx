import { Alert, Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { fieldId } from '../kit/problem-summary';
import { withoutService, type OrderLine, type ServiceLine } from './content';
import { useDesk } from './desk';
import { ChoiceField, DateField, TextField } from './fields';
import { LandlordTerms } from './landlord-terms';
import { saidOf } from './problems';
import { Copied, Section } from './section';
import classes from './set-up.module.css';
import { markOf, useCopied } from './use-copied';
import { useNameOf, useOffered, useServiceList, type Offered } from './use-services';

const FREQUENCIES = [
  { value: 'MONTHLY', label: 'Monthly' },
  { value: 'BIMONTHLY', label: 'Every two months' },
  { value: 'QUARTERLY', label: 'Quarterly' },
];

/** The services that are billed: tick to add, untick to remove, and on what terms (row S8). */
export function ServicesTab() {
  const { content, problemAt } = useDesk();
  const offered = useOffered();
  const none = problemAt('#/services');
  return (
    <Stack>
      <Section title="Billing services">
        <div id={fieldId('#/services')} tabIndex={-1}>
          {none && <Alert color="red">{none}</Alert>}
          {content.services.map((line, i) => (
            <ServiceRow key={`${line.serviceCode} ${line.position}`} line={line} i={i} />
          ))}
          {offered.map((each) => (
            <OfferedRow key={`${each.line.serviceCode} ${each.line.position}`} offered={each} />
          ))}
        </div>
        <UseDefaults />
      </Section>
      {content.role === 'LANDLORD' && <LandlordTerms />}
    </Stack>
  );
}

function ServiceRow({ line, i }: { line: ServiceLine; i: number }) {
  const { change, problems } = useDesk();
  const services = useServiceList();
  const nameOf = useNameOf();
  const source = useCopied();
  const at = `#/services/${i}`;
  const name = nameOf(line);
  const rates = services.find(({ code }) => code === line.serviceCode)?.rates ?? [];
  const said = problems.filter((each) => each.told && each.pointer === at);
  return (
    <div className={classes.line} id={fieldId(at)} tabIndex={-1} role="group" aria-label={name}>
      <Group justify="space-between" mb={6}>
        <Checkbox label={name} fw={600} checked onChange={() => change((form) => withoutService(form, line))} />
        <Copied mark={markOf(line, source)} />
      </Group>
      <div className={classes.terms}>
        <ChoiceField
          at={`${at}/rateCode`}
          label="Billing rate"
          of={rates.map(({ code, name: label }) => ({ value: code, label }))}
        />
        <ChoiceField at={`${at}/frequency`} label="Frequency" of={FREQUENCIES} />
        <TextField at={`${at}/quantity`} label="Quantity" />
        <TextField at={`${at}/units`} label="Units or shares" />
        <DateField at={`${at}/connectDate`} label="Connect date" placeholder="The start" nullable />
      </div>
      <Figures line={line} />
      {said.map((each) => (
        <Group key={each.code} gap="xs" mt={6}>
          <Text size="sm" c={each.severity === 'ERROR' ? 'red.9' : undefined}>
            {saidOf(each)}.
          </Text>
          <Remedy code={each.code} line={line} />
        </Group>
      ))}
    </div>
  );
}

/** What the rate looks up of the place beside its units. */
function Figures({ line: { priceTerms } }: { line: ServiceLine }) {
  const { attributes = {}, measures = {}, averageUsage, months } = priceTerms ?? {};
  const parts = [
    ...Object.entries({ ...attributes, ...measures }).map(
      ([key, value]) => `${key.replaceAll(/([A-Z])/g, ' $1').toLowerCase()} ${value}`,
    ),
    ...(averageUsage ? [`average use ${averageUsage}`] : []),
    ...(months ? [`months ${months}`] : []),
  ];
  if (parts.length === 0) return null;
  return (
    <Text size="sm" c="dimmed" mt={4}>
      The rate also looks at: {parts.join(', ')}.
    </Text>
  );
}

const ORDER_FOR: Record<string, { type: string; label: string }> = {
  READ_OLD: { type: 'READ_IN', label: 'Add a read-in order' },
  SUPPLY_OFF: { type: 'TURN_ON', label: 'Add a turn-on order' },
};

/** The order that mends what is said of a service, in one press. */
function Remedy({ code, line }: { code: string; line: ServiceLine }) {
  const { change } = useDesk();
  const remedy = ORDER_FOR[code];
  if (!remedy) return null;
  const { serviceCode, position } = line;
  const order: OrderLine = { serviceCode, position, type: remedy.type, dueOn: null, notes: null, gating: true };
  return (
    <Button
      size="compact-sm"
      variant="default"
      onClick={() => change((form) => ({ ...form, serviceOrders: [...form.serviceOrders, order] }))}
    >
      {remedy.label}
    </Button>
  );
}

function OfferedRow({ offered: { line, why } }: { offered: Offered }) {
  const { change } = useDesk();
  const nameOf = useNameOf();
  return (
    <div className={classes.line}>
      <Checkbox
        label={nameOf(line)}
        description={why}
        checked={false}
        onChange={() => change((form) => ({ ...form, services: [...form.services, line] }))}
      />
    </div>
  );
}

/** What a new service address of the class gets, where the form has something else (row S7). */
function UseDefaults() {
  const { content, computed, change } = useDesk();
  const nameOf = useNameOf();
  const defaults = computed?.defaultServices ?? [];
  if ('existing' in content.location || defaults.length === 0) return null;
  const has = (code: string, rate: string) =>
    content.services.some(({ serviceCode, rateCode }) => serviceCode === code && rateCode === rate);
  const isSame =
    content.services.length === defaults.length &&
    defaults.every(({ serviceCode, rateCode }) => has(serviceCode, rateCode));
  if (isSame) return null;
  const lines = defaults.map((each) => ({
    ...{ ...each, position: 1, quantity: '1', units: '1', frequency: 'MONTHLY', connectDate: null },
  }));
  return (
    <Group gap="xs">
      <Text size="sm">
        A new service address gets {defaults.map(({ serviceCode }) => nameOf({ serviceCode, position: 1 })).join(', ')}.
      </Text>
      <Button size="compact-sm" variant="default" onClick={() => change((form) => ({ ...form, services: lines }))}>
        Use the default services
      </Button>
    </Group>
  );
}
