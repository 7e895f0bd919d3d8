// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { cloneName, root } from './places.mjs';
import { run } from './run.mjs';

/** Installs what package-lock.json names, unless exactly that is installed. No package runs a script of its own.
 * @type {import('./progress.mjs').Work}
 */
export async function nodeModules(report) {
  if (isInstalled()) return 'up to date';
  return withLock(`clone-${cloneName}`, report, async () => {
    if (isInstalled()) return 'up to date';
    const wanted = Object.keys(packagesIn('package-lock.json')).length;
    const fetched = new Set();
    const npm = process.env.npm_execpath;
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=http'];
    await run(npm ? process.execPath : 'npm', npm ? [npm, ...args] : args, {
      onLine: (line) => {
        const [archive] = line.match(/[^/]+\.tgz/) ?? [];
        if (archive) report(`npm ci, ${fetched.add(archive).size} of up to ${wanted} packages fetched`);
      },
    });
    return `${Object.keys(packagesIn('node_modules/.package-lock.json')).length} packages installed`;
  });
}

// npm writes node_modules/.package-lock.json last, so an interrupted install has none.
function isInstalled() {
  const there = packagesIn('node_modules/.package-lock.json');
  return Object.entries(packagesIn('package-lock.json')).every(([path, wanted]) => {
    const found = there[path];
    if (!found) return Boolean(wanted.optional || wanted.devOptional);
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

/** @typedef {{ version: string, integrity?: string, optional?: boolean, devOptional?: boolean }} Package */

/** @param {string} file
 * @returns {Record<string, Package>}
 */
function packagesIn(file) {
  try {
    const { packages } = JSON.parse(readFileSync(join(root, file), 'utf8'));
    delete packages[''];
    return packages;
  } catch {
    return {};
  }
}
