import { Stack } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { api } from '../api/client';
import { Opens } from '../kit/act-form';
import { Facts } from '../kit/facts';
import { day, decimal, words } from '../kit/format';
import { Page } from '../kit/page';
import { Rows } from '../kit/rows';
import { Section } from '../kit/section';
import { Status } from '../kit/status';
import { To } from '../kit/to';
import { Exchange } from './exchange';

const here = getRouteApi('/meters/$meterId');

/** One meter: where it is and was, and what was read on it. */
export function MeterPage() {
  const { meterId } = here.useParams();
  const params = { path: { meterId: Number(meterId) } };
  const { data: meter } = api.useSuspenseQuery('get', '/meters/{meterId}', { params });
  return (
    <Page
      title={`Meter ${meter.serial}`}
      lead={meter.serviceCode ? words(meter.serviceCode) : undefined}
      actions={
        meter.status === 'INSTALLED' && (
          <Opens label="Exchange the meter" variant="filled">
            {(close) => <Exchange meter={meter} onDone={close} />}
          </Opens>
        )
      }
    >
      <Stack gap="xl">
        <Facts
          of={[
            ['Status', <Status key="status" code={meter.status} />],
            [
              'Place',
              meter.locationNumber ? (
                <To href={`/locations/${meter.locationNumber}`}>{meter.locationNumber}</To>
              ) : (
                'Nowhere'
              ),
            ],
            ['Dials', meter.dials],
            ['Multiplier', decimal(meter.multiplier)],
            ['Unit', meter.unit],
            ['Last read', meter.lastRead && `${decimal(meter.lastRead.value)} on ${day(meter.lastRead.readOn)}`],
          ]}
        />
        <Section title="Where it is and was">
          <Rows
            of={meter.installations}
            keyOf={({ locationNumber, installedOn }) => `${locationNumber} ${installedOn}`}
            empty="It never was installed."
            columns={[
              ['Place', ({ locationNumber }) => <To href={`/locations/${locationNumber}`}>{locationNumber}</To>],
              ['Service', ({ serviceCode }) => words(serviceCode)],
              ['Installed', ({ installedOn, installRead }) => withRead(installedOn, installRead)],
              ['Removed', ({ removedOn, removalRead }) => (removedOn ? withRead(removedOn, removalRead) : 'Not yet')],
            ]}
          />
        </Section>
        <Section title="Reads">
          <Rows
            of={meter.reads}
            keyOf={({ readOn, value, source }) => `${readOn} ${value} ${source}`}
            empty="It never was read."
            columns={[
              ['Day', ({ readOn }) => day(readOn)],
              ['How', ({ source }) => words(source)],
              ['Read', ({ value }) => decimal(value), 'right'],
            ]}
          />
        </Section>
      </Stack>
    </Page>
  );
}

const withRead = (on: string, read: string | null): string =>
  `${day(on)}${read === null ? '' : `, read ${decimal(read)}`}`;
