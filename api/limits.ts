import { ANSWER_WITHIN_MS } from '../carry-out/ask-case';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Every number that bounds what a caller can do; times in milliseconds of real time. */
export const LIMITS = {
  bodySize: '100kb',
  /** How deep lists and objects of a body may lie in each other: a rate's figures may without end. */
  bodyDepth: 50,
  /** A chunk of a feed. */
  chunkSize: '2mb',
  feedRows: 500,
  /** How many places one request may make or change landlord agreements of. */
  agreementsAtOnce: 500,
  ledgerDays: 366,
  reportDays: 366,
  statementDays: 3_660,
  idempotencyKeyLength: 255,
  page: { default: 25, max: 100 },

  session: { lifeMs: 12 * HOUR, idleMs: 60 * MINUTE, consoleIdleMs: 15 * MINUTE, touchEveryMs: MINUTE },
  signIn: { triesBeforeLock: 5, lockMs: 15 * MINUTE, perAddress: 60, windowMs: MINUTE },
  writes: { perUser: 1200, windowMs: MINUTE },

  /** Streams of changes: how many one may have open, how often they are looked after, and how far behind they may fall. */
  events: {
    perUser: 10,
    pollMs: SECOND,
    beatMs: 15 * SECOND,
    checkMs: 30 * SECOND,
    retrySeconds: 3,
    mostBehind: 1000,
    mostUnread: 256_000,
  },

  /** How long a request waits for the verdict of a case before it answers 202. */
  answerWithinMs: ANSWER_WITHIN_MS,
  /** How long a request looks whether Temporal has taken what it was asked. */
  lookWithinMs: 1.5 * SECOND,
  readyWithinMs: 2 * SECOND,
  retryAfterSeconds: 2,
  /** How many tasks one request may approve, and how many of them ask their cases at once. */
  decisionsPerRequest: 25,
  decisionsAtOnce: 8,
  /** How many cases are signaled at once when the clock advances. */
  signalsAtOnce: 20,
};

export type Limits = typeof LIMITS;
