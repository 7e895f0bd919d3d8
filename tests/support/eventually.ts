const FIRST_WAIT_MS = 10;
const LONGEST_WAIT_MS = 100;

/** Tries the act until it no longer throws, or throws its last error after a generous time. */
export async function eventually<T>(act: () => Promise<T>, withinMs = 240_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  // Most of what is waited for is there at once, and asking often for what is not would slow it down.
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 1.5, LONGEST_WAIT_MS)) {
    try {
      return await act();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}
