import { useSyncExternalStore } from 'react';

/** How the console stands with the API. */
export interface ConnectionState {
  /** The API does not answer at the moment; requests wait and are sent again. */
  waiting: boolean;
  /** The session has ended; requests wait until somebody signs in again. */
  signedOut: boolean;
}

let state: ConnectionState = { waiting: false, signedOut: false };
const listeners = new Set<() => void>();

/** Says how the console stands with the API now. */
export function setConnection(change: Partial<ConnectionState>): void {
  const next = { ...state, ...change };
  if (next.waiting === state.waiting && next.signedOut === state.signedOut) return;
  state = next;
  for (const listener of listeners) listener();
}

/** Resolves when somebody has signed in again. */
export function signedInAgain(): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (state.signedOut) return;
      listeners.delete(look);
      resolve();
    };
    listeners.add(look);
    look();
  });
}

/** The state of the connection, followed. */
export function useConnection(): ConnectionState {
  return useSyncExternalStore(subscribe, () => state);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
