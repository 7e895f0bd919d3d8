import { execFile } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const setup = join(__dirname, '..', '..', '..', 'tools', 'setup');

const LOCK = {
  lockfileVersion: 3,
  packages: { '': {}, 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } },
};

// Each stand-in notes that it was called, and does what the real program would leave behind.
const PROGRAMS = {
  'bin/npm.js': `
    const fs = require('fs');
    fs.appendFileSync('calls', 'npm ' + process.argv.slice(2, 4).join(' ') + '\\n');
    if (process.argv[2] === 'ci') {
      fs.mkdirSync('node_modules', { recursive: true });
      fs.copyFileSync('package-lock.json', 'node_modules/.package-lock.json');
    } else {
      const source = fs.readFileSync('src/main.ts', 'utf8');
      fs.mkdirSync('dist', { recursive: true });
      if (source.includes('fault')) { console.error('error TS1: a fault'); process.exit(2); }
      fs.writeFileSync('dist/main.js', source);
      fs.mkdirSync('web/dist', { recursive: true });
      fs.writeFileSync('web/dist/index.html', source);
    }`,
  'path/go': `#!/bin/sh
    echo "go $1" >> calls
    sleep 1
    printf '#!/bin/sh\\necho "temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)"\\n' > "$GOBIN/temporal"
    chmod +x "$GOBIN/temporal"`,
  'path/temporal': `#!/bin/sh
    echo "temporal version 0.10.0 (Server 1.20.0, UI 2.10.0)"`,
};

/** A clone in which the set-up runs against stand-ins for npm, Go and Temporal, with a cache of its own. */
export function standInClone() {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-clone-'));
  const path = (...parts: string[]) => join(folder, ...parts);
  const write = (file: string, text: string) => {
    mkdirSync(dirname(path(file)), { recursive: true });
    writeFileSync(path(file), text);
  };
  cpSync(setup, path('tools', 'setup'), { recursive: true });
  for (const [file, text] of Object.entries(PROGRAMS)) write(file, text);
  for (const file of ['path/go', 'path/temporal']) chmodSync(path(file), 0o755);
  write('package.json', '{}');
  write('package-lock.json', JSON.stringify(LOCK));
  write('tsconfig.build.json', JSON.stringify({ include: ['src'] }));
  write('src/main.ts', 'one');

  const env = {
    PATH: `${path('path')}:${dirname(process.execPath)}:/usr/bin:/bin`,
    KEYTURN_CACHE: path('cache'),
    npm_execpath: path('bin', 'npm.js'),
  };
  return {
    path,
    write,
    read: (file: string) => readFileSync(path(file), 'utf8'),
    calls: () => (existsSync(path('calls')) ? readFileSync(path('calls'), 'utf8').trim().split('\n') : []),
    setUp: (only: string, more: NodeJS.ProcessEnv = {}) =>
      run(path('tools/setup/prestart.mjs'), [`--only=${only}`], { ...env, ...more }),
    runModule: (code: string) => run('--input-type=module', ['-e', code], env, folder),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function run(script: string, args: string[], env: NodeJS.ProcessEnv, cwd?: string) {
  return new Promise<{ code: number; printed: string }>((resolve) => {
    execFile(process.execPath, [script, ...args], { env, cwd }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), printed: stdout + stderr }),
    );
  });
}
