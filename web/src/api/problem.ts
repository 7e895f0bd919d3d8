import type { components } from '../../generated/api';

type Body = components['schemas']['Problem'];

/** One thing that is wrong with what was sent: where (JSON pointer), by which rule, in words. */
export type Fault = Body['errors'][number];

/** An answer of the API that is no success (RFC 9457). */
export class Problem extends Error {
  readonly code: string;
  readonly faults: Fault[];
  /** Records that have to do with it, as the open case that stands in the way. */
  readonly details: Record<string, string>;
  readonly requestId: string | undefined;

  constructor(
    readonly status: number,
    body: Partial<Body>,
  ) {
    super(body.detail ?? body.title ?? 'The server could not do this');
    this.name = 'Problem';
    this.code = body.code ?? 'UNKNOWN';
    this.faults = body.errors ?? [];
    this.details = body.details ?? {};
    this.requestId = body.requestId;
  }

  /** Reads the problem that a response carries. */
  static async of(response: Response): Promise<Problem> {
    const body = (await response
      .clone()
      .json()
      .catch(() => ({}))) as Partial<Body>;
    return new Problem(response.status, body);
  }
}

/** What went wrong, in words for whoever looks. */
export function wordsOf(error: unknown): string {
  if (error instanceof TypeError) return 'The server does not answer. What you typed is still here: try again.';
  return error instanceof Error ? error.message : String(error);
}
