import { Alert, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { client, sent } from '../api/client';
import { wordsOf } from '../api/problem';
import { BillLines } from '../bills/bill-lines';
import { Facts } from '../kit/facts';
import { day, money, words } from '../kit/format';

interface LiveQuoteProps {
  accountNumber: string;
  stopOn: string | null;
  reads: Record<number, string>;
  onRead: (meterId: number, value: string) => void;
}

const REGISTER = /^\d{1,11}(\.\d{1,3})?$/;
/** What was not typed yet cannot be read as a register. */
const typedOf = (reads: Record<number, string>) =>
  Object.entries(reads)
    .filter(([, value]) => REGISTER.test(value.trim()))
    .map(([meterId, value]) => ({ meterId: Number(meterId), value: value.trim(), source: 'CUSTOMER' as const }));

/** The final bill for a day, renewed while the reads are typed; a read that is not given is estimated. */
export function LiveQuote({ accountNumber, stopOn, reads, onRead }: LiveQuoteProps) {
  const [asked] = useDebouncedValue({ stopOn, reads: typedOf(reads) }, 350);
  const { data, error, isFetching } = useQuery({
    queryKey: ['quote', accountNumber, asked],
    queryFn: () =>
      sent(
        client.POST('/accounts/{accountNumber}/quote', {
          params: { path: { accountNumber } },
          body: { stopOn: asked.stopOn ?? '', reads: asked.reads, meanMonths: 3 },
        }),
      ),
    enabled: asked.stopOn !== null,
    placeholderData: keepPreviousData,
  });
  if (!data)
    return error ? (
      <Alert color="yellow">{wordsOf(error)}</Alert>
    ) : (
      <Stack>
        <Skeleton h={60} />
        <Skeleton h={160} />
      </Stack>
    );
  const { dueCents, refundCents, warnings } = data;
  return (
    <Stack gap="sm" aria-busy={isFetching}>
      {data.reads.map(({ meterId, serial, serviceCode, value, estimated }) => (
        <TextInput
          key={meterId}
          label={`${words(serviceCode)}: what meter ${serial} shows`}
          description={estimated ? `Estimated at ${value} until a read is given` : undefined}
          inputMode="decimal"
          autoComplete="off"
          maw={320}
          value={reads[meterId] ?? ''}
          error={isWrong(reads[meterId]) ? 'Give the digits of the register' : undefined}
          onChange={(event) => onRead(meterId, event.currentTarget.value)}
        />
      ))}
      {error && <Alert color="yellow">{wordsOf(error)}</Alert>}
      {warnings.map(({ pointer, detail }) => (
        <Alert key={`${pointer} ${detail}`} color="yellow">
          {detail}
        </Alert>
      ))}
      <Text size="lg" fw={650} role="status" aria-live="polite">
        {refundCents > 0
          ? `Refund to the customer: ${money(refundCents)}`
          : `The customer would owe ${money(dueCents)}`}
      </Text>
      <Facts
        of={[
          ['Period', `${day(data.periodFrom)} to ${day(data.periodThrough)}, ${data.days} days`],
          ['Bill', money(data.totalCents)],
          ['Owed before', money(data.balanceBeforeCents)],
          ['Deposit applied', money(data.depositAppliedCents)],
          ['Deposit interest', money(data.interestCents)],
        ]}
      />
      <BillLines
        lines={data.lines.map(({ serviceCode, ...line }) => ({ ...line, service: serviceCode }))}
        totalCents={data.totalCents}
      />
    </Stack>
  );
}

const isWrong = (value: string | undefined): boolean => Boolean(value?.trim()) && !REGISTER.test(value?.trim() ?? '');
