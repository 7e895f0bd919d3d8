// npm run test:four-eyes:mutants [runs]: in scratch copies with one check of one layer removed, the attempts go red.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const RUNS = process.argv[2] ?? '400';
const WORKED = /violations: [1-9]/;

/** Each removes one check: in a file, a text is replaced by another. */
const MUTANTS = [
  {
    name: 'API: own work',
    file: 'domain/approval/refuse-decision.ts',
    from: 'if (ownWork)',
    to: 'if (ownWork && version < 0)',
  },
  {
    name: 'API: the role',
    file: 'domain/approval/refuse-decision.ts',
    from: 'if (!actor.roles.includes(task.candidateGroup))',
    to: 'if (version < 0)',
  },
  {
    name: 'API: the limit',
    file: 'domain/approval/refuse-decision.ts',
    from: 'if (isOverLimit(',
    to: 'if (version < 0 && isOverLimit(',
  },
  {
    name: 'DATABASE: the approver’s part',
    file: 'db/migrations/2026-11-24-04-tasks.ts',
    from: 'CASE WHEN is_approval THEN',
    to: 'CASE WHEN is_approval AND task_version < 0 THEN',
  },
  {
    name: 'DATABASE: one part each',
    file: 'db/migrations/2026-11-24-04-tasks.ts',
    from: 'PRIMARY KEY (task_id, user_id),',
    to: 'PRIMARY KEY (task_id, user_id, part),',
  },
  {
    name: 'DATABASE: an approval is called one',
    file: 'db/migrations/2026-11-22-03-cases.ts',
    from: "CHECK (is_approval = (outcome = 'APPROVE'))",
    to: 'CHECK (is_approval IN (0, 1))',
  },
  {
    name: 'DATABASE: one decision per version',
    file: 'db/migrations/2026-11-22-03-cases.ts',
    from: 'CONSTRAINT decision_one_per_version UNIQUE (live_key)',
    to: 'KEY decision_one_per_version (live_key)',
  },
  {
    name: 'VALIDATOR: closed tasks',
    file: 'workflows/lib/case-run.ts',
    from: 'if (closedTasks.has(taskId))',
    to: 'if (closedTasks.has(taskId) && version < 0)',
  },
  {
    name: 'VALIDATOR: stale versions',
    file: 'workflows/lib/case-run.ts',
    from: 'open.version !== version',
    to: 'open.version > version + 1000',
  },
  {
    name: 'EFFECT: own work',
    file: 'domain/approval/refuse-decision-effect.ts',
    from: 'if (own.includes(decision.actorId))',
    to: 'if (own.length < 0)',
  },
  {
    name: 'EFFECT: the role',
    file: 'domain/approval/refuse-decision-effect.ts',
    from: 'if (!actor.roles.includes(task.candidateGroup))',
    to: 'if (task.version < 0)',
  },
  {
    name: 'EFFECT: the limit',
    file: 'domain/approval/refuse-decision-effect.ts',
    from: 'if (isOverLimit(',
    to: 'if (task.version < 0 && isOverLimit(',
  },
  {
    name: 'EFFECT: the row of this task behind the message',
    file: 'db/records/tasks.ts',
    from: "decision?.taskId === task.id &&\n    decision.taskVersion === message.version &&\n    // What took effect has closed its task.\n    (decision.status !== 'APPLIED' || task.status !== 'OPEN');",
    to: 'decision !== null;',
  },
];

const files = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' }).split('\0').filter(Boolean);
let survivors = 0;
for (const { name, file, from, to } of MUTANTS) {
  const copy = mkdtempSync(join(tmpdir(), 'keyturn-mutant-'));
  for (const each of files.filter((path) => !path.startsWith('tests/histories/'))) {
    mkdirSync(dirname(join(copy, each)), { recursive: true });
    cpSync(join(ROOT, each), join(copy, each));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  const text = readFileSync(join(copy, file), 'utf8');
  if (text.split(from).length !== 2) throw new Error(`${name}: ${file} does not hold the check once`);
  writeFileSync(
    join(copy, file),
    text.replace(from, () => to),
  );
  const { stdout, status } = spawnSync(process.execPath, ['tests/four-eyes/run.mjs', '--runs', RUNS, '--seed', '7'], {
    cwd: copy,
    encoding: 'utf8',
  });
  const violations = /violations: \d+/.exec(stdout)?.[0] ?? 'no report';
  const found = status !== 0 && WORKED.test(stdout);
  if (!found) survivors += 1;
  console.log(`${found ? 'red' : 'GREEN'}  without ${name}: ${violations}`);
  const first = /violations: \d+\n {2}(.*)/.exec(stdout)?.[1];
  if (first) console.log(`       ${first}`);
  rmSync(copy, { recursive: true, force: true });
}
console.log(`${MUTANTS.length - survivors} of ${MUTANTS.length} removed checks were found`);
process.exit(survivors === 0 ? 0 : 1);
