import { day, money } from '../kit/format';
import type { Content } from './content';
import type { Draft } from './draft-desk';

/** Why a supervisor is asked, in words. */
export const REASONS: Record<string, string> = {
  ...{ DEPOSIT: 'less deposit than is proposed', RATE: 'another rate than the usual one' },
  ...{ UNITS: 'another quantity, other units or other rate figures than before', BACK_DATED: 'a start in the past' },
  ...{ DEBT: 'an old debt', EXEMPT: 'an exemption that the customer type does not give' },
  FORCED_MOVE_OUT: 'moving out whoever is there',
};

/** What is asked for as deposits, in cents; what is no sum yet does not count. */
const askedCents = ({ deposits }: Content): number =>
  deposits.reduce((sum, { amountCents, waivedBecause }) => {
    const counts = waivedBecause === null && typeof amountCents === 'number';
    return counts ? sum + amountCents : sum;
  }, 0);

/** What the Save button says, and what happens then in a sentence. */
export function effectOf(
  content: Content,
  computed: Draft['computed'],
  today: string,
): { button: string; then: string } {
  const reasons = computed?.approvalReasons ?? [];
  const cents = askedCents(content);
  const gating = content.serviceOrders.filter((order) => order.gating).length;
  const later = /^\d{4}-\d\d-\d\d$/.test(content.startDate) && content.startDate > today;
  const waits = [
    reasons.length > 0 && `a supervisor approves it (${reasons.map((each) => REASONS[each] ?? each).join(', ')})`,
    cents > 0 && `the deposit of ${money(cents)} is paid`,
    gating > 0 && (gating === 1 ? 'the service order is done' : `the ${gating} service orders are done`),
    later && `${day(content.startDate)} has come`,
  ].filter((each): each is string => each !== false);
  return {
    button: buttonFor({ asks: reasons.length > 0, cents, gating, startDate: later ? content.startDate : null }),
    then: waits.length > 0 ? `Service starts once ${inWords(waits)}.` : 'Service starts at once.',
  };
}

function buttonFor({
  asks,
  cents,
  gating,
  startDate,
}: {
  asks: boolean;
  cents: number;
  gating: number;
  startDate: string | null;
}) {
  if (asks) return 'Save and ask a supervisor';
  if (cents > 0) return `Save and ask for a deposit of ${money(cents)}`;
  if (gating > 0) return gating === 1 ? 'Save and send the service order' : `Save and send ${gating} service orders`;
  return startDate ? `Save to start on ${day(startDate)}` : 'Save and start service';
}

const inWords = (parts: string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
