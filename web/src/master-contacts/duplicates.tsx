import { Text } from '@mantine/core';
import { api, client, sent, sentWithEtag, type Schema } from '../api/client';
import { ActForm, Opens } from '../kit/act-form';
import { words } from '../kit/format';
import { Loading } from '../kit/loading';
import { More } from '../kit/more';
import { PAGES } from '../kit/pages';
import { Rows } from '../kit/rows';
import { To } from '../kit/to';

type Pair = Schema<'DuplicatePair'>;

/** Pairs of customers that are likely one person or business, with what speaks for it. */
export function Duplicates() {
  const list = api.useInfiniteQuery('get', '/master-contacts/duplicates', { params: { query: { limit: 25 } } }, PAGES);
  const pairs = list.data?.pages.flatMap(({ data }) => data);
  if (!pairs) return <Loading />;
  return (
    <>
      <Rows
        of={pairs}
        keyOf={({ one, other }) => `${one.customerNumber} ${other.customerNumber}`}
        empty="No two customers look like one."
        minWidth={600}
        columns={[
          ['Customer', ({ one }) => <Customer of={one} />],
          ['May be the same as', ({ other }) => <Customer of={other} />],
          ['Because', ({ reasons }) => words(reasons.join(', '))],
          ['', (pair) => <Join pair={pair} />],
        ]}
      />
      <More list={list} />
    </>
  );
}

function Customer({ of: { customerNumber, displayName } }: { of: Pair['one'] }) {
  return (
    <>
      <To href={`/customers/${customerNumber}`}>{displayName}</To> ({customerNumber})
    </>
  );
}

function Join({ pair: { one, other } }: { pair: Pair }) {
  // Two master contacts are merged on the page of one of them, with a reason.
  if (one.masterContactId && other.masterContactId)
    return <To href={`/master-contacts/${one.masterContactId}`}>Merge them</To>;
  return (
    <Opens
      label="They are one"
      size="compact-sm"
      aria-label={`They are one: ${one.displayName} and ${other.displayName}`}
    >
      {(close) => (
        <ActForm
          submit="Give them one master contact"
          done="They have one master contact now"
          onDone={close}
          act={() => joined(one, other)}
        >
          {() => (
            <Text size="sm">
              {one.displayName} ({one.customerNumber}) and {other.displayName} ({other.customerNumber}) are one person
              or business. Debts of the one are told when the other is set up.
            </Text>
          )}
        </ActForm>
      )}
    </Opens>
  );
}

async function joined(one: Pair['one'], other: Pair['one']): Promise<unknown> {
  const masterContactId = one.masterContactId ?? other.masterContactId;
  if (!masterContactId) {
    const customerNumbers = [one.customerNumber, other.customerNumber];
    return sent(client.POST('/master-contacts', { body: { customerNumbers, name: null } }));
  }
  const path = { customerNumber: one.masterContactId ? other.customerNumber : one.customerNumber };
  const { etag } = await sentWithEtag(client.GET('/customers/{customerNumber}', { params: { path } }));
  const params = { path, header: { 'If-Match': etag } };
  return sent(client.PUT('/customers/{customerNumber}/master-contact', { params, body: { masterContactId } }));
}
