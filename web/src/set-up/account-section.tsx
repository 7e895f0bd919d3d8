import { NativeSelect } from '@mantine/core';
import { api } from '../api/client';
import { fieldId } from '../kit/problem-summary';
import { useDesk } from './desk';
import { ChoiceField, DateField } from './fields';
import { Copied, Section } from './section';
import classes from './set-up.module.css';
import { useCopied } from './use-copied';

const ROLES = [
  { value: 'TENANT', label: 'Tenant' },
  { value: 'OWNER', label: 'Owner who lives there' },
  { value: 'LANDLORD', label: 'Landlord' },
];
const YES_NO = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
];

/** The account that the customer gets: from when, as what, on which cycle, with which exemptions. */
export function AccountSection() {
  const { content, set } = useDesk();
  const cycles = api.useSuspenseQuery('get', '/bill-cycles').data.data;
  const source = useCopied();
  const isCopied = source?.form.billCycle !== null && source?.form.billCycle === content.billCycle;
  return (
    <Section title="Account">
      <div className={classes.fields}>
        <DateField at="#/startDate" label="Service starts on" />
        <ChoiceField at="#/role" label="Lives there as" of={ROLES} />
        <div>
          <ChoiceField
            at="#/billCycle"
            label="Bill cycle"
            none="The usual one"
            of={cycles.map(({ code, name }) => ({ value: code, label: name }))}
          />
          <Copied mark={isCopied ? 'COPIED' : null} />
        </div>
        <Exempt at="#/taxExempt" label="Exempt from tax" value={content.taxExempt} onChange={set} />
        <Exempt at="#/penaltyExempt" label="Exempt from penalties" value={content.penaltyExempt} onChange={set} />
      </div>
    </Section>
  );
}

interface ExemptProps {
  at: string;
  label: string;
  value: boolean | null | undefined;
  onChange: (at: string, value: unknown) => void;
}

function Exempt({ at, label, value, onChange }: ExemptProps) {
  const { problemAt } = useDesk();
  return (
    <NativeSelect
      id={fieldId(at)}
      label={label}
      error={problemAt(at)}
      data={[{ value: '', label: 'By customer type' }, ...YES_NO]}
      value={value === null || value === undefined ? '' : String(value)}
      onChange={({ currentTarget }) => onChange(at, currentTarget.value === '' ? null : currentTarget.value === 'true')}
    />
  );
}
