import { Spotlight, spotlight } from '@mantine/spotlight';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, type Schema } from '../api/client';
import { useHolds } from '../session/session';
import { NAVIGATION } from './nav';

type Hit = Schema<'SearchHit'>;

const KINDS: Record<Hit['kind'], string> = {
  CUSTOMER: 'Customers',
  ACCOUNT: 'Accounts',
  LOCATION: 'Locations',
  METER: 'Meters',
  CASE: 'Cases',
  SERVICE_ORDER: 'Service orders',
};

/** Opens the search over the page; Ctrl+K does too. */
export const openSearch = (): void => spotlight.open();

/** Finds customers, places, meters, accounts, cases and orders by any part, and the places of the console by name. */
export function Search() {
  const [query, setQuery] = useState('');
  const [asked] = useDebouncedValue(query.trim(), 150);
  const holds = useHolds();
  const navigate = useNavigate();
  const mayFind = holds('clerk', 'supervisor');
  const found = api.useQuery(
    'get',
    '/search',
    { params: { query: { q: asked } } },
    { enabled: mayFind && asked.length > 1 },
  );
  const hits = asked.length > 1 ? (found.data?.data ?? []) : [];
  const places = NAVIGATION.flatMap((group) => group.places).filter(
    ({ label, roles }) => holds(...roles) && label.toLowerCase().includes(query.trim().toLowerCase()),
  );
  const kinds = (Object.keys(KINDS) as Hit['kind'][]).filter((kind) => hits.some((hit) => hit.kind === kind));

  return (
    <Spotlight.Root
      attributes={{ content: { 'aria-label': 'Find anything' } }}
      query={query}
      onQueryChange={setQuery}
      scrollable
      maxHeight="70vh"
      shortcut={['mod + K']}
    >
      <Spotlight.Search
        placeholder="Name, address, number, phone, meter …"
        leftSection={<IconSearch size={18} aria-hidden />}
        aria-label="Find anything"
      />
      <Spotlight.ActionsList>
        {kinds.map((kind) => (
          <Spotlight.ActionsGroup key={kind} label={KINDS[kind]}>
            {hits
              .filter((hit) => hit.kind === kind)
              .map((hit) => (
                <Spotlight.Action
                  key={`${kind}-${hit.id}`}
                  label={hit.title}
                  description={hit.subtitle}
                  onClick={() => void navigate({ to: pathOf(hit) })}
                />
              ))}
          </Spotlight.ActionsGroup>
        ))}
        {places.length > 0 && (
          <Spotlight.ActionsGroup label="Go to">
            {places.map(({ label, to, icon: Icon }) => (
              <Spotlight.Action
                key={label}
                label={label}
                leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
                onClick={() => void navigate({ to })}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {hits.length + places.length === 0 && !found.isFetching && <Spotlight.Empty>Nothing found</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

const PATHS: Record<Hit['kind'], string> = {
  CUSTOMER: '/customers',
  ACCOUNT: '/accounts',
  LOCATION: '/locations',
  METER: '/meters',
  CASE: '/cases',
  SERVICE_ORDER: '/orders',
};
const pathOf = ({ kind, id }: Hit): string => `${PATHS[kind]}/${encodeURIComponent(id)}`;
