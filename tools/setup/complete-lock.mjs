// @ts-check
// Run by hand after a change of dependencies: node tools/setup/complete-lock.mjs
//
// A registry that does not serve the binaries of other platforms makes npm write a lock file without them. Then
// "npm ci" refuses that lock file everywhere, and other platforms would not get their binaries. This adds them by what
// their names say; their integrity is left out, since it cannot be known here.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './places.mjs';

const PLATFORM = /-(android|darwin|freebsd|linux|openharmony|win32)-([a-z0-9]+)(?:-(\w+))?$/;

const file = join(root, 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
const added = [];

for (const entry of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const path = `node_modules/${name}`;
    const [, os, cpu, abi] = name.match(PLATFORM) ?? [];
    if (lock.packages[path] || !os || !/^\d+\.\d+\.\d+$/.test(version)) continue;
    const libc = os === 'linux' && { gnu: 'glibc', musl: 'musl' }[abi ?? ''];
    lock.packages[path] = {
      version,
      cpu: [cpu],
      ...(entry.dev && { dev: true }),
      ...(libc && { libc: [libc] }),
      optional: true,
      os: [os],
    };
    added.push(`${name}@${version}`);
  }
}

const [first, ...rest] = Object.entries(lock.packages);
lock.packages = Object.fromEntries([first, ...rest.sort(([a], [b]) => a.localeCompare(b, 'en'))]);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added.length} entries added\n${added.join('\n')}`);
