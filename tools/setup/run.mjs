// @ts-check
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { root } from './places.mjs';
import { SetupError } from './setup-error.mjs';

const SHOWN_LINES = 20;

/**
 * Runs a program to its end; each line it prints goes to onLine. A failure carries its errors, or else its last lines.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, onLine?: (line: string) => void, signal?: AbortSignal }} [options]
 * @returns {Promise<string>} what it printed, at least the end of it
 */
export async function run(command, args, { env = process.env, onLine, signal } = {}) {
  const child = spawn(command, args, { cwd: root, env, signal, stdio: ['ignore', 'pipe', 'pipe'] });
  const endIt = () => child.kill();
  process.once('exit', endIt);
  /** @type {string[]} */
  const tail = [];
  /** @type {string[]} */
  const errors = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      tail.push(line);
      if (tail.length > SHOWN_LINES) tail.shift();
      if (/\berror\b/i.test(line) && errors.length < SHOWN_LINES) errors.push(line);
      onLine?.(line);
    });
  }
  const end = await new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, killed) => resolve(code === 0 ? '' : `ended with ${killed ?? `exit code ${code}`}`));
  });
  process.off('exit', endIt);
  if (end)
    throw new SetupError([`${command} ${args.join(' ')}: ${end}`, ...(errors.length ? errors : tail)].join('\n  '));
  return tail.join('\n');
}
