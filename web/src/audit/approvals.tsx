import { Anchor, Group } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { client, sent, type Schema } from '../api/client';
import { useToday } from '../kit/clock';
import { DateInput } from '../kit/date-input';
import { moment, money, words, usDate } from '../kit/format';
import { Loading } from '../kit/loading';
import { More } from '../kit/more';
import { Rows } from '../kit/rows';
import { Status } from '../kit/status';
import { To } from '../kit/to';

const here = getRouteApi('/audit');
type Approval = Schema<'Approval'>;

interface ApprovalPage {
  data: Approval[];
  nextCursor: string | null;
}

/** Every decision on what can be approved, with who decided, what they might, and whether the rules were kept. */
export function Approvals() {
  const today = useToday();
  const search = here.useSearch();
  const navigate = here.useNavigate();
  const from = search.from ?? `${today.slice(0, 8)}01`;
  const to = search.to ?? today;
  const [typed, setTyped] = useState({ from: usDate(from), to: usDate(to) });
  const type = (part: 'from' | 'to') => (text: string, date: string | null) => {
    setTyped((before) => ({ ...before, [part]: text }));
    if (date) void navigate({ search: (before) => ({ ...before, [part]: date }), replace: true });
  };
  // The report is JSON or CSV as it is asked for; here it is JSON.
  const list = useInfiniteQuery({
    queryKey: ['get', '/audit/approvals', { from, to }],
    queryFn: async ({ pageParam }) => {
      const query = { from, to, limit: 50, ...(pageParam && { cursor: pageParam }) };
      return (await sent(client.GET('/audit/approvals', { params: { query } }))) as ApprovalPage;
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    throwOnError: true,
  });
  const approvals = list.data?.pages.flatMap(({ data }) => data);
  return (
    <>
      <Group mb="md" align="flex-end" className="no-print">
        <DateInput label="From" value={typed.from} onChange={type('from')} />
        <DateInput label="Through" value={typed.to} onChange={type('to')} />
        <Anchor href={`/api/v1/audit/approvals?from=${from}&to=${to}&format=csv`} download mb={8}>
          Download as CSV
        </Anchor>
      </Group>
      {!approvals && <Loading />}
      {approvals && (
        <Rows
          of={approvals}
          keyOf={({ decisionId }) => decisionId}
          empty="Nothing was approved in these days."
          minWidth={820}
          columns={[
            ['When', ({ decidedAt }) => moment(decidedAt)],
            ['What', ({ caseId, taskType }) => <To href={`/cases/${caseId}`}>{words(taskType)}</To>],
            ['Decision', ({ outcome }) => words(outcome)],
            ['By', ({ by, approver }) => (by === 'POLICY' ? 'Policy' : approver.displayName)],
            ['Drafted by', ({ drafters }) => drafters.map(({ displayName }) => displayName).join(', ')],
            ['Checks', Checks],
            ['Took effect', ({ status, voidReason }) => (status === 'APPLIED' ? 'Yes' : `No: ${voidReason ?? 'void'}`)],
            ['Amount', ({ amountCents }) => amountCents !== null && money(amountCents), 'right'],
          ]}
        />
      )}
      <More list={list} />
    </>
  );
}

function Checks({ checks }: Approval) {
  const broken = Object.entries(checks).filter(([, verdict]) => verdict === 'BROKEN');
  if (broken.length === 0) return 'Kept';
  return (
    <>
      <Status code="REFUSED" /> {broken.map(([rule]) => words(rule)).join(', ')} broken
    </>
  );
}
