import { Alert, Anchor, List, Text } from '@mantine/core';
import { money } from '../kit/format';
import { useDesk } from './desk';
import { REASONS } from './effect';
import { saidOf } from './problems';

// What is shown with the customer, in full.
const ELSEWHERE = ['LIKELY_DUPLICATE', 'OLD_DEBT'];
const RELATIONS: Record<string, string> = {
  ...{ SAME_CUSTOMER: 'this customer', MASTER_CONTACT: 'the same master contact', COSIGNER: 'whom they cosign for' },
  ...{ LOCATION: 'somebody at this place before', LIKELY_DUPLICATE: 'somebody who is likely the same' },
};
const THEN: Record<string, string> = {
  ...{ BLOCK: 'It is paid before they can be set up.', APPROVE: 'A supervisor is asked.' },
  WARN: 'Ask them about it.',
};

/** What to know before saving: warnings of the place, old debts, and why a supervisor will be asked. */
export function BeforeSaving() {
  const { computed, problems } = useDesk();
  if (!computed) return null;
  const warnings = problems.filter(({ severity, code }) => severity === 'WARNING' && !ELSEWHERE.includes(code));
  const { alerts, oldDebts, approvalReasons } = computed;
  const debts = oldDebts.filter(({ policy }) => policy !== 'IGNORE');
  if (warnings.length + alerts.length + debts.length + approvalReasons.length === 0) return null;
  return (
    <Alert color="yellow" variant="light" mb="md" title="Know before you save" data-testid="before-saving">
      <List size="sm" spacing={4}>
        {alerts.map(({ noteId, text }) => (
          <List.Item key={noteId}>
            <strong>At the place:</strong> {text}
          </List.Item>
        ))}
        {debts.map(({ accountNumber, relation, owedCents, policy }) => (
          <List.Item key={`${accountNumber} ${relation}`}>
            <strong>Old debt:</strong>{' '}
            <Anchor inherit href={`/accounts/${accountNumber}`} target="_blank" rel="noreferrer">
              account {accountNumber}
            </Anchor>{' '}
            of {RELATIONS[relation] ?? 'theirs'} owes {money(owedCents)}. {THEN[policy]}
          </List.Item>
        ))}
        {warnings.map((each) => (
          <List.Item key={`${each.pointer} ${each.code}`}>{saidOf(each)}</List.Item>
        ))}
        {approvalReasons.length > 0 && (
          <List.Item>
            <Text span size="sm">
              <strong>A supervisor will be asked</strong> because of{' '}
              {approvalReasons.map((each) => REASONS[each] ?? each).join(', ')}.
            </Text>
          </List.Item>
        )}
      </List>
    </Alert>
  );
}
