import { Loader, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { api, type Schema } from '../api/client';
import { useListKeys } from '../kit/list-keys';
import { AccountsOfCustomer, AccountsOfLocation } from './accounts-of';
import classes from './find-account.module.css';

type Hit = Schema<'SearchHit'>;
type Chosen = { customerNumber: string } | { locationNumber: string };

/** Finds the account of whoever leaves, by any part of a name, an address, a number or a meter. */
export function FindAccount({ onFound }: { onFound: (accountNumber: string) => void }) {
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [q] = useDebouncedValue(query.trim(), 200);
  const { data, isFetching } = api.useQuery(
    'get',
    '/search',
    { params: { query: { q } } },
    {
      enabled: q.length > 1,
      placeholderData: keepPreviousData,
    },
  );
  const hits = q.length > 1 ? (data?.data ?? []).filter(isOfSomebody) : [];

  function choose({ link }: Hit) {
    if (link.accountNumber) onFound(link.accountNumber);
    else if (link.locationNumber) setChosen({ locationNumber: link.locationNumber });
    else if (link.customerNumber) setChosen({ customerNumber: link.customerNumber });
  }
  const list = useListKeys(hits, choose);

  return (
    <Stack gap="sm" maw={640}>
      <TextInput
        label="Who leaves"
        description="Name, address, account, customer or meter number"
        size="md"
        data-autofocus
        autoFocus
        autoComplete="off"
        value={query}
        rightSection={isFetching && <Loader size="xs" />}
        onKeyDown={list.onKeyDown}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setChosen(null);
        }}
      />
      {!chosen && q.length > 1 && !isFetching && hits.length === 0 && (
        <Text>Nobody found. Try a part of the street or of the last name.</Text>
      )}
      {!chosen && (
        <Stack gap={4} component="ul" className={classes.list} aria-label="Found">
          {hits.map((hit, i) => (
            <li key={`${hit.kind} ${hit.id}`}>
              <UnstyledButton className={classes.hit} data-marked={list.marked === i} onClick={() => choose(hit)}>
                <Text fw={600} size="sm">
                  {hit.title}
                </Text>
                <Text size="sm" c="dimmed">
                  {hit.subtitle}
                </Text>
              </UnstyledButton>
            </li>
          ))}
        </Stack>
      )}
      <Suspense fallback={<Loader />}>
        {chosen && 'customerNumber' in chosen && <AccountsOfCustomer {...chosen} onFound={onFound} />}
        {chosen && 'locationNumber' in chosen && <AccountsOfLocation {...chosen} onFound={onFound} />}
      </Suspense>
    </Stack>
  );
}

const isOfSomebody = ({ kind }: Hit): boolean => ['CUSTOMER', 'ACCOUNT', 'LOCATION', 'METER'].includes(kind);
