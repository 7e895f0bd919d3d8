// @ts-check
import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cache } from './places.mjs';

const BEAT_MS = 2_000;
const STALE_MS = 30_000;

/**
 * Does work that two set-ups must not do at once. The holder touches its file; one that stopped doing so is dead.
 * @template T
 * @param {string} name
 * @param {(text: string) => void} report
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(name, report, work) {
  const path = join(cache, 'locks', name);
  const mine = `${process.pid} ${randomUUID()}`;
  mkdirSync(dirname(path), { recursive: true });
  while (!take(path, mine)) {
    report('another set-up is at it, waiting');
    await sleep(500);
  }
  const release = () => read(path) === mine && rmSync(path, { force: true });
  const beat = setInterval(() => read(path) === mine && utimesSync(path, new Date(), new Date()), BEAT_MS);
  process.once('exit', release);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    process.off('exit', release);
    release();
  }
}

/**
 * @param {string} path
 * @param {string} mine
 */
function take(path, mine) {
  const held = read(path);
  if (held !== null) {
    if (!isStale(path, held)) return false;
    moveAway(path, held);
  }
  try {
    writeFileSync(path, mine, { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} path
 * @param {string} held
 */
function isStale(path, held) {
  const touched = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
  return !isAlive(Number(held.split(' ')[0])) || Date.now() - touched > STALE_MS;
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

// Between the look and the rename somebody else may have taken the lock over: theirs is put back.
/**
 * @param {string} path
 * @param {string} held
 */
function moveAway(path, held) {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
    if (read(aside) !== held) linkSync(aside, path);
  } catch {
    // Moved or taken by another set-up: the next round looks again.
  }
  rmSync(aside, { force: true });
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
