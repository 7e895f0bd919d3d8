import type { Refusal } from '../refusal';

/** The outcome of one check in a list that reports all problems; null when it holds. */
export type Problem = Refusal | null;

/** Null if the condition holds, else the refusal with its code, message and JSON pointer. */
export const problem = (holds: boolean, code: string, message: string, pointer: string): Problem =>
  holds ? null : { code, message, pointer };
