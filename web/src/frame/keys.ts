import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useHolds } from '../session/session';
import { NAVIGATION } from './nav';

const SECOND_KEY_WITHIN_MS = 1_200;

/** The keys that work on every page: `?` for help, and `g` followed by the letter of a place. Off inside inputs. */
export function useKeys({ onHelp }: { onHelp: () => void }): void {
  const navigate = useNavigate();
  const holds = useHolds();
  useEffect(() => {
    let goUntil = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      // Where the question mark lies, and with which other key it is typed, differs between keyboards.
      if (event.key === '?') return onHelp();
      if (event.key === 'g') {
        goUntil = Date.now() + SECOND_KEY_WITHIN_MS;
        return;
      }
      if (Date.now() > goUntil) return;
      goUntil = 0;
      const place = NAVIGATION.flatMap(({ places }) => places).find(({ key }) => key === event.key);
      if (!place || !holds(...place.roles)) return;
      event.preventDefault();
      void navigate({ to: place.to });
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
