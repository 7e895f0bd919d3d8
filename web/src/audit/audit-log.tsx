import { Code, Group } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { api } from '../api/client';
import { FindInput } from '../kit/find-input';
import { moment, words } from '../kit/format';
import { Loading } from '../kit/loading';
import { More } from '../kit/more';
import { PAGES } from '../kit/pages';
import { Rows } from '../kit/rows';
import { To } from '../kit/to';

const here = getRouteApi('/audit');

/** The lines of the audit log, the newest first, of a record or of a case. */
export function AuditLog() {
  const { entity, entityId, caseId } = here.useSearch();
  const navigate = here.useNavigate();
  const filter = (part: Record<string, string | undefined>) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const query = { ...(entity && { entity }), ...(entityId && { entityId }), ...(caseId && { caseId }), limit: 50 };
  const list = api.useInfiniteQuery('get', '/audit', { params: { query } }, PAGES);
  const lines = list.data?.pages.flatMap(({ data }) => data);
  return (
    <>
      <Group mb="md" align="flex-end" className="no-print">
        <FindInput
          label="Kind of record"
          placeholder="customer"
          w={180}
          value={entity}
          onFind={(value) => filter({ entity: value })}
        />
        <FindInput label="Its number" w={180} value={entityId} onFind={(value) => filter({ entityId: value })} />
        <FindInput label="Case" w={260} value={caseId} onFind={(value) => filter({ caseId: value })} />
      </Group>
      {!lines && <Loading />}
      {lines && (
        <Rows
          of={lines}
          keyOf={({ seq }) => seq}
          empty="No line fits. Take a filter off."
          minWidth={760}
          columns={[
            ['Line', ({ seq }) => seq],
            ['When', ({ at }) => moment(at)],
            ['Who', ({ actor }) => actor],
            ['Did', ({ action }) => words(action)],
            ['Record', ({ entity: kind, entityId: id }) => `${words(kind)} ${id}`],
            ['Case', ({ caseId: id }) => id && <To href={`/cases/${id}`}>See the case</To>],
            ['What changed', ({ data }) => <Data data={data} />],
          ]}
        />
      )}
      <More list={list} />
    </>
  );
}

function Data({ data }: { data: Record<string, unknown> }) {
  return (
    <details>
      <summary>Show</summary>
      <Code block fz={11} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {JSON.stringify(data, null, 1)}
      </Code>
    </details>
  );
}
