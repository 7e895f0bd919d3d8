import { api } from '../api/client';
import { Opens } from '../kit/act-form';
import { Rows } from '../kit/rows';
import { Section } from '../kit/section';
import { useHolds } from '../session/session';
import { NewCode } from './new-code';

/** Which accounts are billed together. */
export function BillCycles() {
  const { data } = api.useSuspenseQuery('get', '/bill-cycles');
  const holds = useHolds();
  return (
    <Section
      title="Bill cycles"
      actions={
        holds('admin') && (
          <Opens label="Add a bill cycle">
            {(close) => <NewCode of="/bill-cycles" submit="Add the bill cycle" onDone={close} />}
          </Opens>
        )
      }
    >
      <Rows
        of={data.data}
        keyOf={({ code }) => code}
        empty="No bill cycle yet."
        columns={[
          ['Code', ({ code }) => code],
          ['Name', ({ name }) => name],
        ]}
      />
    </Section>
  );
}
