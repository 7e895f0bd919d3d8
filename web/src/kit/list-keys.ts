import { useState, type KeyboardEvent } from 'react';

/** Down, up and Enter in an input that has a list below it: which of the list is marked, and the handler. */
export function useListKeys<T>(items: readonly T[], choose: (item: T) => void) {
  const [at, setAt] = useState(0);
  const marked = Math.min(at, Math.max(items.length - 1, 0));
  return {
    marked,
    onKeyDown(event: KeyboardEvent) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        setAt(Math.min(Math.max(marked + step, 0), Math.max(items.length - 1, 0)));
      }
      const item = items[marked];
      if (event.key !== 'Enter' || !item) return;
      event.preventDefault();
      choose(item);
    },
  };
}
