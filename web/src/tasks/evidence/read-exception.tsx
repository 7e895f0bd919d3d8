import { Alert } from '@mantine/core';
import type { Schema } from '../../api/client';
import { Facts } from '../../kit/facts';
import { day, words } from '../../kit/format';
import { PastUse } from '../../bills/past-use';

interface Subject {
  code: string;
  message: string;
  orderNumber: string;
  meterSerial: string;
  previousValue: string | null;
  read: { value: string; readOn: string; source: string };
}

const SAYS: Record<string, string> = {
  READ_BELOW_LAST: 'The register shows less than at the last read: a mistake in reading, or it has passed its end.',
  HIGH_USAGE: 'The read means far more use than this place usually has.',
  USAGE_UNUSUAL: 'What the customer read is far from their usual use.',
};

/** A final read that is not plausible, beside what the meter showed before and past use. */
export function ReadEvidence({ task }: { task: Schema<'TaskDetail'> }) {
  const { code, message, meterSerial, previousValue, read, orderNumber } = task.subject as unknown as Subject;
  return (
    <>
      <Alert color="yellow" mb="md">
        {SAYS[code] ?? message}
      </Alert>
      <Facts
        of={[
          ['Read now', `${read.value} on ${day(read.readOn)}`],
          ['Last read', previousValue],
          ['Meter', meterSerial],
          ['Read by', words(read.source)],
          ['Service order', orderNumber],
        ]}
      />
      {task.accountNumber && <PastUse accountNumber={task.accountNumber} />}
    </>
  );
}
