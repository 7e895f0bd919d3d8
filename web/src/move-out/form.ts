import type { Schema } from '../api/client';
import { civilDateOf, usDate } from '../kit/format';

/** The move-out form as it was typed. */
export interface MoveOutForm {
  stop: string;
  vacate: string;
  reason: NonNullable<Schema<'MoveOutRequest'>['stopReason']>;
  forwards: boolean;
  line1: string;
  line2: string;
  city: string;
  state: string;
  postalCode: string;
  newTenant: Schema<'MoveOutRequest'>['newTenant'] | null;
  /** What each meter shows, by meter id. */
  reads: Record<number, string>;
  reverseLaterBills: boolean;
}

/** A form for a stop on this day. */
export const emptyForm = (today: string): MoveOutForm => ({
  stop: usDate(today),
  vacate: '',
  reason: 'CUSTOMER',
  forwards: true,
  line1: '',
  line2: '',
  city: '',
  state: '',
  postalCode: '',
  newTenant: null,
  reads: {},
  reverseLaterBills: false,
});

/** The forwarding address as the API takes it; null when the customer leaves none. */
function addressOf(form: MoveOutForm): Schema<'MoveOutRequest'>['forwardingAddress'] {
  if (!form.forwards) return null;
  const { line1, line2, city, state, postalCode } = form;
  return { line1, line2: line2 || null, city, state, postalCode };
}

/** What is missing before the server can be asked, with the field each belongs to. */
export function missing(form: MoveOutForm): { pointer: string; detail: string }[] {
  const lacks = [
    { pointer: '#/stopDate', detail: 'Give the day on which service stops', is: !civilDateOf(form.stop) },
    {
      ...{ pointer: '#/vacateDate', detail: 'Give the day on which they move out, for example 03/27/2026' },
      is: form.vacate !== '' && !civilDateOf(form.vacate),
    },
    {
      pointer: '#/forwardingAddress/line1',
      detail: 'Give the street of the new address',
      is: form.forwards && !form.line1,
    },
    {
      pointer: '#/forwardingAddress/city',
      detail: 'Give the city of the new address',
      is: form.forwards && !form.city,
    },
    { pointer: '#/newTenant', detail: 'Say whether there is a new tenant', is: form.newTenant === null },
  ];
  return lacks.filter(({ is }) => is).map(({ pointer, detail }) => ({ pointer, detail }));
}

/** The request that the form makes; only of one that lacks nothing. */
export function requestOf(form: MoveOutForm, accountNumber: string): Schema<'MoveOutRequest'> {
  const stopDate = civilDateOf(form.stop) ?? '';
  return {
    accountNumber,
    stopDate,
    vacateDate: civilDateOf(form.vacate) ?? stopDate,
    stopReason: form.reason,
    forwardingAddress: addressOf(form),
    newTenant: form.newTenant ?? 'UNKNOWN',
    ...(form.reverseLaterBills && { reverseLaterBills: true }),
  };
}
