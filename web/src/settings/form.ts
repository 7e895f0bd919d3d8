import type { Schema } from '../api/client';
import { centsOf } from '../kit/format';
import type { Kind, SettingGroup } from './fields';

type Settings = Schema<'Settings'>;
type Field = SettingGroup['fields'][number];

/** What was typed for a setting: text, a tick, or some of several. */
export type Typed = string | boolean | string[];

/** Where a setting stands in what is sent (JSON pointer). */
export const pointerOf = ([group, path]: Field): string => ['#', group, ...path.split('.').filter(Boolean)].join('/');

/** A setting as it is typed. */
export function typedOf(settings: Settings, [group, path, , kind]: Field): Typed {
  const value = path
    .split('.')
    .filter(Boolean)
    .reduce<unknown>((within, part) => (within as Record<string, unknown> | undefined)?.[part], settings[group]);
  if (kind.is === 'flag') return value === true;
  if (kind.is === 'someOf') return (value as (string | number)[]).map(String);
  if (value === null || value === undefined) return '';
  return kind.is === 'cents' ? (Number(value) / 100).toFixed(2) : String(value as string | number);
}

/** What is wrong with what was typed, or false. */
export function faultOf(kind: Kind, typed: Typed): string | false {
  if (typeof typed !== 'string') return false;
  if (!typed.trim()) return 'empty' in kind && kind.empty ? false : kind.is !== 'oneOf' && 'Give a value';
  if (kind.is === 'int') return !/^\d+$/.test(typed.trim()) && `Give a whole number of ${kind.unit}`;
  return kind.is === 'cents' && centsOf(typed) === null && 'Give an amount, for example 25.00';
}

/** The groups of settings that were changed, each as a whole as the API takes them. */
export function patchOf(settings: Settings, fields: Field[], typed: Record<string, Typed>): Schema<'SettingsPatch'> {
  const patch: Record<string, unknown> = {};
  for (const field of fields) {
    const pointer = pointerOf(field);
    const now = typed[pointer];
    if (now === undefined || JSON.stringify(now) === JSON.stringify(typedOf(settings, field))) continue;
    const [group, path, , kind] = field;
    const value = valueOf(kind, now, group);
    const parts = path.split('.').filter(Boolean);
    const last = parts.pop();
    if (last === undefined) {
      patch[group] = value;
      continue;
    }
    patch[group] ??= structuredClone(settings[group]);
    let within = patch[group] as Record<string, unknown>;
    for (const part of parts) within = within[part] as Record<string, unknown>;
    // A kind of order without days of its own is left out.
    if (value === null && group === 'serviceOrders') delete within[last];
    else within[last] = value;
  }
  return patch;
}

function valueOf(kind: Kind, typed: Typed, group: string): unknown {
  if (typeof typed === 'boolean') return typed;
  if (Array.isArray(typed)) return group === 'officeHours' ? typed.map(Number).sort() : typed;
  if (!typed.trim()) return null;
  if (kind.is === 'int') return Number(typed);
  return kind.is === 'cents' ? centsOf(typed) : typed.trim();
}
