// @ts-check
import { accessSync, constants, lstatSync, mkdirSync, realpathSync, renameSync, statSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { bin } from './places.mjs';

const BEYOND_PATH = ['/usr/local/sbin', '/usr/sbin', '/usr/libexec', '/usr/local/mysql/bin', '/opt/homebrew/bin'];

/**
 * The first program of these names, as a path, or null. Server programs are often outside a person's PATH.
 * @param {string[]} names
 * @param {string[]} nearby folders to look into first
 */
export function find(names, nearby = []) {
  const folders = [...nearby, ...(process.env.PATH ?? '').split(delimiter).filter(Boolean), ...BEYOND_PATH];
  for (const name of names) {
    for (const folder of folders) if (isProgram(join(folder, name))) return realpathSync(join(folder, name));
  }
  return null;
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * Puts a program under the name that the product starts it by.
 * @param {string} name
 * @param {string} target
 */
export function link(name, target) {
  mkdirSync(bin, { recursive: true });
  const draft = join(bin, `.${name}-${process.pid}`);
  symlinkSync(target, draft);
  renameSync(draft, join(bin, name));
}

/** The path by which the product starts a program, or null when nothing usable is there.
 * @param {string} name
 */
export function linked(name) {
  const path = join(bin, name);
  return lstatSync(path, { throwIfNoEntry: false }) && isProgram(path) ? path : null;
}
