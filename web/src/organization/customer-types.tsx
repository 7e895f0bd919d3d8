import { api, type Schema } from '../api/client';
import { Opens } from '../kit/act-form';
import { Rows } from '../kit/rows';
import { Section } from '../kit/section';
import { TypeForm } from './type-form';

type CustomerType = Schema<'CustomerType'>;

/** The kinds of customers, and what each brings to a set-up. */
export function CustomerTypes() {
  const { data } = api.useSuspenseQuery('get', '/customer-types');
  return (
    <Section
      title="Customer types"
      actions={<Opens label="Add a customer type">{(close) => <TypeForm onDone={close} />}</Opens>}
    >
      <Rows
        of={data.data}
        keyOf={({ code }) => code}
        empty="No type yet. Add the first."
        minWidth={640}
        columns={[
          ['Type', ({ name, code }) => `${name} (${code})`],
          ['Rate class', ({ rateClass }) => rateClass ?? 'Of the place'],
          ['Bill cycle', ({ billCycle }) => billCycle ?? 'Of the office'],
          ['Deposit', ({ depositPercent }) => `${depositPercent} %`, 'right'],
          ['Exempt from', exemptions],
          ['In use', ({ inUse }) => (inUse ? 'Yes' : 'No')],
          [
            '',
            (type) => (
              <Opens label="Change" title={`Change ${type.name}`} size="compact-sm" aria-label={`Change ${type.name}`}>
                {(close) => <TypeForm code={type.code} onDone={close} />}
              </Opens>
            ),
          ],
        ]}
      />
    </Section>
  );
}

const exemptions = ({ penaltyExempt, taxExempt }: CustomerType): string =>
  [penaltyExempt && 'penalties', taxExempt && 'taxes'].filter(Boolean).join(', ') || 'Nothing';
