import { Alert, Anchor, Button, Group, Text } from '@mantine/core';
import { useDesk } from './desk';

const REASONS: Record<string, string> = {
  ...{ SAME_NAME: 'same name', SIMILAR_NAME: 'similar name', SAME_PHONE: 'same telephone' },
  ...{ SAME_EMAIL: 'same e-mail', SAME_ADDRESS: 'same mailing address' },
};

/** Customers who are likely the same person (row S14): look, and use the record that is there. */
export function Duplicates() {
  const { computed, set } = useDesk();
  const likely = computed?.duplicates ?? [];
  if (likely.length === 0) return null;
  return (
    <Alert color="yellow" title="Is this somebody the office knows?" data-testid="duplicates">
      {likely.map(({ customerNumber, displayName, reasons }) => (
        <Group key={customerNumber} justify="space-between" gap="xs" mb={4}>
          <Text size="sm">
            <Anchor inherit href={`/customers/${customerNumber}`} target="_blank" rel="noreferrer">
              {displayName}, {customerNumber}
            </Anchor>
            : {reasons.map((reason) => REASONS[reason]).join(', ')}
          </Text>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Use ${displayName}, ${customerNumber}`}
            onClick={() => set('#/customer', { existing: customerNumber })}
          >
            Use this record
          </Button>
        </Group>
      ))}
    </Alert>
  );
}
