import { Group, Stack, Switch, Text } from '@mantine/core';
import { fieldId } from '../kit/problem-summary';
import type { Content } from './content';
import { useDesk } from './desk';
import { ChoiceField } from './fields';
import { Section } from './section';
import classes from './set-up.module.css';
import { useNameOf, useServiceList } from './use-services';

const AT = '#/landlordAgreement';
const DECISIONS = [
  { value: 'ALWAYS', label: 'Always to the landlord' },
  { value: 'ASK', label: 'Ask each time' },
  { value: 'NEVER', label: 'Never' },
];
const NOTICE = [
  { value: 'MAIL', label: 'Mail' },
  { value: 'EMAIL', label: 'E-mail' },
  { value: 'BOTH', label: 'Mail and e-mail' },
];

/** What a new landlord agrees for the place: which services are theirs when a tenant leaves (row S16). */
export function LandlordTerms() {
  const { content, set } = useDesk();
  const services = useServiceList();
  const nameOf = useNameOf();
  const terms = content.landlordAgreement ?? null;
  return (
    <Section title="Landlord agreement">
      <div id={fieldId(AT)} tabIndex={-1}>
        <Switch
          label="The landlord agrees what becomes of the services between two tenants"
          checked={terms !== null}
          onChange={({ currentTarget }) => set(AT, currentTarget.checked ? termsFor(content) : null)}
        />
      </div>
      {terms && (
        <Stack gap="sm">
          {terms.lines.map((line, i) => (
            <Group key={line.serviceCode} align="flex-end" className={classes.line}>
              <Text w={140} fw={600} pb={8}>
                {nameOf({ serviceCode: line.serviceCode, position: 1 })}
              </Text>
              <ChoiceField at={`${AT}/lines/${i}/decision`} label="When a tenant leaves" of={DECISIONS} w={220} />
              <ChoiceField
                at={`${AT}/lines/${i}/rateCode`}
                label="On the rate"
                of={(services.find(({ code }) => code === line.serviceCode)?.rates ?? []).map(({ code, name }) => ({
                  value: code,
                  label: name,
                }))}
                w={240}
              />
            </Group>
          ))}
          <ChoiceField at={`${AT}/noticeBy`} label="Notices by" of={NOTICE} w={220} />
        </Stack>
      )}
    </Section>
  );
}

function termsFor({ services }: Content): NonNullable<Content['landlordAgreement']> {
  const first = services.filter(
    ({ serviceCode }, i) => services.findIndex((other) => other.serviceCode === serviceCode) === i,
  );
  return {
    lines: first.map(({ serviceCode, rateCode }) => ({ serviceCode, rateCode, decision: 'ALWAYS' })),
    noticeBy: 'MAIL',
  };
}
