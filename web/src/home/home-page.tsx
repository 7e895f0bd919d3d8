import { Button, Group, SimpleGrid, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { day } from '../kit/format';
import { api } from '../api/client';
import { linkTo } from '../kit/link-to';
import { Page } from '../kit/page';
import { useHolds, useMe } from '../session/session';
import { OfficeHome } from './office-home';

/** The first page: what waits for whoever has signed in. */
export function HomePage() {
  const me = useMe();
  const holds = useHolds();
  const { data: clock } = api.useSuspenseQuery('get', '/clock', {}, { staleTime: 60_000 });
  return (
    <Page
      title="Home"
      lead={`${me.displayName}, ${day(clock.today)}`}
      actions={
        holds('clerk', 'supervisor') && (
          <Group gap="xs">
            <Button renderRoot={(props) => <Link {...linkTo('/set-up')} {...props} />}>Setup new customer</Button>
            <Button variant="default" renderRoot={(props) => <Link to="/move-out" search={{}} {...props} />}>
              Move-out
            </Button>
          </Group>
        )
      }
    >
      {holds('clerk', 'supervisor') ? <OfficeHome /> : <OtherHome />}
    </Page>
  );
}

/** Where the other roles go from here. */
function OtherHome() {
  const holds = useHolds();
  const link = (to: string, label: string, text: string) => (
    <div>
      <Button variant="default" renderRoot={(props) => <Link {...linkTo(to)} {...props} />}>
        {label}
      </Button>
      <Text size="sm" c="dimmed" mt={4}>
        {text}
      </Text>
    </div>
  );
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="lg">
      {holds('field') && link('/orders', 'My service orders', 'What is to be read, turned on and turned off.')}
      {holds('operator') && link('/cases?status=INCIDENT', 'Cases in an incident', 'What does not go on by itself.')}
      {holds('operator') && link('/cases', 'All cases', 'How every case stands, with its page in the Temporal UI.')}
      {holds('admin') && link('/organization', 'Organization', 'Types, services, rates, people, holidays.')}
      {holds('admin') && link('/audit', 'Audit', 'Who did what and when, and every approval.')}
    </SimpleGrid>
  );
}
