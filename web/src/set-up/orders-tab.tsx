import { Alert, Button, Group, NativeSelect, Text } from '@mantine/core';
import { fieldId } from '../kit/problem-summary';
import type { OrderLine } from './content';
import { useDesk } from './desk';
import { ChoiceField, DateField, NotesField, TextField, TickField } from './fields';
import { Section } from './section';
import classes from './set-up.module.css';
import { useNameOf } from './use-services';

const TYPES = [
  { value: 'TURN_ON', label: 'Turn on' },
  { value: 'READ_IN', label: 'Read in' },
  { value: 'RECONNECT', label: 'Reconnect' },
];

/** What the field is to do before service starts (row S15). */
export function OrdersTab() {
  const { content, set } = useDesk();
  const [first] = content.services;
  const orders = content.serviceOrders;
  const add = () => {
    if (!first) return;
    const { serviceCode, position } = first;
    const order: OrderLine = { serviceCode, position, type: 'TURN_ON', dueOn: null, notes: null, gating: true };
    set('#/serviceOrders', [...orders, order]);
  };
  return (
    <Section title="Service orders">
      {orders.length === 0 && <Text size="sm">No order: nobody has to go to the place for this customer.</Text>}
      {orders.map((_, i) => (
        <OneOrder key={i} i={i} />
      ))}
      {first ? (
        <div>
          <Button variant="default" onClick={add}>
            Add a service order
          </Button>
        </div>
      ) : (
        <Text size="sm">Tick a billing service first: an order is about a service.</Text>
      )}
    </Section>
  );
}

function OneOrder({ i }: { i: number }) {
  const { content, change, set, problemAt } = useDesk();
  const nameOf = useNameOf();
  const at = `#/serviceOrders/${i}`;
  const order = content.serviceOrders[i];
  if (!order) return null;
  const points = content.services.map(({ serviceCode, position }) => ({ serviceCode, position }));
  const keyOf = (point: { serviceCode: string; position: number }) => `${point.serviceCode}/${point.position}`;
  const error = problemAt(at);
  return (
    <div className={classes.line} id={fieldId(at)} tabIndex={-1} role="group" aria-label={`Service order ${i + 1}`}>
      {error && (
        <Alert color="red" mb="xs">
          {error}
        </Alert>
      )}
      <Group justify="space-between" mb={4}>
        <Text fw={600}>Order {i + 1}</Text>
        <Button
          size="compact-sm"
          variant="subtle"
          aria-label={`Remove service order ${i + 1}`}
          onClick={() =>
            set(
              '#/serviceOrders',
              content.serviceOrders.filter((_, other) => other !== i),
            )
          }
        >
          Remove
        </Button>
      </Group>
      <div className={classes.fields}>
        <ChoiceField at={`${at}/type`} label="What is to be done" of={TYPES} />
        <NativeSelect
          label="Service"
          data={points.map((point) => ({ value: keyOf(point), label: nameOf(point) }))}
          value={keyOf(order)}
          onChange={({ currentTarget }) => {
            const point = points.find((each) => keyOf(each) === currentTarget.value);
            if (point)
              change((form) => ({
                ...form,
                serviceOrders: form.serviceOrders.map((each, other) => (other === i ? { ...each, ...point } : each)),
              }));
          }}
        />
        <DateField at={`${at}/dueOn`} label="Due" placeholder="By the start" nullable />
        <TextField at={`${at}/assignee`} label="Who goes (user name)" placeholder="Anybody" nullable />
      </div>
      <Group mt="xs" align="flex-start">
        <div style={{ flex: '1 1 260px' }}>
          <NotesField at={`${at}/notes`} label="Notes for the field" />
        </div>
        <div style={{ paddingTop: 26 }}>
          <TickField at={`${at}/gating`} label="Service starts only when this is done" />
        </div>
      </Group>
    </div>
  );
}
