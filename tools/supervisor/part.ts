import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { startChild, type Child } from '../servers/child';
import { untilReady } from '../servers/ready';
import { logOutput } from './log-file';
import type { Say } from './say';

/** A process of the system. Its start resolves when it serves, and rejects when it ended or was called off. */
export interface Part {
  name: string;
  start(signal: AbortSignal): Promise<Child>;
}

/** A Node program of ours as a part: it sends {ready: true} when it serves, and ends itself when this process is gone. */
export interface NodePart {
  name: string;
  script: string;
  args?: string[];
  env: () => NodeJS.ProcessEnv;
  logFile: string;
  pidFile: string;
  say: Say;
}

/** Makes a part of a Node program. */
export function nodePart({ name, script, args = [], env, logFile, pidFile, say }: NodePart): Part {
  return {
    name,
    async start(signal) {
      mkdirSync(dirname(logFile), { recursive: true });
      const child = startChild({
        command: process.execPath,
        args: ['--enable-source-maps', script, ...args],
        env: env(),
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        pidFile,
      });
      const { stdout, stderr } = child.process;
      logOutput(name, [stdout!, stderr!], logFile, say);
      let ready = false;
      child.process.on('message', (message) => {
        if ((message as { ready?: boolean } | null)?.ready) ready = true;
      });
      await untilReady({ name, child, logFile, signal, answers: async () => ready });
      return child;
    },
  };
}
