import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { centsOf, civilDateOf } from '../kit/format';
import { fieldId } from '../kit/problem-summary';
import { useDesk } from './desk';

interface FieldProps {
  /** The place in the form (JSON pointer). */
  at: string;
  label: string;
  description?: ReactNode;
  /** For what stands in a table: the label is heard, not seen. */
  hideLabel?: boolean;
  w?: number | string;
  autoFocus?: boolean;
  placeholder?: string;
}

/** What every field of the form has: its id, its value, the problem beside it. */
function useField({ at, label, description, hideLabel, w, autoFocus, placeholder }: FieldProps) {
  const { at: valueAt, problemAt, enter, leave } = useDesk();
  const value = valueAt(at);
  return {
    value: typeof value === 'string' || typeof value === 'number' ? String(value) : '',
    props: {
      ...{ id: fieldId(at), description, w, placeholder, error: problemAt(at) },
      ...(hideLabel ? { 'aria-label': label } : { label }),
      ...(autoFocus && { autoFocus: true, 'data-autofocus': true }),
      autoComplete: 'off',
      onFocus: () => enter(at),
      onBlur: () => leave(at),
    },
  };
}

/** A text. `nullable`: left empty it is nothing, not an empty text; `onText` writes it where it is more than itself. */
export function TextField({
  nullable = false,
  onText,
  ...field
}: FieldProps & { nullable?: boolean; onText?: (text: string) => void }) {
  const { set } = useDesk();
  const { value, props } = useField(field);
  const write = onText ?? ((text: string) => set(field.at, nullable && !text ? null : text));
  return <TextInput {...props} value={value} onChange={({ currentTarget }) => write(currentTarget.value)} />;
}

/** A text of several lines; left empty it is nothing. */
export function NotesField(field: FieldProps) {
  const { set } = useDesk();
  const { value, props } = useField(field);
  return (
    <Textarea
      {...props}
      autosize
      value={value}
      onChange={({ currentTarget }) => set(field.at, currentTarget.value || null)}
    />
  );
}

/** A text that stands for something else: as long as it is none, the form has the text itself. */
function TypedField({
  read,
  show,
  ...field
}: FieldProps & { read: (text: string) => unknown; show: (value: unknown) => string }) {
  const { set, at } = useDesk();
  const { props } = useField(field);
  const stored = at(field.at);
  const [typed, setTyped] = useState<{ text: string; stored: unknown } | null>(null);
  // What was changed elsewhere, as by a copy, shows at once.
  const text = typed && typed.stored === stored ? typed.text : show(stored);
  return (
    <TextInput
      {...props}
      value={text}
      onChange={({ currentTarget: { value } }) => {
        const next = read(value);
        setTyped({ text: value, stored: next });
        set(field.at, next);
      }}
      onBlur={() => {
        setTyped(null);
        props.onBlur();
      }}
    />
  );
}

const usDate = (value: unknown): string =>
  typeof value === 'string' ? value.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$2/$3/$1') : '';

/** A date, as people type it. `nullable`: it may be left empty. */
export function DateField({ nullable = false, ...field }: FieldProps & { nullable?: boolean }) {
  const read = (text: string) => civilDateOf(text) ?? (nullable && !text ? null : text);
  return <TypedField placeholder="MM/DD/YYYY" {...field} read={read} show={usDate} />;
}

/** A sum of money, as people type it. */
export function MoneyField(field: FieldProps) {
  const show = (value: unknown) =>
    typeof value === 'number' ? (value / 100).toFixed(2) : typeof value === 'string' ? value : '';
  return <TypedField {...field} read={(text) => centsOf(text) ?? text} show={show} />;
}

/** A whole number. */
export function CountField(field: FieldProps) {
  const show = (value: unknown) => (typeof value === 'number' || typeof value === 'string' ? String(value) : '');
  return <TypedField {...field} read={(text) => (/^\d{1,6}$/.test(text.trim()) ? Number(text) : text)} show={show} />;
}

/** One of a list. `none` names the choice of nothing. */
export function ChoiceField({
  of,
  none,
  onChosen,
  ...field
}: FieldProps & { of: { value: string; label: string }[]; none?: string; onChosen?: (value: string | null) => void }) {
  const { set } = useDesk();
  const { value, props } = useField(field);
  const known = value === '' || of.some((each) => each.value === value);
  return (
    <NativeSelect
      {...props}
      data={[...(none ? [{ value: '', label: none }] : []), ...of, ...(known ? [] : [{ value, label: value }])]}
      value={value}
      onChange={({ currentTarget }) => {
        const chosen = currentTarget.value || null;
        set(field.at, chosen);
        onChosen?.(chosen);
      }}
    />
  );
}

/** Yes or no. */
export function TickField({ at, label, description }: FieldProps) {
  const { set, at: valueAt, problemAt } = useDesk();
  return (
    <Checkbox
      id={fieldId(at)}
      label={label}
      description={description}
      error={problemAt(at)}
      checked={valueAt(at) === true}
      onChange={({ currentTarget }) => set(at, currentTarget.checked)}
    />
  );
}
