// @ts-check
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { find, link, linked } from './find.mjs';
import { withLock } from './lock.mjs';
import { bin, cache } from './places.mjs';
import { run } from './run.mjs';
import { SetupError } from './setup-error.mjs';

const CLI_VERSION = 'v1.5.1';
const MODULE = `github.com/temporalio/cli/cmd/temporal@${CLI_VERSION}`;
const LEAST_SERVER = /** @type {const} */ ([1, 29]);
const NO_BYTES_MS = 20_000;

const WAYS_OUT = `Keyturn needs the Temporal server, found none, and could neither download nor build it. Either
  put the Temporal CLI (server ${LEAST_SERVER.join('.')} or newer) on the PATH as "temporal", or
  install Go 1.24 or newer, so that this step can build it, or
  set TEMPORAL_ADDRESS to a running server, such as the one in docker-compose.yml: TEMPORAL_ADDRESS=127.0.0.1:7233`;

/** Finds, downloads or builds the Temporal server. The one once chosen is kept: its file may not open under another.
 * @type {import('./progress.mjs').Work}
 */
export async function temporal(report) {
  const ready = await look(report);
  if (ready) return ready;
  return withLock('temporal', report, async () => {
    let reason = '';
    for (const get of [look, download, build]) {
      try {
        const made = (await get(report)) && (await look(report));
        if (made) return made;
      } catch (error) {
        reason = `\n\n${/** @type {Error} */ (error).message}`;
      }
    }
    throw new SetupError(WAYS_OUT + reason);
  });
}

/** @param {import('./progress.mjs').Report} report */
async function look(report) {
  const kept = linked('temporal');
  for (const program of [kept, find(['temporal'])]) {
    const [version, major, minor] = (await versionOf(program)).match(/Server (\d+)\.(\d+)\.\d+/) ?? [];
    if (!program || !version) continue;
    if (Number(major) === LEAST_SERVER[0] && Number(minor) >= LEAST_SERVER[1]) {
      if (program !== kept) link('temporal', program);
      return version.replace('Server', 'Temporal');
    }
    report(`${program} has ${version}, ${LEAST_SERVER.join('.')} is needed: not used`);
  }
  return null;
}

/** @param {string | null} program */
async function versionOf(program) {
  return program ? run(program, ['--version']).catch(() => '') : '';
}

/** @param {import('./progress.mjs').Report} report */
async function download(report) {
  const folder = join(cache, 'download');
  const aborter = new AbortController();
  report("trying the SDK's own download");
  const script = fileURLToPath(new URL('./temporal-download.mjs', import.meta.url));
  const deadline = setTimeout(() => aborter.abort(), NO_BYTES_MS);
  try {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await run(process.execPath, [script, folder, CLI_VERSION], {
      signal: aborter.signal,
      onLine: () => deadline.refresh(),
    });
    const [file] = readdirSync(folder);
    if (!file) return null;
    keep(join(folder, file));
    return file;
  } catch {
    report("the SDK's download cannot be reached");
    return null;
  } finally {
    clearTimeout(deadline);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {import('./progress.mjs').Report} report */
async function build(report) {
  const go = find(['go']) ?? find(['go'], ['/usr/local/go/bin']);
  if (!go) return null;
  const folder = join(bin, '.build');
  let compiled = 0;
  report(`go install ${MODULE}, takes minutes`);
  try {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await run(go, ['install', '-v', MODULE], {
      env: { ...process.env, GOBIN: folder },
      onLine: (line) => {
        if (/^[\w.-]+(\/|$)/.test(line)) report(`building it with Go (minutes), ${++compiled} packages compiled`);
      },
    });
    keep(join(folder, 'temporal'));
    return folder;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} file */
function keep(file) {
  mkdirSync(bin, { recursive: true });
  renameSync(file, join(bin, 'temporal'));
}
