import { Anchor, Checkbox, Group, Select, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, type Schema } from '../api/client';
import { moment, words } from '../kit/format';
import { Loading } from '../kit/loading';
import { More } from '../kit/more';
import { Page } from '../kit/page';
import { PAGES } from '../kit/pages';
import { Status } from '../kit/status';
import { CASE_TYPES } from './case-words';
import type { CaseSearch } from './routes';

const here = getRouteApi('/cases');

const STATUSES = ['OPEN', 'INCIDENT', 'COMPLETED', 'CANCELED', 'REFUSED', 'ABORTED'];
const WAITING = ['CLERK', 'SUPERVISOR', 'FIELD', 'CUSTOMER', 'DATE', 'SYSTEM'];
const options = (codes: string[]) => codes.map((value) => ({ value, label: words(value) }));
const TYPES = Object.entries(CASE_TYPES).map(([value, label]) => ({ value, label }));

/** All cases, newest first, by what they are, how they stand and whom they wait for. */
export function CasesPage() {
  const search = here.useSearch();
  const navigate = here.useNavigate();
  const [typed, setTyped] = useState(search.q ?? '');
  const filter = (part: Record<string, string | null>) =>
    void navigate({ search: { ...search, ...part } as CaseSearch, replace: true });
  const find = useDebouncedCallback((q: string) => filter({ q }), 300);
  const list = api.useInfiniteQuery('get', '/cases', { params: { query: { ...search, limit: 50 } } }, PAGES);
  const cases = list.data?.pages.flatMap(({ data }) => data);

  return (
    <Page title="Cases" lead="Every set-up, move-out, vacancy and settlement, newest first.">
      <Group align="flex-end" mb="md" gap="sm" className="no-print">
        <TextInput
          label="Name, number or address"
          w={230}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            find(event.currentTarget.value.trim());
          }}
        />
        <Filter label="Kind" data={TYPES} value={search.type} onChange={(type) => filter({ type })} />
        <Filter
          label="Status"
          data={options(STATUSES)}
          value={search.status}
          onChange={(status) => filter({ status })}
        />
        <Filter
          label="Waits for"
          data={options(WAITING)}
          value={search.waitingOn}
          onChange={(waitingOn) => filter({ waitingOn })}
        />
        <Checkbox
          label="Overdue"
          mb={8}
          checked={search.overdue === 'true'}
          onChange={(event) => filter({ overdue: event.currentTarget.checked ? 'true' : null })}
        />
      </Group>
      {!cases && <Loading />}
      {cases?.length === 0 && <Text>No case fits. Take a filter off.</Text>}
      {cases && cases.length > 0 && <CaseTable cases={cases} />}
      <More list={list} />
    </Page>
  );
}

interface FilterProps {
  label: string;
  data: { value: string; label: string }[];
  value: string | undefined;
  onChange: (value: string | null) => void;
}
const Filter = ({ value, ...props }: FilterProps) => <Select {...props} value={value ?? null} clearable w={150} />;

/** Cases as a table: whom each is about, how it stands, and what it waits for. */
function CaseTable({ cases }: { cases: Schema<'Case'>[] }) {
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Case</Table.Th>
            <Table.Th>Customer and place</Table.Th>
            <Table.Th>Status</Table.Th>
            <Table.Th>Waits for</Table.Th>
            <Table.Th>Opened</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {cases.map((each) => (
            <Table.Tr key={each.caseId}>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>
                <Anchor
                  renderRoot={(props) => <Link to="/cases/$caseId" params={{ caseId: each.caseId }} {...props} />}
                  fw={600}
                >
                  {CASE_TYPES[each.type]}
                </Anchor>
              </Table.Td>
              <Table.Td>
                {each.customerName ?? each.accountNumber ?? ''}
                <Text size="xs" c="dimmed">
                  {each.address ?? each.locationNumber}
                </Text>
              </Table.Td>
              <Table.Td>
                <Status code={each.status === 'OPEN' ? each.step : each.status} />
              </Table.Td>
              <Table.Td>
                <Text size="sm">{each.waitsFor}</Text>
              </Table.Td>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>{moment(each.openedAt)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
