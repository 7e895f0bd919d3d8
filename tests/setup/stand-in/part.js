// A part of the system as the supervisor sees one: ready by a message, gone on SIGTERM or when its parent is gone.
const { appendFileSync } = require('node:fs');

const [name, journal, ...habits] = process.argv.slice(2);
const note = (what) => appendFileSync(journal, `${what} ${name}\n`);

if (habits.includes('fails')) throw new Error(`${name} cannot start`);
process.on('SIGTERM', () => {
  if (habits.includes('deaf')) return;
  note('stop');
  process.exit(0);
});
process.on('disconnect', () => process.exit(0));
setInterval(() => undefined, 1000);
note('start');
if (!habits.includes('slow')) process.send({ ready: true });
