import { Alert, Anchor, Checkbox, List } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { client, sent } from '../api/client';
import { civilDateOf, day, money } from '../kit/format';
import type { MoveOutForm } from './form';

interface BlockersProps {
  accountNumber: string;
  form: MoveOutForm;
  onReverse: (on: boolean) => void;
}

/** Everything that stands against the move-out, asked while it is typed; nothing is written. */
export function Blockers({ accountNumber, form, onReverse }: BlockersProps) {
  const [body] = useDebouncedValue(
    {
      stopDate: civilDateOf(form.stop),
      vacateDate: civilDateOf(form.vacate) ?? undefined,
      reverseLaterBills: form.reverseLaterBills || undefined,
    },
    350,
  );
  const { stopDate } = body;
  const { data } = useQuery({
    queryKey: ['move-out-check', accountNumber, body],
    queryFn: () =>
      sent(
        client.POST('/accounts/{accountNumber}/move-out-check', {
          params: { path: { accountNumber } },
          body: { ...body, stopDate: stopDate ?? '' },
        }),
      ),
    enabled: stopDate !== null,
    placeholderData: keepPreviousData,
  });
  if (!data) return null;
  const { blockers, laterBills, openCaseId } = data;
  return (
    <>
      {blockers.length > 0 && (
        <Alert color="yellow" title="This stands against it" role="status">
          <List size="sm">
            {blockers.map(({ pointer, detail }) => (
              <List.Item key={`${pointer} ${detail}`}>{detail}</List.Item>
            ))}
          </List>
          {openCaseId && (
            <Anchor
              size="sm"
              renderRoot={(props) => <Link to="/cases/$caseId" params={{ caseId: openCaseId }} {...props} />}
            >
              See the open case
            </Anchor>
          )}
        </Alert>
      )}
      {laterBills.length > 0 && (
        <Checkbox
          label={`Reverse the later bills first: ${laterBills
            .map(
              ({ billNumber, periodThrough, totalCents }) =>
                `${billNumber} to ${day(periodThrough)}, ${money(totalCents)}`,
            )
            .join('; ')}`}
          checked={form.reverseLaterBills}
          onChange={(event) => onReverse(event.currentTarget.checked)}
        />
      )}
    </>
  );
}
