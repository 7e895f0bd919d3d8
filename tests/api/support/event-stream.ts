import type { IncomingMessage } from 'node:http';
import { eventually } from '../../support/eventually';
import { opened } from './browser';

/** What a page hears of `GET /events`, parsed as a browser's EventSource does. */
export interface Heard {
  answer: IncomingMessage;
  events: { id: string; event: string; data: Record<string, string[]> }[];
  /** The newest id, of blocks without data too. */
  lastId(): string;
  beats(): number;
  /** Waits for an event that satisfies this. */
  until(wanted: (event: Heard['events'][number]) => boolean): Promise<Heard['events'][number]>;
  ended: Promise<void>;
  close(): void;
}

/** Opens a stream and collects what comes. */
export async function listen(url: string, headers: Record<string, string>): Promise<Heard> {
  const answer = await opened(url, { headers });
  const events: Heard['events'] = [];
  let rest = '';
  let last = '';
  let beats = 0;
  answer.setEncoding('utf8').on('data', (part: string) => {
    const blocks = (rest + part).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
      last = field('id') ?? last;
      if (block.startsWith(': ')) beats++;
      const data = field('data');
      if (data) events.push({ id: last, event: field('event') ?? 'message', data: JSON.parse(data) });
    }
  });
  const ended = new Promise<void>((resolve) => answer.once('close', resolve));
  // A stream that is cut reports an error too; its end is what tests wait for.
  answer.on('error', () => undefined);
  return {
    answer,
    events,
    lastId: () => last,
    beats: () => beats,
    until: (wanted) =>
      eventually(async () => {
        const found = events.find(wanted);
        if (!found) throw new Error(`Nothing of the kind among ${JSON.stringify(events)}`);
        return found;
      }),
    ended,
    close: () => answer.destroy(),
  };
}
