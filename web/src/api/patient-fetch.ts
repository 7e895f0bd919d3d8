import { setConnection, signedInAgain } from './connection';

const GIVE_UP_AFTER_MS = 120_000;
const LONGEST_PAUSE_MS = 4_000;
const AWAY = [502, 503, 504];
const AT_THE_DESK_MS = 20_000;

// What the page fetches while nobody touches it must not keep an unattended desk signed in.
let touchedAt = Date.now();
for (const event of ['pointerdown', 'keydown'] as const)
  window.addEventListener(event, () => (touchedAt = Date.now()), { capture: true, passive: true });

/**
 * A fetch that loses no input: while the API is away the same request is sent again, a POST under the same
 * Idempotency-Key, so that it takes effect once; when the session has ended it waits for the next sign-in.
 */
export async function patientFetch(request: Request): Promise<Response> {
  const isSession = new URL(request.url).pathname.endsWith('/session');
  if (request.method === 'POST') request.headers.set('Idempotency-Key', crypto.randomUUID());
  if (Date.now() - touchedAt > AT_THE_DESK_MS) request.headers.set('X-Background', 'true');
  const giveUpAt = Date.now() + GIVE_UP_AFTER_MS;
  for (let pause = 300; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const answer = await fetch(request.clone()).catch((error: unknown) => {
      if (request.signal.aborted || Date.now() > giveUpAt) throw error;
      return null;
    });
    if (answer?.status === 401 && !isSession) {
      setConnection({ waiting: false, signedOut: true });
      await signedInAgain();
      continue;
    }
    if (answer && (!AWAY.includes(answer.status) || Date.now() > giveUpAt)) {
      setConnection({ waiting: false });
      return answer;
    }
    setConnection({ waiting: true });
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
