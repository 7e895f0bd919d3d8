import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { HISTORIES } from '../support/histories';

Runtime.install({ logger: new DefaultLogger('ERROR') });

const recorded = readdirSync(HISTORIES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));

it('has recorded histories of every lifecycle', () => {
  for (const type of ['onboard', 'move_out', 'vacancy', 'settlement', 'payment', 'correction', 'field_work']) {
    expect(recorded.some((file) => file.includes(`-${type}-`))).toBe(true);
  }
});

it('replays every recorded history on the workflows of today', async () => {
  const histories = recorded.map((file) => ({
    workflowId: file,
    history: JSON.parse(readFileSync(join(HISTORIES, file), 'utf8')) as unknown,
  }));
  const failed: string[] = [];
  const options = { workflowBundle: { codePath: process.env.KEYTURN_TEST_BUNDLE ?? '' } };
  for await (const { workflowId, error } of Worker.runReplayHistories(options, histories)) {
    if (error) failed.push(`${workflowId}: ${error.message}`);
  }
  expect(failed).toEqual([]);
});
