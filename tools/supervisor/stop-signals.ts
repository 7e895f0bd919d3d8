// npm hands Ctrl+C on to us although the terminal sent it to us already: twice within moments is once.
const ONE_PRESS_MS = 500;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Calls stop on the first signal and force on a second one. Returns how to let go of the signals again. */
export function onStopSignals(stop: () => void, force: () => void): () => void {
  let firstAt: number | undefined;
  const handle = () => {
    if (firstAt === undefined) {
      firstAt = performance.now();
      stop();
    } else if (performance.now() - firstAt > ONE_PRESS_MS) {
      force();
    }
  };
  for (const signal of SIGNALS) process.on(signal, handle);
  return () => SIGNALS.forEach((signal) => process.off(signal, handle));
}
