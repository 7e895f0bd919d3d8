import { useQuery } from '@tanstack/react-query';
import { client, sent } from '../api/client';
import { contentOf, isAt, type Content, type ServiceLine } from './content';
import { useDesk } from './desk';

/** Which account a form is copied from, and whose it is. */
interface Source {
  customerName: string;
  customerNumber: string;
  form: Content;
}

/** What the form was copied from, to mark what came from there; null while it is unknown, or from scratch. */
export function useCopied(): Source | null {
  const { copiedFrom } = useDesk().content;
  const { data } = useQuery({
    queryKey: ['set-up', 'copied', copiedFrom],
    queryFn: () => sourceOf(copiedFrom ?? ''),
    enabled: copiedFrom !== null,
    staleTime: 60_000,
  });
  return copiedFrom === null ? null : (data ?? null);
}

async function sourceOf(accountNumber: string): Promise<Source> {
  const account = await sent(client.GET('/accounts/{accountNumber}', { params: { path: { accountNumber } } }));
  const { customerNumber, displayName: customerName } = account.customer;
  const form = await copyOf(customerNumber, account.location.locationNumber);
  return { customerNumber, customerName, form };
}

/** The form that copying from a customer at a place gives. */
export async function copyOf(customerNumber: string, locationNumber: string): Promise<Content> {
  const request = { params: { path: { customerNumber }, query: { locationNumber } } };
  const { form } = await sent(client.GET('/customers/{customerNumber}/copy', request));
  return contentOf(form);
}

const TERMS = ['rateCode', 'quantity', 'units', 'frequency', 'connectDate'] as const;

/** Whether a billing service stands as it was copied. */
export function markOf(line: ServiceLine, source: Source | null): 'COPIED' | 'CHANGED' | null {
  const copied = source?.form.services.find((each) => isAt(each, line));
  if (!copied) return null;
  return TERMS.every((term) => copied[term] === line[term]) ? 'COPIED' : 'CHANGED';
}
