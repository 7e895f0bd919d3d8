// @ts-check
import { canInstall, install } from './apt.mjs';
import { find, link, linked } from './find.mjs';
import { withLock } from './lock.mjs';
import { run } from './run.mjs';
import { SetupError } from './setup-error.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const WAY_OUT = `The tests of the console need a Chromium and found none: install one, as with "apt-get install chromium".`;

/** Finds or installs the browser that the tests of the console drive.
 * @type {import('./progress.mjs').Work}
 */
export async function browser(report) {
  const ready = await look();
  if (ready) return ready;
  if (!canInstall()) throw new SetupError(WAY_OUT);
  return withLock('browser', report, async () => {
    const made = (await look()) ?? ((await install([['chromium', 'fonts-liberation']], report)) && (await look()));
    if (!made) throw new SetupError(WAY_OUT);
    return made;
  });
}

async function look() {
  const program = linked('chromium') ?? find(NAMES);
  const version = program && (await run(program, ['--version', '--no-sandbox']).catch(() => ''));
  if (!program || !version) return null;
  if (!linked('chromium')) link('chromium', program);
  // Debian's starter writes remarks of its own before the version.
  return version.match(/\w+ [\d.]+/)?.[0] ?? program;
}
