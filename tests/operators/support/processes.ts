import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { eventually } from '../../support/eventually';

const root = join(__dirname, '..', '..', '..');

/** One of the product's own processes, as `npm run build` left it. */
export interface Running {
  child: ChildProcess;
  /** Each line that it logged, parsed. */
  logged: Record<string, unknown>[];
  /** Ends it as an orchestrator does, and gives its exit code. */
  stop(): Promise<number | null>;
}

/** Starts `dist/PART/main.js` with these settings, and waits until it logs that it works. */
export async function startPart(part: 'api' | 'worker', settings: NodeJS.ProcessEnv): Promise<Running> {
  const env = { ...process.env, ...settings };
  const child = spawn(process.execPath, [join(root, 'dist', part, 'main.js')], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const logged: Record<string, unknown>[] = [];
  let rest = '';
  const take = (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.startsWith('{')) logged.push(JSON.parse(line) as Record<string, unknown>);
  };
  child.stdout.on('data', take);
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const says = part === 'api' ? 'listening' : 'worker is polling';
  await eventually(async () => {
    if (child.exitCode !== null) throw new Error(`${part} ended with ${child.exitCode}: ${errors}`);
    if (!logged.some(({ msg }) => msg === says)) throw new Error(`${part} does not say "${says}": ${errors}`);
  });
  return {
    child,
    logged,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
