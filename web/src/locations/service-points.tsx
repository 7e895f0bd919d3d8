import type { Schema } from '../api/client';
import { day, decimal, words } from '../kit/format';
import { Rows } from '../kit/rows';
import { Section } from '../kit/section';
import { Status } from '../kit/status';
import { To } from '../kit/to';

type Point = Schema<'ServicePoint'>;

/** The services of a place: their meter with its last read, and who has them. */
export function ServicePoints({ location }: { location: Schema<'LocationDetail'> }) {
  return (
    <Section title="Services">
      <Rows
        of={location.servicePoints}
        keyOf={({ servicePointId }) => servicePointId}
        empty="No service yet. A set-up at this place adds what is asked for."
        minWidth={640}
        columns={[
          ['Service', ({ serviceName }) => serviceName],
          ['Meter', MeterOf],
          [
            'Last read',
            ({ meter }) => meter?.lastRead && `${decimal(meter.lastRead.value)}, ${day(meter.lastRead.readOn)}`,
          ],
          ['Who has it', HolderOf],
          [
            'Status',
            ({ agreements }) =>
              currentOf(agreements).map(({ accountNumber, status }) => (
                <div key={accountNumber}>
                  <Status code={status} />
                </div>
              )),
          ],
        ]}
      />
    </Section>
  );
}

function MeterOf({ metered, meter }: Point) {
  if (meter) return <To href={`/meters/${meter.meterId}`}>{meter.serial}</To>;
  return metered ? 'No meter' : 'Not metered';
}

function HolderOf({ agreements }: Point) {
  const current = currentOf(agreements);
  if (current.length === 0) return 'Nobody';
  return current.map(({ accountNumber, accountRole, customerNumber, customerName, startOn }) => (
    <div key={accountNumber}>
      <To href={`/customers/${customerNumber}`}>{customerName}</To> ({words(accountRole).toLowerCase()}), account{' '}
      <To href={`/accounts/${accountNumber}`}>{accountNumber}</To>, from {day(startOn)}
    </div>
  ));
}

const currentOf = (agreements: Point['agreements']) =>
  agreements.filter(({ holds, status }) => holds || status === 'PENDING_START');
