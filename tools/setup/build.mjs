// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { cloneName, root } from './places.mjs';
import { run } from './run.mjs';

const stampFile = join(root, 'dist', '.stamp');
const consoleFile = join(root, 'web', 'dist', 'index.html');

/** Builds dist/, unless it was built from exactly these sources.
 * @type {import('./progress.mjs').Work}
 */
export async function build(report) {
  if (isBuilt()) return 'up to date';
  return withLock(`clone-${cloneName}`, report, async () => {
    if (isBuilt()) return 'up to date';
    const stamp = sourcesHash();
    // A file left over from an older build would still run: migrations are found by folder.
    rmSync(join(root, 'dist'), { recursive: true, force: true });
    report('npm run build');
    const npm = process.env.npm_execpath;
    const args = ['run', 'build'];
    await run(npm ? process.execPath : 'npm', npm ? [npm, ...args] : args, {
      onLine: (line) => line.startsWith('> ') && report(line.slice(2, 80)),
    });
    writeFileSync(stampFile, stamp);
    return 'built';
  });
}

function isBuilt() {
  return existsSync(stampFile) && existsSync(consoleFile) && readFileSync(stampFile, 'utf8') === sourcesHash();
}

function sourcesHash() {
  const { include } = JSON.parse(readFileSync(join(root, 'tsconfig.build.json'), 'utf8'));
  const tops = [...include, 'web', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
  const hash = createHash('sha256');
  for (const file of tops.flatMap((top) => filesUnder(top)).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** @param {string} path
 * @returns {string[]}
 */
function filesUnder(path) {
  const found = statSync(join(root, path), { throwIfNoEntry: false });
  if (!found) return [];
  if (found.isFile()) return /\.test\.tsx?$/.test(path) ? [] : [path];
  return readdirSync(join(root, path))
    .filter((name) => !['node_modules', 'dist', 'generated'].includes(name) && !name.startsWith('.'))
    .flatMap((name) => filesUnder(join(path, name)));
}
