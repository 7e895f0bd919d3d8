import { Button } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { api } from '../api/client';
import { FindInput } from '../kit/find-input';
import { linkTo } from '../kit/link-to';
import { Loading } from '../kit/loading';
import { More } from '../kit/more';
import { Page } from '../kit/page';
import { PAGES } from '../kit/pages';
import { Rows } from '../kit/rows';
import { To } from '../kit/to';

const here = getRouteApi('/locations');

/** All places with service, or those of a street or a number. */
export function LocationsPage() {
  const { q } = here.useSearch();
  const navigate = here.useNavigate();
  const query = { ...(q && { q }), limit: 50 };
  const list = api.useInfiniteQuery('get', '/locations', { params: { query } }, PAGES);
  const locations = list.data?.pages.flatMap(({ data }) => data);
  return (
    <Page
      title="Locations"
      actions={
        <Button renderRoot={(props) => <Link {...linkTo('/locations/new')} {...props} />}>Setup New Locations</Button>
      }
    >
      <FindInput
        label="Street or location number"
        mb="md"
        autoFocus
        value={q}
        onFind={(typed) => void navigate({ search: { ...(typed && { q: typed }) }, replace: true })}
      />
      {!locations && <Loading />}
      {locations && (
        <Rows
          of={locations}
          keyOf={({ locationNumber }) => locationNumber}
          empty="No place found. Try a part of the street, or set the place up."
          columns={[
            [
              'Address',
              ({ locationNumber, address }) => (
                <To href={`/locations/${locationNumber}`} fw={600}>
                  {address}
                </To>
              ),
            ],
            ['Number', ({ locationNumber }) => locationNumber],
          ]}
        />
      )}
      <More list={list} />
    </Page>
  );
}
