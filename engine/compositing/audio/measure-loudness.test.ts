import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setChildJournal } from '../ffmpeg/child-journal.ts';
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import { measureLoudness } from './measure-loudness.ts';

let folder: string;
let tone: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'adgen-loudness-'));
  tone = path.join(folder, 'tone.wav');
  await runFfmpeg({ inputs: [{ lavfi: 'sine=frequency=997:sample_rate=48000:duration=2,volume=18dB' }], outputOptions: ['-ac', '2'], output: { path: tone } });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a full-scale sine of 997 Hz reads as the standard says', async () => {
  // ITU-R BS.1770: 0 dBFS in one channel reads −3.01 LUFS; spread over two channels at −3 dB each it is as loud. lavfi's sine has −18 dBFS.
  const heard = await measureLoudness(tone);
  expect(heard.durationSeconds).toBeCloseTo(2, 2);
  expect(Math.abs((heard.lufs ?? 0) + 3.01)).toBeLessThan(0.2);
});

test('ffmpeg killed from outside may be tried again: the file is not to blame', async () => {
  setChildJournal({ add: (pid) => process.kill(pid, 'SIGKILL'), remove: () => {} });
  await expect(measureLoudness(tone).finally(() => setChildJournal(undefined))).rejects.toMatchObject({ code: 'TOOL_FAILED', isTransient: true });
});
