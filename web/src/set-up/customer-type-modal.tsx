import { Button, Checkbox, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { api, client, sent } from '../api/client';
import { fieldId, faultAt, ProblemSummary } from '../kit/problem-summary';
import { useHolds } from '../session/session';

interface CustomerTypeModalProps {
  opened: boolean;
  onClose: () => void;
  onAdded: (code: string) => void;
}

/** Adds a customer type without leaving the form (row S4): it is in the list, and chosen, at once. */
export function CustomerTypeModal({ opened, onClose, onAdded }: CustomerTypeModalProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Add a customer type" centered>
      <TypeForm
        onDone={(code) => {
          onAdded(code);
          onClose();
        }}
      />
    </Modal>
  );
}

function TypeForm({ onDone }: { onDone: (code: string) => void }) {
  const cache = useQueryClient();
  const classes = api.useQuery('get', '/rate-classes').data?.data ?? [];
  // What customers of a type are let off is no clerk's to say.
  const mayLetOff = useHolds()('supervisor', 'admin');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const percent = text('depositPercent');
    setBusy(true);
    setError(null);
    try {
      const { code } = await sent(
        client.POST('/customer-types', {
          body: {
            ...{ code: text('code'), name: text('name'), rateClass: text('rateClass') || null, billCycle: null },
            ...{ depositPercent: percent === '' ? 100 : Number(percent), inUse: true },
            ...{ taxExempt: form.has('taxExempt'), penaltyExempt: form.has('penaltyExempt') },
          },
        }),
      );
      await cache.invalidateQueries({ queryKey: ['get', '/customer-types'] });
      onDone(code);
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  }

  const field = (name: string) => ({ name, id: fieldId(`#/${name}`), error: faultAt(error, `#/${name}`) });
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <ProblemSummary error={error} />
      <Stack gap="sm">
        <TextInput {...field('name')} label="Name" placeholder="Senior citizen" data-autofocus autoComplete="off" />
        <TextInput
          {...field('code')}
          label="Code"
          description="Letters, digits, hyphens"
          placeholder="SENIOR"
          autoComplete="off"
        />
        <NativeSelect
          {...field('rateClass')}
          label="Rate class"
          data={[{ value: '', label: 'None' }, ...classes.map(({ code, name }) => ({ value: code, label: name }))]}
        />
        {mayLetOff ? (
          <>
            <TextInput
              {...field('depositPercent')}
              label="Deposit, in percent of what is usual"
              defaultValue="100"
              inputMode="numeric"
            />
            <Checkbox name="taxExempt" label="Exempt from tax" />
            <Checkbox name="penaltyExempt" label="Exempt from penalties" />
          </>
        ) : (
          <Text size="sm" c="dimmed">
            It pays what is usual. A supervisor may change its deposit and its exemptions under Organization.
          </Text>
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={busy}>
            Add this customer type
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
