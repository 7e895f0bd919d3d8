import { Alert, Button, Stack, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { api, client, sent, type Schema } from '../api/client';
import { useAct } from '../kit/act';
import { Opens } from '../kit/act-form';
import { moment, words } from '../kit/format';
import { Page } from '../kit/page';
import { Rows } from '../kit/rows';
import { Section } from '../kit/section';
import { Status } from '../kit/status';
import { To } from '../kit/to';
import { Merge } from './merge';

const here = getRouteApi('/master-contacts/$masterContactId');
type Contact = Schema<'MasterContactDetail'>;

/** One master contact: whose customers these are, every record of theirs, and what was merged. */
export function MasterContactPage() {
  const masterContactId = Number(here.useParams().masterContactId);
  const params = { path: { masterContactId } };
  const { data: contact } = api.useSuspenseQuery('get', '/master-contacts/{masterContactId}', { params });
  return (
    <Page
      title={contact.displayName}
      lead={`Master contact, ${words(contact.kind).toLowerCase()}`}
      actions={
        contact.mergedInto === null && (
          <Opens label="Merge into another">{(close) => <Merge contact={contact} onDone={close} />}</Opens>
        )
      }
    >
      <Stack gap="xl">
        {contact.mergedInto !== null && (
          <Alert color="yellow" title="Merged" styles={{ title: { color: 'black' }, label: { color: 'black' } }}>
            Its records are with <To href={`/master-contacts/${contact.mergedInto}`}>another master contact</To> now.
          </Alert>
        )}
        <Section title="Related records">
          <Rows
            of={contact.records}
            keyOf={({ customerNumber, relation, accountNumber, locationNumber }) =>
              `${customerNumber} ${relation} ${accountNumber ?? ''} ${locationNumber}`
            }
            empty="No account, cosigner or landlord record."
            minWidth={600}
            columns={[
              ['Customer', ({ customerNumber }) => <To href={`/customers/${customerNumber}`}>{customerNumber}</To>],
              ['As', ({ relation, role }) => words(role ?? relation)],
              ['Place', ({ locationNumber, address }) => <To href={`/locations/${locationNumber}`}>{address}</To>],
              [
                'Account',
                ({ accountNumber }) => accountNumber && <To href={`/accounts/${accountNumber}`}>{accountNumber}</To>,
              ],
              ['Status', ({ status }) => status && <Status code={status} />],
            ]}
          />
        </Section>
        <Section title="Customers">
          <Rows
            of={contact.customers}
            keyOf={({ customerNumber }) => customerNumber}
            empty="No customer has this master contact."
            columns={[
              [
                'Name',
                ({ customerNumber, displayName }) => <To href={`/customers/${customerNumber}`}>{displayName}</To>,
              ],
              ['Number', ({ customerNumber }) => customerNumber],
            ]}
          />
        </Section>
        {contact.merges.length > 0 && (
          <Section title="Merges">
            <Stack gap="xs">
              {contact.merges.map((merge) => (
                <MergeOf key={merge.mergeId} merge={merge} />
              ))}
            </Stack>
          </Section>
        )}
      </Stack>
    </Page>
  );
}

function MergeOf({ merge }: { merge: Contact['merges'][number] }) {
  const { mergeId, reason, customerNumbers, mergedBy, mergedAt, undoneAt } = merge;
  const undo = useAct(
    () => sent(client.POST('/master-contacts/merges/{mergeId}/undo', { params: { path: { mergeId } } })),
    { done: 'The merge is undone' },
  );
  return (
    <div>
      <Text size="sm">
        {customerNumbers.join(', ')}: {reason}
        {undoneAt && `, undone ${moment(undoneAt)}`}
      </Text>
      <Text size="xs" c="dimmed">
        {mergedBy?.displayName}, {moment(mergedAt)}
      </Text>
      {!undoneAt && (
        <Button variant="default" size="compact-sm" mt={4} loading={undo.isPending} onClick={() => undo.mutate()}>
          Undo this merge
        </Button>
      )}
    </div>
  );
}
