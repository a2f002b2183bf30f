import { expect, test } from 'vitest';
import { explainFailure, probeEncoders } from './encoders.ts';

test('each encoder is tried, and one that does not work says why', async () => {
  const probes = await probeEncoders();
  expect(probes.map((probe) => probe.name)).toEqual(['libx264', 'h264_nvenc', 'h264_videotoolbox', 'h264_amf', 'h264_qsv', 'h264_vaapi']);
  expect(probes[0]).toMatchObject({ works: true, isHardware: false, reason: undefined });
  for (const probe of probes.filter((candidate) => !candidate.works)) expect(probe.reason).toBeTruthy();
});

test('the reason is the line that says most', () => {
  expect(explainFailure("Unknown encoder 'h264_amf'\nError selecting an encoder for stream 0:0")).toBe('this ffmpeg was built without it');
  expect(explainFailure('[h264_nvenc @ 0x55] Cannot load libcuda.so.1\nError initializing output stream 0:0 -- Error while opening encoder\nConversion failed!')).toBe('Cannot load libcuda.so.1');
});
