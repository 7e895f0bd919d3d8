import { Button, List, Modal, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { client, sent, type Schema } from '../api/client';
import { useAct } from '../kit/act';
import { DateInput } from '../kit/date-input';
import { ProblemSummary, faultAt, fieldId } from '../kit/problem-summary';

type Case = Schema<'CaseDetail'>;

/** What canceling a case undoes, said before it is done. */
const UNDONE: Partial<Record<Case['type'], string[]>> = {
  MOVE_OUT: [
    'The customer stays: services whose stop was scheduled go on.',
    'Open service orders are canceled, and a drafted final bill is dropped.',
    'If the landlord already has the service, it goes back to the customer. Not possible once a new tenant has it.',
  ],
  ONBOARD: [
    'The account and its services are canceled; the customer number is not used again.',
    'Open service orders and asked deposits are canceled; a paid deposit has to be refunded.',
  ],
  VACANCY: ['Nobody is asked any more what becomes of the place; open questions are closed.'],
};

/** Canceling a case and moving its dates. */
export function CaseActions({ theCase }: { theCase: Case }) {
  const [asked, setAsked] = useState<'cancel' | 'reschedule' | null>(null);
  if (theCase.closedAt || !UNDONE[theCase.type]) return null;
  const close = () => setAsked(null);
  return (
    <>
      {theCase.type !== 'VACANCY' && (
        <Button variant="default" onClick={() => setAsked('reschedule')}>
          Change the date
        </Button>
      )}
      <Button variant="default" color="red" onClick={() => setAsked('cancel')}>
        Cancel the case
      </Button>
      <Modal opened={asked === 'cancel'} onClose={close} title="Cancel the case" size="lg">
        <Cancel theCase={theCase} onDone={close} />
      </Modal>
      <Modal opened={asked === 'reschedule'} onClose={close} title="Change the date" size="lg">
        <Reschedule theCase={theCase} onDone={close} />
      </Modal>
    </>
  );
}

function Cancel({ theCase, onDone }: { theCase: Case; onDone: () => void }) {
  const [reason, setReason] = useState('');
  const params = { path: { caseId: theCase.caseId } };
  const cancel = useAct(
    () => sent(client.POST('/cases/{caseId}/cancel', { params, body: { reason: reason.trim() } })),
    { quiet: true, done: 'The case is canceled', after: onDone },
  );
  return (
    <>
      <ProblemSummary error={cancel.error} />
      <Text mb="xs">This will be undone:</Text>
      <List size="sm" mb="md">
        {UNDONE[theCase.type]?.map((what) => (
          <List.Item key={what}>{what}</List.Item>
        ))}
      </List>
      <Textarea
        id={fieldId('#/reason')}
        label="Reason"
        error={faultAt(cancel.error, '#/reason')}
        autosize
        minRows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button color="red" mt="md" loading={cancel.isPending} onClick={() => cancel.mutate(undefined)}>
        Cancel the case
      </Button>
    </>
  );
}

function Reschedule({ theCase, onDone }: { theCase: Case; onDone: () => void }) {
  const isMoveOut = theCase.type === 'MOVE_OUT';
  const [typed, setTyped] = useState({ date: '', vacate: '' });
  const [reason, setReason] = useState('');
  const [dates, setDates] = useState<{ date: string | null; vacate: string | null }>({ date: null, vacate: null });
  const params = { path: { caseId: theCase.caseId } };
  const reschedule = useAct(
    () => {
      const { date, vacate } = dates;
      const given = isMoveOut
        ? { stopDate: date ?? undefined, vacateDate: vacate ?? undefined }
        : { startDate: date ?? undefined };
      return sent(client.POST('/cases/{caseId}/reschedule', { params, body: { ...given, reason: reason.trim() } }));
    },
    { quiet: true, done: 'The date is changed', after: onDone },
  );
  return (
    <>
      <ProblemSummary error={reschedule.error} />
      <DateInput
        id={fieldId(isMoveOut ? '#/stopDate' : '#/startDate')}
        label={isMoveOut ? 'Service stops on' : 'Service starts on'}
        error={faultAt(reschedule.error, isMoveOut ? '#/stopDate' : '#/startDate')}
        value={typed.date}
        onChange={(value, date) => {
          setTyped({ ...typed, date: value });
          setDates({ ...dates, date });
        }}
      />
      {isMoveOut && (
        <DateInput
          mt="sm"
          id={fieldId('#/vacateDate')}
          label="Moves out on (optional)"
          error={faultAt(reschedule.error, '#/vacateDate')}
          value={typed.vacate}
          onChange={(value, date) => {
            setTyped({ ...typed, vacate: value });
            setDates({ ...dates, vacate: date });
          }}
        />
      )}
      <Textarea
        mt="sm"
        id={fieldId('#/reason')}
        label="Reason"
        error={faultAt(reschedule.error, '#/reason')}
        autosize
        minRows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Text size="sm" mt="md">
        {isMoveOut
          ? 'Open service orders are cut anew for the new day; a final bill that was drafted is drafted again.'
          : 'Orders and conditions follow the new date.'}
      </Text>
      <Button mt="md" loading={reschedule.isPending} onClick={() => reschedule.mutate(undefined)}>
        Change the date
      </Button>
    </>
  );
}
