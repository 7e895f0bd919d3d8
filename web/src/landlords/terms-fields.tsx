import { Fieldset, Group, Select, Stack } from '@mantine/core';
import { api } from '../api/client';
import { Field } from '../kit/field';
import { words } from '../kit/format';
import { faultAt, fieldId } from '../kit/problem-summary';
import { DECISIONS, type TypedLine, type TypedTerms } from './terms';

interface TermsFieldsProps {
  at: string;
  error: unknown;
  value: TypedTerms;
  onChange: (value: TypedTerms) => void;
}

const NOTICES = [
  { value: 'MAIL', label: 'Mail' },
  { value: 'EMAIL', label: 'E-mail' },
  { value: 'BOTH', label: 'Mail and e-mail' },
];

/** The terms of a landlord agreement: for each service what happens when the tenant leaves, at which rate and fee. */
export function TermsFields({ at, error, value, onChange }: TermsFieldsProps) {
  const { data: services } = api.useQuery('get', '/services');
  const set = (i: number, part: Partial<TypedLine>) =>
    onChange({ ...value, lines: value.lines.map((line, j) => (i === j ? { ...line, ...part } : line)) });
  return (
    <Stack gap="sm">
      {value.lines.map((line, i) => {
        const of = (part: string) => `${at}/lines/${i}/${part}`;
        const rates = services?.data.find(({ code }) => code === line.serviceCode)?.rates ?? [];
        return (
          <Fieldset key={line.serviceCode} legend={words(line.serviceCode)}>
            <Group align="flex-start" gap="sm">
              <Select
                label="When the tenant leaves"
                allowDeselect={false}
                w={250}
                data={Object.entries(DECISIONS).map(([code, label]) => ({ value: code, label }))}
                value={line.decision}
                onChange={(decision) => set(i, { decision: (decision ?? 'ASK') as TypedLine['decision'] })}
              />
              <Select
                id={fieldId(of('rateCode'))}
                label="Rate"
                allowDeselect={false}
                w={220}
                error={faultAt(error, of('rateCode'))}
                data={rates.map(({ code, name }) => ({ value: code, label: name }))}
                value={line.rateCode || null}
                onChange={(rateCode) => set(i, { rateCode: rateCode ?? '' })}
              />
              <Field
                at={of('feeCents')}
                error={error}
                label="Fee ($)"
                w={100}
                inputMode="decimal"
                value={line.fee}
                onChange={(fee) => set(i, { fee })}
              />
              <Field
                at={of('seasonStart')}
                error={error}
                label="Only from (optional)"
                placeholder="11/15"
                w={160}
                value={line.seasonStart}
                onChange={(seasonStart) => set(i, { seasonStart })}
              />
              <Field
                at={of('seasonEnd')}
                error={error}
                label="Through (optional)"
                placeholder="04/15"
                w={160}
                value={line.seasonEnd}
                onChange={(seasonEnd) => set(i, { seasonEnd })}
              />
            </Group>
          </Fieldset>
        );
      })}
      <Group align="flex-start">
        <Field
          at={`${at}/feeCents`}
          error={error}
          label="Fee of the agreement ($)"
          w={190}
          inputMode="decimal"
          value={value.fee}
          onChange={(fee) => onChange({ ...value, fee })}
        />
        <Select
          label="Notices by"
          allowDeselect={false}
          w={180}
          data={NOTICES}
          value={value.noticeBy}
          onChange={(noticeBy) => onChange({ ...value, noticeBy: (noticeBy ?? 'MAIL') as TypedTerms['noticeBy'] })}
        />
      </Group>
    </Stack>
  );
}
