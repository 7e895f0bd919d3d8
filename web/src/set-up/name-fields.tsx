import { Button, Fieldset, SegmentedControl, Stack, Text } from '@mantine/core';
import { fieldId } from '../kit/problem-summary';
import type { TypedName, TypedPerson } from './content';
import { useDesk } from './desk';
import { TextField } from './fields';
import classes from './set-up.module.css';

const AT = '#/customer/name';
const NO_PERSON: TypedPerson = { prefix: null, first: null, middle: null, last: null, suffix: null };

type Kind = 'line' | 'person' | 'organization';
const kindOf = (name: TypedName): Kind =>
  'line' in name ? 'line' : 'organization' in name ? 'organization' : 'person';

/** The name in one line, with the parts that it is taken for below; or Name Details, or an organization (row S3). */
export function NameFields({ autoFocus }: { autoFocus: boolean }) {
  const { at, set, computed } = useDesk();
  const name = (at(AT) ?? { line: '' }) as TypedName;
  const split = computed?.name ?? null;

  function show(kind: Kind) {
    const line = lineOf(name);
    if (kind === 'line') return set(AT, { line });
    if (kind === 'organization') return set(AT, { organization: line });
    const { kind: _kind, ...parts } = split?.kind === 'PERSON' ? split : { ...NO_PERSON, kind: 'PERSON', last: line };
    set(AT, parts);
  }

  return (
    <Stack gap="xs" id={fieldId(AT)}>
      <SegmentedControl
        aria-label="How the name is given"
        value={kindOf(name)}
        onChange={(kind) => show(kind as Kind)}
        data={[
          { value: 'line', label: 'One line' },
          { value: 'person', label: 'Name Details' },
          { value: 'organization', label: 'Organization' },
        ]}
      />
      {'line' in name && (
        <>
          <TextField at={`${AT}/line`} label="Name" autoFocus={autoFocus} />
          <TakenFor />
        </>
      )}
      {'organization' in name && <TextField at={`${AT}/organization`} label="Name of the organization" />}
      {!('line' in name) && !('organization' in name) && (
        <>
          <PersonFields at={AT} />
          {name.second ? (
            <Fieldset legend="Second person">
              <PersonFields at={`${AT}/second`} />
              <Button mt="xs" size="compact-sm" variant="default" onClick={() => set(`${AT}/second`, null)}>
                Remove the second person
              </Button>
            </Fieldset>
          ) : (
            <div>
              <Button size="compact-sm" variant="default" onClick={() => set(`${AT}/second`, NO_PERSON)}>
                Add a second person
              </Button>
            </div>
          )}
        </>
      )}
    </Stack>
  );
}

function PersonFields({ at }: { at: string }) {
  return (
    <div className={classes.fields}>
      <TextField at={`${at}/prefix`} label="Prefix" nullable />
      <TextField at={`${at}/first`} label="First" nullable />
      <TextField at={`${at}/middle`} label="Middle" nullable />
      <TextField at={`${at}/last`} label="Last" nullable />
      <TextField at={`${at}/suffix`} label="Suffix" nullable />
    </div>
  );
}

/** How a name in one line is split, so that the clerk can correct it. */
function TakenFor() {
  const split = useDesk().computed?.name;
  if (!split) return null;
  const parts =
    split.kind === 'ORGANIZATION'
      ? `an organization, ${split.organization}`
      : [personIn(split), split.second && personIn(split.second)].filter(Boolean).join(' and ');
  return (
    <Text size="sm" c="dimmed" data-testid="taken-for">
      Taken for: {parts} (correct it under Name Details or Organization)
    </Text>
  );
}

const LABELS = ['prefix', 'first', 'middle', 'last', 'suffix'] as const;
const personIn = (person: TypedPerson): string =>
  LABELS.flatMap((part) => (person[part] ? [`${part} ${person[part]}`] : [])).join(', ');

function lineOf(name: TypedName): string {
  if ('line' in name) return name.line;
  if ('organization' in name) return name.organization;
  return LABELS.flatMap((part) => name[part] ?? []).join(' ');
}
