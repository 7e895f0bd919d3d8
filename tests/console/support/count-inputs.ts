import type { Page } from 'playwright-core';

const COUNT = `(() => {
  window.inputs = 0;
  let last = null;
  const on = (name, act) => document.addEventListener(name, act, true);
  on('focusin', () => (last = null));
  on('click', ({ isTrusted }) => isTrusted && window.inputs++);
  on('keydown', ({ ctrlKey, key }) => ctrlKey && key !== 'Control' && window.inputs++);
  on('input', ({ target }) => {
    if (target !== last) window.inputs++;
    last = target;
  });
})()`;

/**
 * Counts what a clerk does on a page from now on, as the browser sees it: each click, each field that is filled, each
 * chord of keys. What is both, as ticking a box, counts twice: never too few.
 */
export async function countInputs(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(COUNT);
  return () => page.evaluate<number>('window.inputs');
}
