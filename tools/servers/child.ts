import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { identityOf } from './identity';

const GRACE_MS = 30_000;

/** A running child process. */
export interface Child {
  pid: number;
  process: ChildProcess;
  /** How it ended, such as "exit code 1" or "SIGKILL"; never rejects. */
  exited: Promise<string>;
  /** SIGTERM, then SIGKILL when the grace is over. */
  stop(graceMs?: number): Promise<void>;
  kill(): Promise<void>;
}

/** What to run; by the pid file a later supervisor finds the child when this process was killed. */
export interface ChildOptions {
  command: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
  stdio?: StdioOptions;
  pidFile?: string;
}

/** Starts a child in a process group of its own: Ctrl+C reaches the parent only, which stops its children in order. */
export function startChild({ command, args, env, stdio = 'ignore', pidFile }: ChildOptions): Child {
  const child = spawn(command, args, { env, stdio, detached: true });
  const { pid } = child;
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  if (pid === undefined) throw new Error(`${command} cannot be started; "npm run prestart" finds or installs it`);
  if (pidFile) {
    mkdirSync(dirname(pidFile), { recursive: true });
    writeFileSync(pidFile, JSON.stringify({ pid, identity: identityOf(pid) ?? '' }));
    void exited.then(() => rmSync(pidFile, { force: true }));
  }
  const end = async (signal: NodeJS.Signals, graceMs: number) => {
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await exited;
    clearTimeout(timer);
  };
  return {
    pid,
    process: child,
    exited,
    stop: (graceMs = GRACE_MS) => end('SIGTERM', graceMs),
    kill: () => end('SIGKILL', GRACE_MS),
  };
}

/** Like startChild, for a server that logs to a file: it does not notice when this process is gone. */
export function startServer({ logFile, ...options }: ChildOptions & { logFile: string }): Child {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a');
  try {
    return startChild({ ...options, stdio: ['ignore', log, log] });
  } finally {
    closeSync(log);
  }
}
