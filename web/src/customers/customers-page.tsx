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
import { words } from '../kit/format';

const here = getRouteApi('/customers');

/** All customers, or those whom some words of a name, a number, a telephone number or an e-mail name. */
export function CustomersPage() {
  const { q } = here.useSearch();
  const navigate = here.useNavigate();
  const query = { ...(q && { q }), limit: 50 };
  const list = api.useInfiniteQuery('get', '/customers', { params: { query } }, PAGES);
  const customers = list.data?.pages.flatMap(({ data }) => data);
  return (
    <Page
      title="Customers"
      lead="To set up a customer at a place, use Setup new customer."
      actions={<Button renderRoot={(props) => <Link {...linkTo('/set-up')} {...props} />}>Setup new customer</Button>}
    >
      <FindInput
        label="Name, number, telephone or e-mail"
        mb="md"
        autoFocus
        value={q}
        onFind={(typed) => void navigate({ search: { ...(typed && { q: typed }) }, replace: true })}
      />
      {!customers && <Loading />}
      {customers && (
        <Rows
          of={customers}
          keyOf={({ customerNumber }) => customerNumber}
          empty="Nobody found. Try a part of the last name."
          columns={[
            [
              'Name',
              ({ customerNumber, displayName }) => (
                <To href={`/customers/${customerNumber}`} fw={600}>
                  {displayName}
                </To>
              ),
            ],
            ['Number', ({ customerNumber }) => customerNumber],
            ['Kind', ({ kind }) => words(kind)],
          ]}
        />
      )}
      <More list={list} />
    </Page>
  );
}
