import { condition } from '@temporalio/workflow';
import type { ApplicationFailure } from '@temporalio/common';

/** A message that a person waits for an answer to: queued by its handler, answered by the story of the case. */
export class Pending<M, R> {
  #answer: { result: R } | { failure: ApplicationFailure } | undefined;

  constructor(readonly message: M) {}

  get isAnswered(): boolean {
    return this.#answer !== undefined;
  }

  settle(result: R): void {
    this.#answer ??= { result };
  }

  refuse(failure: ApplicationFailure): void {
    this.#answer ??= { failure };
  }

  /** What the handler returns: the result, or the refusal thrown. */
  async answered(): Promise<R> {
    await condition(() => this.isAnswered);
    const answer = this.#answer;
    if (answer && 'result' in answer) return answer.result;
    throw answer?.failure;
  }
}
