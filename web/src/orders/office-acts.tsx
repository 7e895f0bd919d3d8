import { useState } from 'react';
import { client, sent, type Schema } from '../api/client';
import { ActForm, check, Opens } from '../kit/act-form';
import { useToday } from '../kit/clock';
import { DateInput } from '../kit/date-input';
import { useForEditing } from '../kit/editing';
import { Field } from '../kit/field';
import { civilDateOf, day, decimal, usDate } from '../kit/format';
import { PersonSelect } from '../kit/person-select';
import { fieldId, faultAt } from '../kit/problem-summary';
import { useHolds } from '../session/session';
import { canBePlanned, isOpen } from './order-words';

type Order = Schema<'ServiceOrderDetail'>;

/** What the office does with an order: plans it, takes the customer's own read, cancels it. */
export function OfficeActs({ order }: { order: Order }) {
  const holds = useHolds();
  const { orderNumber } = order;
  return (
    <>
      {canBePlanned(order) && (
        <Opens label="Plan" title="Plan the order">
          {(close) => <Plan orderNumber={orderNumber} onDone={close} />}
        </Opens>
      )}
      {holds('clerk') && isOpen(order) && order.type === 'READ_OUT' && order.meter && (
        <Opens label="Enter a customer’s read">{(close) => <CustomersRead order={order} onDone={close} />}</Opens>
      )}
      {canBePlanned(order) && (
        <Opens label="Cancel the order" color="red" variant="light">
          {(close) => <Cancel orderNumber={orderNumber} onDone={close} />}
        </Opens>
      )}
    </>
  );
}

interface FormProps {
  orderNumber: string;
  onDone: () => void;
}

function Plan({ orderNumber, onDone }: FormProps) {
  const path = { orderNumber };
  const { body: order, etag } = useForEditing(orderNumber, () =>
    client.GET('/service-orders/{orderNumber}', { params: { path } }),
  );
  const [due, setDue] = useState(usDate(order.dueOn));
  const [assignee, setAssignee] = useState(order.assignee?.username ?? null);
  const [notes, setNotes] = useState(order.notes ?? '');
  return (
    <ActForm
      submit="Save the plan"
      done="The order is planned"
      onDone={onDone}
      act={() => {
        const dueOn = civilDateOf(due) ?? '';
        check({ '#/dueOn': !dueOn && 'Give the day on which it is due' });
        const params = { path, header: { 'If-Match': etag } };
        const body = { dueOn, assignee, notes: notes.trim() || null };
        return sent(client.PATCH('/service-orders/{orderNumber}', { params, body }));
      }}
    >
      {(error) => (
        <>
          <DateInput
            id={fieldId('#/dueOn')}
            label="Due"
            value={due}
            onChange={setDue}
            error={faultAt(error, '#/dueOn')}
          />
          <PersonSelect label="Assigned to" role="field" value={assignee} onChange={setAssignee} maw={320} />
          <Field at="#/notes" error={error} label="Notes for the field (optional)" value={notes} onChange={setNotes} />
        </>
      )}
    </ActForm>
  );
}

function Cancel({ orderNumber, onDone }: FormProps) {
  const [reason, setReason] = useState('');
  return (
    <ActForm
      submit="Cancel the order"
      color="red"
      done="The order is canceled"
      onDone={onDone}
      act={() => {
        check({ '#/reason': !reason.trim() && 'Say why it is not needed' });
        const params = { path: { orderNumber } };
        return sent(client.POST('/service-orders/{orderNumber}/cancel', { params, body: { reason: reason.trim() } }));
      }}
    >
      {(error) => (
        <Field at="#/reason" error={error} label="Why is it not needed?" value={reason} onChange={setReason} />
      )}
    </ActForm>
  );
}

function CustomersRead({ order, onDone }: { order: Order; onDone: () => void }) {
  const today = useToday();
  const [value, setValue] = useState('');
  const [on, setOn] = useState(usDate(order.dueOn < today ? order.dueOn : today));
  return (
    <ActForm
      submit="Enter the customer’s read"
      done="The read is entered"
      onDone={onDone}
      act={() => {
        const readAt = civilDateOf(on) ?? '';
        check({ '#/value': !value.trim() && 'Give what the meter shows', '#/readAt': !readAt && 'Give the day' });
        const params = { path: { orderNumber: order.orderNumber } };
        const body = { value: value.trim(), readAt };
        return sent(client.POST('/service-orders/{orderNumber}/customer-read', { params, body }));
      }}
    >
      {(error) => (
        <>
          <Field
            at="#/value"
            error={error}
            label={`What the customer read on meter ${order.meter?.serial}`}
            {...(order.meter?.lastRead && {
              description: `Last read ${decimal(order.meter.lastRead.value)} on ${day(order.meter.lastRead.readOn)}`,
            })}
            inputMode="decimal"
            value={value}
            onChange={setValue}
          />
          <DateInput
            id={fieldId('#/readAt')}
            label="Read on"
            value={on}
            onChange={setOn}
            error={faultAt(error, '#/readAt')}
          />
        </>
      )}
    </ActForm>
  );
}
