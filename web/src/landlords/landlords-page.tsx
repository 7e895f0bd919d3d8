import { getRouteApi } from '@tanstack/react-router';
import { api } from '../api/client';
import { FindInput } from '../kit/find-input';
import { Loading } from '../kit/loading';
import { More } from '../kit/more';
import { Page } from '../kit/page';
import { PAGES } from '../kit/pages';
import { Rows } from '../kit/rows';
import { To } from '../kit/to';

const here = getRouteApi('/landlords');

/** Whoever has a landlord agreement. */
export function LandlordsPage() {
  const { q } = here.useSearch();
  const navigate = here.useNavigate();
  const query = { ...(q && { q }), limit: 50 };
  const list = api.useInfiniteQuery('get', '/landlords', { params: { query } }, PAGES);
  const landlords = list.data?.pages.flatMap(({ data }) => data);
  return (
    <Page title="Landlords" lead="A customer becomes a landlord by an agreement on the page of a location.">
      <FindInput
        label="Name or number"
        mb="md"
        value={q}
        onFind={(typed) => void navigate({ search: { ...(typed && { q: typed }) }, replace: true })}
      />
      {!landlords && <Loading />}
      {landlords && (
        <Rows
          of={landlords}
          keyOf={({ customerNumber }) => customerNumber}
          empty="No landlord found. Try a part of the name."
          columns={[
            [
              'Name',
              ({ customerNumber, displayName }) => (
                <To href={`/landlords/${customerNumber}`} fw={600}>
                  {displayName}
                </To>
              ),
            ],
            ['Number', ({ customerNumber }) => customerNumber],
            ['Places', ({ locations }) => locations, 'right'],
          ]}
        />
      )}
      <More list={list} />
    </Page>
  );
}
