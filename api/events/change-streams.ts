import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { RefusedError } from '../../db/errors';
import { changedRecords, newestChange, type ChangedRecord } from '../../db/reads/changed-records';
import { authenticate, type Credential } from '../authenticate';
import type { Actor, ApiDeps } from '../deps';
import { LIMITS } from '../limits';
import { loggable } from '../loggable';
import { changeOf } from './change-of';

/** Who listens, on what session, from which change on. */
export interface Listening {
  actor: Actor;
  credential: Credential;
  /** The id of the last event that the listener has; undefined for whoever wants what comes from now on. */
  after: number | undefined;
}

/** Streams of server-sent events that say which records changed. */
export interface ChangeStreams {
  /** Refuses with TOO_MANY_REQUESTS when this user has as many as one may. */
  open(listening: Listening): Promise<Readable>;
}

interface Stream extends Omit<Listening, 'after'> {
  out: Readable;
  /** Everything up to this change was told. */
  position: number;
  wroteAt: number;
  checkedAt: number;
}

/**
 * The streams of this process. Only while somebody listens, one loop asks the database what is new: a number each
 * second, and the records behind it when it has grown, however many listen. So every replica tells what all of them did.
 */
export function changeStreams(deps: Pick<ApiDeps, 'db' | 'logger' | 'limits' | 'stopping'>): ChangeStreams {
  const { db, logger, stopping } = deps;
  const limits = { ...LIMITS, ...deps.limits }.events;
  const streams = new Set<Stream>();
  let running = false;

  async function open({ actor, credential, after }: Listening): Promise<Readable> {
    const head = await newestChange(db);
    if ([...streams].filter((each) => each.actor.id === actor.id).length >= limits.perUser) {
      const message = `Up to ${limits.perUser} windows of one user may listen for changes`;
      throw new RefusedError({ code: 'TOO_MANY_REQUESTS', message }, { retryAfter: String(limits.retrySeconds) });
    }
    const now = Date.now();
    const out = new Readable({ read: () => undefined });
    const stream = { actor, credential, out, position: after ?? head, wroteAt: now, checkedAt: now };
    streams.add(stream);
    out.once('close', () => streams.delete(stream));
    write(stream, `retry: ${limits.retrySeconds * 1000}\nid: ${stream.position}`);
    if (stopping?.aborted) end(stream);
    else if (!running) void run();
    return out;
  }

  async function run(): Promise<void> {
    running = true;
    while (streams.size > 0) {
      await tried(round);
      // Apart, so that a session ends in time though its changes cannot be read.
      await tried(() => checkSessions());
      beat();
      await sleep(limits.pollMs, undefined, { signal: stopping, ref: false }).catch(() => streams.forEach(end));
    }
    running = false;
  }

  const tried = (act: () => Promise<void>): Promise<void> =>
    act().catch((error: unknown) => logger.warn({ err: loggable.err(error) }, 'changes could not be told'));

  async function round(): Promise<void> {
    const head = await newestChange(db);
    for (const stream of streams) if (isLost(stream.position, head)) reset(stream, head);
    const oldest = Math.min(head, ...[...streams].map(({ position }) => position));
    const records = oldest < head ? await changedRecords(db, oldest, head) : [];
    await checkSessions(usersIn(records));
    for (const stream of streams) tell(stream, records, head);
  }

  // Too far behind to be told one by one; or ahead, with the id of a database that was restored since.
  const isLost = (position: number, head: number): boolean => position > head || head - position > limits.mostBehind;

  function reset(stream: Stream, head: number): void {
    stream.position = head;
    write(stream, `id: ${head}\nevent: reset\ndata: {}`);
  }

  function tell(stream: Stream, records: readonly ChangedRecord[], head: number): void {
    // Whoever came while the records were read stands at a newer change than they go up to.
    if (stream.position >= head) return;
    const news = changeOf(
      records.filter(({ seq }) => seq > stream.position),
      stream.actor.roles,
    );
    stream.position = head;
    if (news) write(stream, `id: ${head}\nevent: change\ndata: ${JSON.stringify(news)}`);
  }

  // A sign-out and a change of a user are in the audit too: those need not wait for the next check.
  async function checkSessions(changedUsers: ReadonlySet<string> = new Set()): Promise<void> {
    const due = [...streams].filter(
      ({ actor, checkedAt }) => changedUsers.has(String(actor.id)) || Date.now() - checkedAt >= limits.checkMs,
    );
    await Promise.all(due.map(checkSession));
  }

  async function checkSession(stream: Stream): Promise<void> {
    try {
      stream.actor = await authenticate({ db }, stream.credential, { isUse: false });
      stream.checkedAt = Date.now();
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      end(stream);
    }
  }

  // A comment keeps proxies from cutting a quiet line; the id lets a listener resume from here.
  function beat(): void {
    for (const stream of streams) {
      if (Date.now() - stream.wroteAt >= limits.beatMs) write(stream, `: beat\nid: ${stream.position}`);
    }
  }

  function write(stream: Stream, block: string): void {
    stream.wroteAt = Date.now();
    stream.out.push(`${block}\n\n`);
    // Nobody reads at the other end; whoever comes back resumes.
    if (stream.out.readableLength > limits.mostUnread) stream.out.destroy();
  }

  function end(stream: Stream): void {
    streams.delete(stream);
    stream.out.push(null);
  }

  return { open };
}

const usersIn = (records: readonly ChangedRecord[]): ReadonlySet<string> =>
  new Set(records.filter(({ entity }) => entity === 'app_user').map(({ entityId }) => entityId));
