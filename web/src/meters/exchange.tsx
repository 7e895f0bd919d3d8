import { Fieldset, Group } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { client, sent, type Schema } from '../api/client';
import { ActForm, check } from '../kit/act-form';
import { useToday } from '../kit/clock';
import { DateInput } from '../kit/date-input';
import { Field } from '../kit/field';
import { civilDateOf, day, decimal, usDate } from '../kit/format';
import { faultAt, fieldId } from '../kit/problem-summary';
import { MeterFields, meterBody, meterFaults } from './meter-fields';

const READ = /^\d+(\.\d+)?$/;

/** Takes a meter away and puts another in its place, each with its read of that day. */
export function Exchange({ meter, onDone }: { meter: Schema<'MeterDetail'>; onDone: () => void }) {
  const navigate = useNavigate();
  const [on, setOn] = useState(usDate(useToday()));
  const [removalRead, setRemovalRead] = useState('');
  const [installRead, setInstallRead] = useState('0');
  const [reason, setReason] = useState('');
  const [newMeter, setNewMeter] = useState({
    serial: '',
    dials: String(meter.dials),
    multiplier: decimal(meter.multiplier),
    unit: meter.unit,
  });
  return (
    <ActForm
      submit={newMeter.serial.trim() ? `Exchange ${meter.serial} for ${newMeter.serial.trim()}` : 'Exchange the meter'}
      done="The exchange is on record"
      onDone={() => {
        onDone();
        if (meter.locationNumber)
          void navigate({ to: '/locations/$locationNumber', params: { locationNumber: meter.locationNumber } });
      }}
      act={() => {
        const exchangedOn = civilDateOf(on) ?? '';
        check({
          '#/exchangedOn': !exchangedOn && 'Give the day of the exchange',
          '#/removalRead': !READ.test(removalRead.trim()) && `Give what ${meter.serial} showed when it was taken away`,
          '#/installRead': !READ.test(installRead.trim()) && 'Give what the new meter showed when it was put in',
          ...meterFaults('#/newMeter', newMeter),
          '#/reason': !reason.trim() && 'Say why it was exchanged',
        });
        const body = {
          newMeter: meterBody(newMeter),
          exchangedOn,
          removalRead: removalRead.trim(),
          installRead: installRead.trim(),
          reason: reason.trim(),
        };
        const params = { path: { meterId: meter.meterId } };
        return sent(client.POST('/meters/{meterId}/exchange', { params, body }));
      }}
    >
      {(error) => (
        <>
          <Group align="flex-start">
            <DateInput
              id={fieldId('#/exchangedOn')}
              label="Exchanged on"
              value={on}
              onChange={setOn}
              error={faultAt(error, '#/exchangedOn')}
            />
            <Field
              at="#/removalRead"
              error={error}
              label={`Last read of ${meter.serial}`}
              description={
                meter.lastRead
                  ? `Before: ${decimal(meter.lastRead.value)} on ${day(meter.lastRead.readOn)}`
                  : 'Never read before'
              }
              inputMode="decimal"
              value={removalRead}
              onChange={setRemovalRead}
            />
          </Group>
          <Fieldset legend="New meter">
            <MeterFields at="#/newMeter" error={error} value={newMeter} onChange={setNewMeter} />
            <Field
              at="#/installRead"
              error={error}
              label="First read"
              maw={180}
              mt="xs"
              inputMode="decimal"
              value={installRead}
              onChange={setInstallRead}
            />
          </Fieldset>
          <Field at="#/reason" error={error} label="Why" value={reason} onChange={setReason} />
        </>
      )}
    </ActForm>
  );
}
