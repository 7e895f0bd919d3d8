import { api } from '../api/client';
import { day, words } from '../kit/format';
import { More } from '../kit/more';
import { PAGES } from '../kit/pages';
import { Rows } from '../kit/rows';
import { Section } from '../kit/section';
import { To } from '../kit/to';

/** The rates with the version that was published last, and drafts that wait. */
export function Rates() {
  const list = api.useInfiniteQuery('get', '/rates', { params: { query: { limit: 50 } } }, PAGES);
  return (
    <Section title="Rates">
      <Rows
        of={list.data?.pages.flatMap(({ data }) => data) ?? []}
        keyOf={({ code }) => code}
        empty="No rate yet."
        minWidth={560}
        columns={[
          [
            'Rate',
            ({ code, name }) => (
              <To href={`/organization/rates/${code}`} fw={600}>
                {name}
              </To>
            ),
          ],
          ['Code', ({ code }) => code],
          ['Service', ({ serviceCode }) => words(serviceCode)],
          ['Default', ({ isDefault }) => (isDefault ? 'Yes' : 'No')],
          [
            'Versions',
            ({ versions }) =>
              versions
                .map(({ effectiveFrom, status }) => `${day(effectiveFrom)}${status === 'DRAFT' ? ' (draft)' : ''}`)
                .join(', '),
          ],
        ]}
      />
      <More list={list} />
    </Section>
  );
}
