import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process together with the proof that the pid still belongs to it. */
export interface Identified {
  pid: number;
  identity: string;
}

/** When a process was started, exact enough to tell it from a later one with the same pid; null when there is none. */
export function identityOf(pid: number): string | null {
  try {
    if (process.platform !== 'linux')
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, second field, may itself hold spaces and brackets.
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z' || state === 'X') return null;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${rest[18]}`;
  } catch {
    return null;
  }
}

/** Whether that very process still runs. */
export function stillRuns({ pid, identity }: Identified): boolean {
  return identityOf(pid) === identity;
}
