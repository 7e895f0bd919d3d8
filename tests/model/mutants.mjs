// npm run test:model:mutants -- [runs] [part of a name] [--seed N] [--seen-green]: first the seed's runs as the product is, which
// must be green, unless they have been seen so; then, in scratch copies with one bug planted in each, the same runs, which
// must go red.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '11' }, 'seen-green': { type: 'boolean', default: false } },
});
const [runs = '200', only] = positionals;
const REPORT = /model: (?<done>\d+) runs.*\n(?:.*\n)*?violations: (?<violations>\d+)\n(?<log>[^]*)/;

/** Each plants one bug: in a file, a text is replaced by another. */
const MUTANTS = [
  {
    name: 're-pointing skipped when a link of the chain is canceled',
    file: 'db/records/agreements.ts',
    from: "if (follower.status !== 'CANCELED') await follower.update",
    to: "if (follower.status === 'CANCELED') await follower.update",
  },
  {
    name: 'the day of the handover billed twice',
    file: 'domain/billing/price/charge-contexts.ts',
    from: 'const beforeFirstDay = billedThrough(startOn, handoverDayTo);',
    to: "const beforeFirstDay = billedThrough(startOn, handoverDayTo === 'OUTGOING' ? 'INCOMING' : 'OUTGOING');",
  },
  {
    name: 'interest on a deposit posted twice',
    file: 'db/records/bills.ts',
    from: "  await post(tx, { ...entry, entryKey: `interest/${billNumber}`, kind: 'DEPOSIT_INTEREST', lines: lines.interest });",
    to: "  for (const n of ['interest', 'interest-2'])\n    await post(tx, { ...entry, entryKey: `${n}/${billNumber}`, kind: 'DEPOSIT_INTEREST', lines: lines.interest });",
  },
  {
    name: 'the landlord’s start kept at T = S',
    file: 'domain/onboarding/place-newcomer.ts',
    from: 'if (startOn > last.startOn && !last.isGated) {',
    to: 'if (startOn >= last.startOn && !last.isGated) {',
  },
  {
    name: 'the signal of a payment lost at closing',
    file: 'activities/payments.ts',
    from: "if (waiting) return { wakes: [{ caseId: waiting.caseId, reason: 'PAYMENT' }] };",
    to: 'if (waiting) return { wakes: [] };',
  },
  {
    name: 'money on a closed account settled by nobody',
    file: 'activities/payments.ts',
    from: "['FINAL_BILLED', 'CLOSED', 'COLLECTIONS', 'WRITTEN_OFF']",
    to: "['FINAL_BILLED', 'COLLECTIONS', 'WRITTEN_OFF']",
  },
  {
    name: 'T < S leaves the leaver’s draft as it was',
    file: 'activities/handover/move-stop.ts',
    from: '  await cancelOpenTasks(tx, caseId);\n',
    to: '',
  },
  {
    name: 'a newcomer who does not come keeps the leaver’s stop',
    file: 'activities/onboarding/unplace.ts',
    from: 'return stopDate === moveOut.stopOn ? [] :',
    to: 'return stopDate !== moveOut.stopOn ? [] :',
  },
  {
    name: 'a vacancy is not asked again when its newcomer does not come',
    file: 'activities/onboarding/unplace.ts',
    from: 'if (line.caseId === vacancyCaseId) await putBack(tx, vacancy, line);',
    to: 'if (line.caseId !== vacancyCaseId) await putBack(tx, vacancy, line);',
  },
  {
    name: 'a refund stays what it was when more money comes',
    file: 'activities/settle-refund.ts',
    from: 'if (open?.amountCents === creditCents) return handleOf(tx, open);',
    to: 'if (open) return handleOf(tx, open);',
  },
  {
    name: 'a stop takes effect before its day',
    file: 'db/records/handover.ts',
    from: 'return compareDates(leaver.endOn, tx.today) <= 0 &&',
    to: 'return compareDates(leaver.endOn, tx.today) <= 1 &&',
  },
  {
    name: 'the landlord is asked for no days between',
    file: 'db/records/vacancy-lines.ts',
    from: 'tenant.startOn > handoverDay(tx, theCase, leaver);',
    to: 'tenant.startOn < handoverDay(tx, theCase, leaver);',
  },
  {
    name: 'a newcomer begins with the meter’s last read, not with the shared one',
    file: 'db/records/handover.ts',
    from: 'if (before?.endOn === startOn && before.stopReadId !== null) return before.stopReadId;',
    to: '',
  },
  {
    name: 'the landlord’s start stays where it was when the stop moves',
    file: 'activities/move-out/followers-move.ts',
    from: 'for (const landlord of landlords) await landlord.update({ startOn: stopOn });',
    to: '',
  },
  {
    name: 'a payment that came back is posted once more',
    file: 'db/records/payment-reversals.ts',
    from: ': { ledgerAccount, serviceCode, depositId, amountCents: -amountCents },',
    to: ': { ledgerAccount, serviceCode, depositId, amountCents },',
  },
  {
    name: 'a landlord’s no is forgotten',
    file: 'db/records/vacancy-choice.ts',
    from: 'landlord.agreement.id === line?.declinedAgreementId;',
    to: 'landlord.agreement.id < 0;',
  },
];

const files = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' }).split('\0').filter(Boolean);

/** The runs of a copy of the product, changed by `plant`: in which of them something went wrong, and what. */
function runsOf(plant) {
  const copy = mkdtempSync(join(tmpdir(), 'keyturn-mutant-'));
  try {
    for (const each of files.filter((path) => !path.startsWith('tests/histories/'))) {
      mkdirSync(dirname(join(copy, each)), { recursive: true });
      cpSync(join(ROOT, each), join(copy, each));
    }
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    plant(copy);
    const args = ['tests/model/run.mjs', '--runs', runs, '--seed', values.seed];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8', maxBuffer: 2 ** 28 });
    const report = REPORT.exec(stdout)?.groups;
    if (!report) throw new Error(`The runs said nothing:\n${stdout}\n${stderr}`);
    const redIn = report.violations === '0' ? null : Number(report.done) + 1;
    return { redIn, done: Number(report.done), why: report.log };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function plant({ name, file, from, to }, copy) {
  const text = readFileSync(join(copy, file), 'utf8');
  if (text.split(from).length !== 2) throw new Error(`${name}: ${file} does not hold the text once`);
  writeFileSync(
    join(copy, file),
    text.replace(from, () => to),
  );
}

/** By what a bug was found: the last thing that was done, and what the product said or came to instead of the model. */
function found(why) {
  const done = why.split('\n').filter((line) => /^ {4}\S.*: /.test(line));
  const differs = why.split('\n').filter((line) => /^[-+] {2,}/.test(line));
  return [...done.slice(-1), ...differs.slice(0, 4)].map((line) => line.trim());
}

function mustBeGreen() {
  const { redIn, done, why } = runsOf(() => undefined);
  if (redIn !== null) {
    console.error(`seed ${values.seed} is red in run ${redIn} without a planted bug, so it proves nothing:\n${why}`);
    process.exit(2);
  }
  console.log(`green  the product as it is (${done} runs, seed ${values.seed})`);
}

if (!values['seen-green']) mustBeGreen();
let survivors = 0;
for (const mutant of MUTANTS.filter(({ name }) => !only || name.includes(only))) {
  const { redIn, done, why } = runsOf((copy) => plant(mutant, copy));
  if (redIn === null) survivors += 1;
  console.log(redIn === null ? `GREEN  ${mutant.name} (${done} runs)` : `red    ${mutant.name} (run ${redIn})`);
  for (const line of found(why)) console.log(`         ${line.slice(0, 300)}`);
}
console.log(survivors === 0 ? 'every planted bug was found' : `${survivors} planted bugs were not found`);
process.exit(survivors === 0 ? 0 : 1);
