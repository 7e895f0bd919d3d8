import { Group, Select } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { api, type Schema } from '../api/client';
import { Opens } from '../kit/act-form';
import { FindInput } from '../kit/find-input';
import { day, decimal, words } from '../kit/format';
import { Loading } from '../kit/loading';
import { More } from '../kit/more';
import { Page } from '../kit/page';
import { PAGES } from '../kit/pages';
import { Rows } from '../kit/rows';
import { Status } from '../kit/status';
import { To } from '../kit/to';
import { NewMeter } from './new-meter';

const here = getRouteApi('/meters');
type MeterStatus = Schema<'MeterRow'>['status'];

const STATUSES: Record<MeterStatus, string> = {
  INVENTORY: 'In stock',
  INSTALLED: 'Installed',
  REMOVED: 'Removed',
  TESTING: 'In testing',
  RETIRED: 'Retired',
};

/** All meters, by status or the beginning of the serial number. */
export function MetersPage() {
  const { q, status } = here.useSearch();
  const navigate = here.useNavigate();
  const filter = (part: { q?: string | undefined; status?: string | undefined }) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const query = { ...(q && { q }), ...(status && { status: status as MeterStatus }), limit: 50 };
  const list = api.useInfiniteQuery('get', '/meters', { params: { query } }, PAGES);
  const meters = list.data?.pages.flatMap(({ data }) => data);
  return (
    <Page
      title="Meters"
      actions={
        <Opens label="Add a meter to the stock" variant="filled">
          {(close) => <NewMeter onDone={close} />}
        </Opens>
      }
    >
      <Group align="flex-end" mb="md">
        <FindInput label="Beginning of the serial number" w={240} value={q} onFind={(typed) => filter({ q: typed })} />
        <Select
          label="Status"
          w={160}
          clearable
          data={Object.entries(STATUSES).map(([value, label]) => ({ value, label }))}
          value={status ?? null}
          onChange={(value) => filter({ status: value ?? undefined })}
        />
      </Group>
      {!meters && <Loading />}
      {meters && (
        <Rows
          of={meters}
          keyOf={({ meterId }) => meterId}
          empty="No meter fits. Take a filter off."
          minWidth={600}
          columns={[
            [
              'Serial',
              ({ meterId, serial }) => (
                <To href={`/meters/${meterId}`} fw={600}>
                  {serial}
                </To>
              ),
            ],
            ['Status', ({ status: code }) => <Status code={code} />],
            ['Service', ({ serviceCode }) => serviceCode && words(serviceCode)],
            [
              'Place',
              ({ locationNumber }) => locationNumber && <To href={`/locations/${locationNumber}`}>{locationNumber}</To>,
            ],
            ['Dials', ({ dials }) => dials, 'right'],
            ['Last read', ({ lastRead }) => lastRead && `${decimal(lastRead.value)}, ${day(lastRead.readOn)}`, 'right'],
          ]}
        />
      )}
      <More list={list} />
    </Page>
  );
}
