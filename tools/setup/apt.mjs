// @ts-check
import { existsSync } from 'node:fs';
import { find } from './find.mjs';
import { run } from './run.mjs';

/** Whether packages of the system can be installed here without asking anybody. */
export function canInstall() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && find(['apt-get']) !== null;
}

/**
 * Installs the first of these groups of packages that this release of the system has; false when it has none.
 * @param {string[][]} groups
 * @param {import('./progress.mjs').Report} report
 */
export async function install(groups, report) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = ['-q', '-o', 'DPkg::Lock::Timeout=300'];
  report('apt-get update');
  await run('apt-get', [...apt, 'update'], { env });
  for (const packages of groups) {
    if (!(await exists(packages))) continue;
    report(`apt-get install ${packages.join(' ')}`);
    await run('apt-get', [...apt, 'install', '-y', '--no-install-recommends', ...packages], {
      env,
      onLine: (line) =>
        /^(Get:|Unpacking|Setting up)/.test(line) && report(line.replace(/https?:\S+ /, '').slice(0, 70)),
    });
    return true;
  }
  return false;
}

/** @param {string[]} packages */
async function exists(packages) {
  try {
    await run('apt-cache', ['show', '--no-all-versions', ...packages]);
    return true;
  } catch {
    return false;
  }
}
