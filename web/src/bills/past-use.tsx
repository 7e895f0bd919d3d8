import { Stack, Title } from '@mantine/core';
import { api } from '../api/client';
import { UsageChart } from './usage-chart';

/** What an account has used, service by service. */
export function PastUse({ accountNumber }: { accountNumber: string }) {
  const { data } = api.useSuspenseQuery('get', '/accounts/{accountNumber}/usage', {
    params: { path: { accountNumber } },
  });
  return (
    <section aria-label="Past use">
      <Title order={3} size="h5" mb={4}>
        Past use
      </Title>
      <Stack gap="sm">
        {data.data.map(({ serviceCode, unit, periods }) => (
          <UsageChart key={serviceCode} service={serviceCode} unit={unit} periods={periods} />
        ))}
      </Stack>
    </section>
  );
}
