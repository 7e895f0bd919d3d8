import { Button, Group, Stack } from '@mantine/core';
import { useDesk } from './desk';
import { ChoiceField, TextField } from './fields';

type Line = { value: string; purpose: string | null };

const PURPOSES = { phones: ['Mobile', 'Home', 'Work'], emails: ['Home', 'Work', 'Bills'] };
const WORDS = {
  phones: { title: 'Telephone', add: 'Add another telephone number' },
  emails: { title: 'E-mail', add: 'Add another e-mail address' },
};

/** Telephone numbers or e-mail addresses (row S5): one line is there to be typed in; left empty there is none. */
export function ContactFields({ of }: { of: 'phones' | 'emails' }) {
  const { at, set } = useDesk();
  const list = `#/customer/${of}`;
  const given = (at(list) ?? []) as Line[];
  const lines = given.length > 0 ? given : [{ value: '', purpose: null }];
  const { title, add } = WORDS[of];

  function write(i: number, value: string) {
    const next = lines.map((line, other) => (other === i ? { ...line, value } : line));
    set(list, next.length === 1 && !value ? [] : next);
  }

  return (
    <Stack gap="xs">
      {lines.map((_, i) => (
        <Group key={i} gap="xs" align="flex-start" wrap="nowrap">
          <div style={{ flex: 1 }}>
            <TextField
              at={`${list}/${i}/value`}
              label={lines.length > 1 ? `${title} ${i + 1}` : title}
              onText={(text) => write(i, text)}
            />
          </div>
          {given.length > 0 && (
            <ChoiceField
              at={`${list}/${i}/purpose`}
              label="For"
              none="Any"
              w={100}
              of={PURPOSES[of].map((value) => ({ value, label: value }))}
            />
          )}
          {given.length > 1 && (
            <Button
              mt={25}
              px={8}
              variant="subtle"
              aria-label={`Remove ${title.toLowerCase()} ${i + 1}`}
              onClick={() =>
                set(
                  list,
                  given.filter((_each, other) => other !== i),
                )
              }
            >
              Remove
            </Button>
          )}
        </Group>
      ))}
      {given.length > 0 && (
        <div>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => set(list, [...given, { value: '', purpose: null }])}
          >
            {add}
          </Button>
        </div>
      )}
    </Stack>
  );
}
