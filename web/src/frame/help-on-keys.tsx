import { Kbd, Modal, Table } from '@mantine/core';
import { useHolds } from '../session/session';
import { NAVIGATION } from './nav';

/** The list of all keys. */
export function HelpOnKeys({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const holds = useHolds();
  const places = NAVIGATION.flatMap((group) => group.places).filter(({ key, roles }) => key && holds(...roles));
  return (
    <Modal opened={opened} onClose={onClose} title="Keys" centered>
      <Table verticalSpacing={4}>
        <Table.Tbody>
          <Row keys={['Ctrl', 'K']} does="Find anything" />
          <Row keys={['?']} does="This list" />
          <Row keys={['Ctrl', 'S']} does="Save the form" />
          <Row keys={['Esc']} does="Close what is open" />
          <Row keys={['j', 'k']} does="Next, previous in a list" />
          <Row keys={['Enter']} does="Open what is marked in a list" />
          {places.map(({ key, label }) => (
            <Row key={label} keys={['g', key ?? '']} does={`Go to ${label}`} />
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}

function Row({ keys, does }: { keys: string[]; does: string }) {
  return (
    <Table.Tr>
      <Table.Td w={110}>
        {keys.map((key, i) => (
          <span key={key}>
            {i > 0 && ' '}
            <Kbd>{key}</Kbd>
          </span>
        ))}
      </Table.Td>
      <Table.Td>{does}</Table.Td>
    </Table.Tr>
  );
}
