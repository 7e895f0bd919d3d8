import { Alert, Button, Stack, Text } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Suspense } from 'react';
import { api, client, sent, type Schema } from '../api/client';
import { ActForm, Opens } from '../kit/act-form';
import { Facts } from '../kit/facts';
import { day } from '../kit/format';
import { linkTo } from '../kit/link-to';
import { Loading } from '../kit/loading';
import { mailLine } from '../kit/mail';
import { Page } from '../kit/page';
import { Section } from '../kit/section';
import { useHolds } from '../session/session';
import { History } from './history';
import { Landlord } from './landlord';
import { NoShutOffs } from './no-shut-off';
import { Notes } from './notes';
import { ServicePoints } from './service-points';

const here = getRouteApi('/locations/$locationNumber');
type Location = Schema<'LocationDetail'>;

/** One place: its services and meters, who has them, its landlord, notes, and what happened there. */
export function LocationPage() {
  const { locationNumber } = here.useParams();
  const holds = useHolds();
  const params = { path: { locationNumber } };
  const { data: location } = api.useSuspenseQuery('get', '/locations/{locationNumber}', { params });
  const isHeld = location.servicePoints.some(({ agreements }) => agreements.some((agreement) => agreement.holds));
  return (
    <Page
      title={[location.address.line1, location.address.line2].filter(Boolean).join(', ')}
      lead={`Location ${locationNumber}`}
      actions={
        <>
          <Button renderRoot={(props) => <Link {...linkTo('/set-up')} {...props} />}>Setup new customer</Button>
          {holds('clerk') && !isHeld && (
            <Opens label="Start a vacancy" title="Nobody has this place and nobody is coming">
              {(close) => <Vacancy locationNumber={locationNumber} onDone={close} />}
            </Opens>
          )}
        </>
      }
    >
      <Stack gap="xl">
        {location.alerts.map(({ noteId, text }) => (
          <Alert key={noteId} color="red" title="Alert">
            {text}
          </Alert>
        ))}
        <Facts
          of={[
            ['Address', mailLine(location.address)],
            ['Class', location.classCode],
          ]}
        />
        <ServicePoints location={location} />
        <Unassigned location={location} />
        <Landlord location={location} />
        <Notes location={location} />
        <Suspense fallback={<Loading lines={3} />}>
          <NoShutOffs locationNumber={locationNumber} />
          <History locationNumber={locationNumber} />
        </Suspense>
      </Stack>
    </Page>
  );
}

function Vacancy({ locationNumber, onDone }: { locationNumber: string; onDone: () => void }) {
  return (
    <ActForm
      submit="Start the vacancy"
      done="The landlord or a supervisor is asked what becomes of the services"
      onDone={onDone}
      act={() => sent(client.POST('/cases/vacancy', { body: { locationNumber } }))}
    >
      {() => <Text size="sm">A case decides whether the services go to the landlord or are shut off.</Text>}
    </ActForm>
  );
}

function Unassigned({ location: { unassigned } }: { location: Location }) {
  if (unassigned.length === 0) return null;
  return (
    <Section title="Days that were nobody’s">
      {unassigned.map((days) => (
        <Text key={`${days.serviceCode} ${days.position} ${days.from}`} size="sm">
          {days.serviceCode}: {day(days.from)} to {days.isOpen ? 'now' : day(days.through)}
          {days.usage && `, ${days.usage} ${days.unit ?? ''} ran`}
          {days.warnings.map((warning) => ` ${warning}`)}
        </Text>
      ))}
    </Section>
  );
}
