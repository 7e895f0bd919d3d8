import { useState } from 'react';
import { client, sent } from '../api/client';
import { ActForm, check } from '../kit/act-form';
import { MeterFields, meterBody, meterFaults } from './meter-fields';

/** Puts a new meter into the stock. */
export function NewMeter({ onDone }: { onDone: () => void }) {
  const [meter, setMeter] = useState({ serial: '', dials: '', multiplier: '1', unit: '' });
  return (
    <ActForm
      submit="Add the meter to the stock"
      done="The meter is in stock"
      onDone={onDone}
      act={() => {
        check(meterFaults('#', meter));
        return sent(client.POST('/meters', { body: meterBody(meter) }));
      }}
    >
      {(error) => <MeterFields at="#" error={error} value={meter} onChange={setMeter} />}
    </ActForm>
  );
}
