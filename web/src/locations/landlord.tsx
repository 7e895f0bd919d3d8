import { Stack, Text } from '@mantine/core';
import type { Schema } from '../api/client';
import { Opens } from '../kit/act-form';
import { day, money, words } from '../kit/format';
import { Rows } from '../kit/rows';
import { Section } from '../kit/section';
import { To } from '../kit/to';
import { TermsShown } from '../landlords/terms-shown';
import { useHolds } from '../session/session';
import { EndAgreement, SetAgreement, Sold } from './landlord-forms';

/** The landlord agreement of a place: to whom its services go when a tenant leaves. */
export function Landlord({ location }: { location: Schema<'LocationDetail'> }) {
  const { landlord, landlordHistory, locationNumber } = location;
  const holds = useHolds();
  const past = landlordHistory.filter(
    ({ customerNumber, startOn }) => customerNumber !== landlord?.customerNumber || startOn !== landlord.startOn,
  );
  return (
    <Section
      title="Landlord agreement"
      actions={
        holds('clerk') && (
          <>
            <Opens label={landlord ? 'Change the agreement' : 'Set a landlord'}>
              {(close) => <SetAgreement location={location} onDone={close} />}
            </Opens>
            {landlord && (
              <>
                <Opens label="The place is sold">
                  {(close) => <Sold locationNumber={locationNumber} onDone={close} />}
                </Opens>
                <Opens label="End the agreement">
                  {(close) => <EndAgreement locationNumber={locationNumber} onDone={close} />}
                </Opens>
              </>
            )}
          </>
        )
      }
    >
      <Stack gap="sm">
        {landlord ? (
          <div>
            <To href={`/landlords/${landlord.customerNumber}`} fw={600}>
              {landlord.customerName}
            </To>
            <Text size="sm">
              From {day(landlord.startOn)}
              {landlord.endOn && ` to ${day(landlord.endOn)}`}, notices by {words(landlord.noticeBy).toLowerCase()}
              {landlord.feeCents > 0 && `, fee ${money(landlord.feeCents)}`}
            </Text>
            <TermsShown lines={landlord.lines} withRates />
          </div>
        ) : (
          <Text size="sm">
            No landlord agreement. When a tenant leaves, nobody is asked before services are shut off.
          </Text>
        )}
        {past.length > 0 && (
          <Rows
            of={past}
            keyOf={({ customerNumber, startOn }) => `${customerNumber} ${startOn}`}
            empty=""
            columns={[
              ['Before and to come', ({ customerName }) => customerName],
              ['From', ({ startOn }) => day(startOn)],
              ['To', ({ endOn }) => day(endOn)],
              ['Ended because', ({ endReason }) => endReason && words(endReason)],
            ]}
          />
        )}
      </Stack>
    </Section>
  );
}
