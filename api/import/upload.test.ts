import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { missingFiles, receiveFile } from './upload';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-upload-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('puts a file in its place only when it has come whole and is kept', async () => {
  const file = await receiveFile(folder, 'meters.csv', Readable.from([Buffer.from('a,b\n'), Buffer.from('1,2\n')]), {
    limit: 8,
  });
  expect([file.bytes, readdirSync(folder).includes('meters.csv')]).toEqual([8, false]);
  await file.keep();
  await file.drop();
  expect(readFileSync(join(folder, 'meters.csv'), 'utf8')).toBe('a,b\n1,2\n');
  const listed = [
    { file: 'meters.csv', bytes: 8 },
    { file: 'reads.csv', bytes: 3 },
  ];
  expect(await missingFiles(folder, listed)).toEqual(['reads.csv']);
});

it('leaves nothing of a file that is too long or breaks off', async () => {
  const long = receiveFile(folder, 'meters.csv', Readable.from([Buffer.alloc(5), Buffer.alloc(5)]), { limit: 9 });
  await expect(long).rejects.toMatchObject({ status: 413, limit: 9 });
  const broken = Readable.from(
    (function* () {
      yield Buffer.alloc(3);
      throw new Error('gone');
    })(),
  );
  await expect(receiveFile(folder, 'meters.csv', broken, { limit: 9 })).rejects.toThrow('gone');
  expect(readdirSync(folder)).toEqual([]);
});
