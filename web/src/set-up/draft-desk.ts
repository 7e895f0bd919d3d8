import { client, sentWithEtag } from '../api/client';
import { Problem } from '../api/problem';
import { contentOf, isSame, type Content } from './content';

const QUIET_MS = 600;

/** Reads a draft with its version. */
export const readDraft = (draftId: string) =>
  sentWithEtag(client.GET('/drafts/{draftId}', { params: { path: { draftId } } }));

/** A draft as the API last answered it, with its version. */
export type Answered = Awaited<ReturnType<typeof readDraft>>;
/** A draft: its form with all that is said of it. */
export type Draft = Answered['body'];

/** A form on the desk: what is typed, what the API says of it, and whether it is kept. */
export interface DeskState {
  content: Content;
  answer: Draft;
  status: 'SAVED' | 'CHANGED' | 'SAVING';
  /** Why it could not be kept. */
  failure: unknown;
  /** What somebody else has made of the form meanwhile. */
  conflict: Draft | null;
}

/**
 * Keeps a form while it is typed: every change is sent once nobody has typed for a moment, one request at a time, with
 * the version that was seen (If-Match), so that nobody's work is written over unseen.
 */
export class DraftDesk {
  #state: DeskState;
  #etag: string;
  #timer: number | undefined;
  #running: Promise<void> | null = null;
  readonly #listeners = new Set<() => void>();

  constructor({ body, etag }: Answered) {
    this.#etag = etag;
    this.#state = {
      ...{ content: contentOf(body.content), answer: body, status: 'SAVED', failure: null, conflict: null },
    };
  }

  /** The version that the API has last answered. */
  get version(): number {
    return Number(this.#etag.replaceAll(/\D/g, ''));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): DeskState => this.#state;

  /** Changes the form; it is sent soon. */
  readonly change = (next: (content: Content) => Content): void => {
    this.#set({ content: next(this.#state.content), status: 'CHANGED' });
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.flush(), QUIET_MS);
  };

  /** Sends what is not kept yet at once; whether all of it is kept then. */
  async flush(): Promise<boolean> {
    window.clearTimeout(this.#timer);
    while (this.#running || this.#state.status !== 'SAVED') {
      if (this.#state.conflict) return false;
      await (this.#running ??= this.#send().finally(() => (this.#running = null)));
      if (this.#state.failure) return false;
    }
    return true;
  }

  /** Keeps the form as it is here, over what the other one made of it. */
  async keepMine(): Promise<void> {
    this.#set({ conflict: null, status: 'CHANGED' });
    await this.flush();
  }

  /** Takes the form as it is kept, as the other one left it. */
  async loadKept(): Promise<void> {
    const { body, etag } = await readDraft(this.#state.answer.draftId);
    this.#etag = etag;
    this.#set({ content: contentOf(body.content), answer: body, status: 'SAVED', failure: null, conflict: null });
  }

  /** Looks at the form as it is kept; what is typed here stays. */
  async lookAgain(): Promise<void> {
    const { body, etag } = await readDraft(this.#state.answer.draftId);
    this.#etag = etag;
    const isOurs = isSame(contentOf(body.content), this.#state.content);
    this.#set(isOurs ? { answer: body, conflict: null } : { conflict: body });
  }

  async #send(): Promise<void> {
    const { content, answer } = this.#state;
    this.#set({ status: 'SAVING', failure: null });
    try {
      await this.#put(answer.draftId, content);
    } catch (error) {
      const isBehind = error instanceof Problem && error.status === 412;
      if (isBehind) await this.#afterConflict(content).catch((failure: unknown) => this.#failed(failure));
      else this.#failed(error);
    }
  }

  async #put(draftId: string, content: Content): Promise<void> {
    const request = {
      params: { path: { draftId }, header: { 'If-Match': this.#etag } },
      body: { content: { ...content } },
    };
    const { body, etag } = await sentWithEtag(client.PUT('/drafts/{draftId}', request));
    this.#took({ body, etag }, content);
  }

  #took({ body, etag }: Answered, sent: Content): void {
    this.#etag = etag;
    this.#set({ answer: body, status: this.#state.content === sent ? 'SAVED' : 'CHANGED' });
  }

  // A request that was sent twice, because its answer was lost, finds its own work there: that is no conflict.
  async #afterConflict(sent: Content): Promise<void> {
    const found = await readDraft(this.#state.answer.draftId);
    if (isSame(contentOf(found.body.content), sent)) return this.#took(found, sent);
    this.#etag = found.etag;
    this.#set({ status: 'CHANGED', conflict: found.body });
  }

  #failed(failure: unknown): void {
    this.#set({ status: 'CHANGED', failure });
  }

  #set(change: Partial<DeskState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
