import { api, type Schema } from '../api/client';
import { CASE_TYPES } from '../cases/case-words';
import { day, decimal, words } from '../kit/format';
import { Loading } from '../kit/loading';
import { More } from '../kit/more';
import { PAGES } from '../kit/pages';
import { Rows } from '../kit/rows';
import { Section } from '../kit/section';
import { To } from '../kit/to';

type Entry = Schema<'HistoryEntry'>;

/** What happened at a place, the newest first. */
export function History({ locationNumber }: { locationNumber: string }) {
  const params = { path: { locationNumber }, query: { limit: 20 } };
  const list = api.useInfiniteQuery('get', '/locations/{locationNumber}/history', { params }, PAGES);
  const entries = list.data?.pages.flatMap(({ data }) => data);
  return (
    <Section title="History">
      {!entries && <Loading lines={3} />}
      {entries && (
        <Rows
          of={entries.map((entry, i) => ({ ...entry, i }))}
          keyOf={({ i }) => i}
          empty="Nothing happened here yet."
          columns={[
            ['Day', ({ onDate }) => day(onDate)],
            ['What', ({ kind, serviceCode }) => `${words(kind)}${serviceCode ? ` (${words(serviceCode)})` : ''}`],
            ['Of', About],
          ]}
        />
      )}
      <More list={list} />
    </Section>
  );
}

function About(entry: Entry) {
  const { accountNumber, customerName, meterId, serial, value, source, caseId, caseType } = entry;
  if (caseId) return <To href={`/cases/${caseId}`}>{caseType ? CASE_TYPES[caseType] : 'The case'}</To>;
  return (
    <>
      {meterId !== null && <To href={`/meters/${meterId}`}>Meter {serial}</To>}
      {value !== null && `: ${decimal(value)}${source ? ` (${words(source).toLowerCase()})` : ''}`}
      {accountNumber && (
        <>
          {meterId !== null && ', '}
          {customerName} <To href={`/accounts/${accountNumber}`}>{accountNumber}</To>
        </>
      )}
    </>
  );
}
