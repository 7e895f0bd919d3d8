import type { SiblingStart, Wake } from '../contract/activities';

/** What a step has set going beside its own case: other cases to wake, and cases to start. */
export interface Beside {
  wakes: Wake[];
  starts: SiblingStart[];
}

export const NOTHING_BESIDE: Beside = { wakes: [], starts: [] };

/** What several parts of a step have set going, together. */
export const together = (...parts: Beside[]): Beside => ({
  wakes: parts.flatMap(({ wakes }) => wakes),
  starts: parts.flatMap(({ starts }) => starts),
});
