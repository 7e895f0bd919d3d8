import { List } from '@mantine/core';
import type { Schema } from '../api/client';
import { money, words } from '../kit/format';
import { monthDayInWords } from '../kit/mail';
import { DECISIONS } from './terms';

type Line = Schema<'LandlordAgreement'>['lines'][number];

const EXCLUDED: Record<string, string> = {
  CUSTOMER: 'a move-out',
  NONPAY: 'a shut-off for not paying',
  FORCED: 'a forced move-out',
  DECEASED: 'a death',
};

interface TermsShownProps {
  lines: Line[];
  /** The rate of each service too. */
  withRates?: boolean;
}

/** The terms of a landlord agreement in words; services with the same terms share a line. */
export function TermsShown({ lines, withRates = false }: TermsShownProps) {
  const services = new Map<string, string[]>();
  for (const line of lines) {
    const terms = inWords(line);
    const service = withRates ? `${words(line.serviceCode)} (${line.rateCode})` : words(line.serviceCode);
    services.set(terms, [...(services.get(terms) ?? []), service]);
  }
  return (
    <List size="sm" listStyleType="none">
      {[...services].map(([terms, names]) => (
        <List.Item key={terms}>
          {names.join(', ')}: {terms}
        </List.Item>
      ))}
    </List>
  );
}

function inWords({ decision, seasonStart, seasonEnd, feeCents, stopReasonsExcluded }: Line): string {
  const season =
    seasonStart && seasonEnd && `from ${monthDayInWords(seasonStart)} to ${monthDayInWords(seasonEnd)} only`;
  const excluded = stopReasonsExcluded.map((reason) => EXCLUDED[reason] ?? words(reason)).join(', ');
  const fee = feeCents > 0 && `fee ${money(feeCents)}`;
  return [DECISIONS[decision].toLowerCase(), season, fee, excluded && `not after ${excluded}`]
    .filter(Boolean)
    .join(', ');
}
