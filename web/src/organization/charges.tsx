import { Code, Stack, Text } from '@mantine/core';
import { money, words } from '../kit/format';
import { Rows } from '../kit/rows';
import { chargeInWords, type ChargeShown } from './charge-words';

/** The charges of a rate version as people read them, and as they are written. */
export function Charges({ definition }: { definition: Record<string, unknown> }) {
  const unit = typeof definition['unit'] === 'string' ? definition['unit'] : undefined;
  const charges = (definition['charges'] ?? []) as ChargeShown[];
  return (
    <Stack gap="sm">
      <Rows
        of={charges.map((charge, i) => ({ charge, i }))}
        keyOf={({ i }) => i}
        empty="No charge."
        columns={[
          ['Charge', ({ charge }) => charge.name ?? words(charge.kind)],
          [
            'How much',
            ({ charge }) =>
              chargeInWords(charge, unit, money).map((line) => (
                <Text key={line} size="sm">
                  {line}
                </Text>
              )),
          ],
        ]}
      />
      <details>
        <summary>As it is written (JSON)</summary>
        <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {JSON.stringify(definition, null, 2)}
        </Code>
      </details>
    </Stack>
  );
}
