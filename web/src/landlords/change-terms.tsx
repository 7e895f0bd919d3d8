import { Checkbox, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { client, sent, type Schema } from '../api/client';
import { ActForm, check } from '../kit/act-form';
import { useToday } from '../kit/clock';
import { DateInput } from '../kit/date-input';
import { useForEditing } from '../kit/editing';
import { civilDateOf, words, usDate } from '../kit/format';
import { faultAt, fieldId } from '../kit/problem-summary';
import { DECISIONS } from './terms';

type Change = Schema<'ChangeLandlordAgreements'>['changes'];
type Decision = Schema<'LandlordAgreement'>['lines'][number]['decision'];
const SAME = 'SAME';

interface ChangeTermsProps {
  customerNumber: string;
  places: Schema<'LandlordLocation'>[];
  onDone: () => void;
}

/** Changes what happens when a tenant leaves, at all places of a landlord or at some, from a day on. */
export function ChangeTerms({ customerNumber, places, onDone }: ChangeTermsProps) {
  const path = { customerNumber };
  const { etag } = useForEditing(customerNumber, () => client.GET('/landlords/{customerNumber}', { params: { path } }));
  const today = useToday();
  const [on, setOn] = useState(usDate(today));
  const [all, setAll] = useState(true);
  const [some, setSome] = useState<string[]>([]);
  const [decisions, setDecisions] = useState<Record<string, string>>({});
  const [noticeBy, setNoticeBy] = useState(SAME);
  const services = [...new Set(places.flatMap(({ lines }) => lines.map(({ serviceCode }) => serviceCode)))];
  const lines = services
    .filter((serviceCode) => (decisions[serviceCode] ?? SAME) !== SAME)
    .map((serviceCode) => ({ serviceCode, decision: decisions[serviceCode] as Decision }));
  return (
    <ActForm
      submit={all ? 'Change the terms of all places' : `Change the terms of ${some.length} places`}
      done="The terms are changed"
      onDone={onDone}
      act={() => {
        const effectiveOn = civilDateOf(on) ?? '';
        check({
          '#/effectiveOn': !effectiveOn && 'Give the day from which the new terms hold',
          '#/locations': !all && some.length === 0 && 'Choose a place, or all of them',
          '#/changes': lines.length === 0 && noticeBy === SAME && 'Change something: a service or the notices',
        });
        const changes = {
          ...(lines.length > 0 && { lines }),
          ...(noticeBy !== SAME && { noticeBy: noticeBy as NonNullable<Change['noticeBy']> }),
        };
        const body = { effectiveOn, changes, ...(!all && { locations: some }) };
        const params = { path, header: { 'If-Match': etag } };
        return sent(client.PATCH('/landlords/{customerNumber}/agreements', { params, body }));
      }}
    >
      {(error) => (
        <>
          <DateInput
            id={fieldId('#/effectiveOn')}
            label="From"
            value={on}
            onChange={setOn}
            error={faultAt(error, '#/effectiveOn')}
          />
          <Checkbox label="At all places" checked={all} onChange={(event) => setAll(event.currentTarget.checked)} />
          {!all && (
            <Checkbox.Group id={fieldId('#/locations')} label="At these places" value={some} onChange={setSome}>
              <Stack gap={4} mah={220} style={{ overflowY: 'auto' }}>
                {places.map(({ locationNumber, address }) => (
                  <Checkbox key={locationNumber} value={locationNumber} label={address} />
                ))}
              </Stack>
            </Checkbox.Group>
          )}
          {services.map((serviceCode, i) => (
            <Select
              key={serviceCode}
              {...(i === 0 && { id: fieldId('#/changes') })}
              label={`${words(serviceCode)}: when the tenant leaves`}
              maw={320}
              allowDeselect={false}
              data={[
                { value: SAME, label: 'As it is at each place' },
                ...Object.entries(DECISIONS).map(([value, label]) => ({ value, label })),
              ]}
              value={decisions[serviceCode] ?? SAME}
              onChange={(value) => setDecisions({ ...decisions, [serviceCode]: value ?? SAME })}
            />
          ))}
          <Select
            label="Notices by"
            maw={320}
            allowDeselect={false}
            data={[
              { value: SAME, label: 'As it is at each place' },
              { value: 'MAIL', label: 'Mail' },
              { value: 'EMAIL', label: 'E-mail' },
              { value: 'BOTH', label: 'Mail and e-mail' },
            ]}
            value={noticeBy}
            onChange={(value) => setNoticeBy(value ?? SAME)}
          />
          <Text size="sm">
            Bills that were issued stay as they are. Places whose terms are the same already stay unchanged.
          </Text>
        </>
      )}
    </ActForm>
  );
}
