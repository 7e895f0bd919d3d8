import { Alert, Button, Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { api, type Schema } from '../../api/client';
import { day, words } from '../../kit/format';
import { Status } from '../../kit/status';

interface Subject {
  servicePointIds: number[];
  draftId?: string;
  shutOffOn?: string;
}

/** The services that have to go somewhere, and for a new tenant the form that is filled already. */
export function VacancyEvidence({ task }: { task: Schema<'TaskDetail'> }) {
  const { servicePointIds, draftId, shutOffOn } = task.subject as unknown as Subject;
  const { data } = api.useSuspenseQuery('get', '/cases/{caseId}', { params: { path: { caseId: task.caseId } } });
  const lines = 'vacancyLines' in data ? data.vacancyLines : [];
  return (
    <>
      {draftId && (
        <Alert title="Is there a new tenant?" mb="md">
          The form is filled with the place, its services and meters from the customer who leaves. Saving it answers
          this task.
          <br />
          <Button mt="sm" renderRoot={(props) => <Link to={`/set-up/${draftId}` as '/'} {...props} />}>
            Yes: set up the new tenant
          </Button>
        </Alert>
      )}
      {shutOffOn && (
        <Alert color="yellow" mb="md">
          The supply is turned off on {day(shutOffOn)}. Somebody may live there: a shut-off is never done by a deadline.
        </Alert>
      )}
      <Table aria-label="Services">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Service</Table.Th>
            <Table.Th>Chosen so far</Table.Th>
            <Table.Th>Because</Table.Th>
            <Table.Th>State</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines
            .filter(({ servicePointId }) => servicePointIds.includes(servicePointId))
            .map((line) => (
              <Table.Tr key={line.servicePointId}>
                <Table.Td>{words(line.serviceCode)}</Table.Td>
                <Table.Td>{words(line.choice)}</Table.Td>
                <Table.Td>{words(line.reason)}</Table.Td>
                <Table.Td>
                  <Status code={line.status} />
                </Table.Td>
              </Table.Tr>
            ))}
        </Table.Tbody>
      </Table>
    </>
  );
}
