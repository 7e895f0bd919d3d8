import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';
import { encodeSearchAttributeIndexedValueType } from '@temporalio/common/lib/search-attributes';
import { SEARCH_ATTRIBUTES } from '../../contract/search-attributes';

const TYPES = { Keyword: 'KEYWORD', KeywordList: 'KEYWORD_LIST', Datetime: 'DATETIME' } as const;
const VISIBLE_WITHIN_MS = 60_000;
const POLL_MS = 200;

/** Registers the search attributes that a namespace lacks, and waits until it lists them. Returns how many were new. */
export async function ensureSearchAttributes(connection: Connection, namespace: string): Promise<number> {
  const missing = await missingIn(connection, namespace);
  if (missing.length === 0) return 0;
  let refusal: unknown;
  try {
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: Object.fromEntries(missing) });
  } catch (error) {
    // Another process may have registered them meanwhile; what counts is what the namespace lists in the end.
    refusal = error;
  }
  const deadline = Date.now() + (refusal ? 0 : VISIBLE_WITHIN_MS);
  for (;;) {
    const left = await missingIn(connection, namespace);
    if (left.length === 0) return missing.length;
    if (Date.now() >= deadline) throw notRegistered(namespace, left, refusal);
    await sleep(POLL_MS);
  }
}

async function missingIn(connection: Connection, namespace: string) {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return Object.entries(SEARCH_ATTRIBUTES).flatMap(([name, type]) => {
    const wanted = encodeSearchAttributeIndexedValueType(TYPES[type])!;
    const found = customAttributes[name];
    if (found === undefined) return [[name, wanted] as const];
    if (found === wanted) return [];
    throw new Error(`Namespace ${namespace} has a search attribute ${name} that is not a ${type}`);
  });
}

function notRegistered(namespace: string, left: (readonly [string, number])[], cause: unknown): Error {
  const names = left.map(([name]) => name).join(', ');
  return new Error(`Namespace ${namespace} has no search attributes ${names}, and they could not be registered`, {
    cause,
  });
}
