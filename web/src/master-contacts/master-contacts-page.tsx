import { Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { api } from '../api/client';
import { FindInput } from '../kit/find-input';
import { words } from '../kit/format';
import { Loading } from '../kit/loading';
import { More } from '../kit/more';
import { Page } from '../kit/page';
import { PAGES } from '../kit/pages';
import { Rows } from '../kit/rows';
import { To } from '../kit/to';
import { Duplicates } from './duplicates';

const here = getRouteApi('/master-contacts');

/** The Master Contacts List: one record for each person or business, and records that may be of one. */
export function MasterContactsPage() {
  const { q, tab = 'list' } = here.useSearch();
  const navigate = here.useNavigate();
  return (
    <Page title="Master Contacts List" lead="One record of the person or business whose several customers are.">
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(value) => void navigate({ search: value === 'list' || !value ? {} : { tab: value } })}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="list">Master contacts</Tabs.Tab>
          <Tabs.Tab value="duplicates">Likely duplicates</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="list">
          <FindInput
            label="Name, or a customer’s number or name"
            mb="md"
            value={q}
            onFind={(typed) => void navigate({ search: { ...(typed && { q: typed }) }, replace: true })}
          />
          <List q={q} />
        </Tabs.Panel>
        <Tabs.Panel value="duplicates">
          <Duplicates />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function List({ q }: { q: string | undefined }) {
  const query = { ...(q && { q }), limit: 50 };
  const list = api.useInfiniteQuery('get', '/master-contacts', { params: { query } }, PAGES);
  const contacts = list.data?.pages.flatMap(({ data }) => data);
  if (!contacts) return <Loading />;
  return (
    <>
      <Rows
        of={contacts}
        keyOf={({ masterContactId }) => masterContactId}
        empty="No master contact found. Likely duplicates shows which customers may be one person."
        columns={[
          [
            'Name',
            ({ masterContactId, displayName }) => (
              <To href={`/master-contacts/${masterContactId}`} fw={600}>
                {displayName}
              </To>
            ),
          ],
          ['Kind', ({ kind }) => words(kind)],
          ['Customers', ({ customers }) => customers, 'right'],
        ]}
      />
      <More list={list} />
    </>
  );
}
