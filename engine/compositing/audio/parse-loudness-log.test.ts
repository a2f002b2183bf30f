import { expect, it } from 'vitest';
import { parseLoudnessLog } from './parse-loudness-log.ts';

const summary = (lufs: string, range: string, peak: string): string[] => `[Parsed_ebur128_0 @ 0x55d0] Summary:

  Integrated loudness:
    I:         ${lufs} LUFS
    Threshold: -26.6 LUFS

  Loudness range:
    LRA:       ${range} LU
    Threshold: -36.4 LUFS
    LRA low:   -18.9 LUFS
    LRA high:  -16.4 LUFS

  True peak:
    Peak:      ${peak} dBFS`.split('\n');

it('reads the summary', () => {
  expect(parseLoudnessLog(['Input #0, wav', ...summary('-16.5', '2.5', '-2.7')])).toEqual({ lufs: -16.5, truePeakDbtp: -2.7, rangeLu: 2.5 });
});

it('takes the last of two, and positive peaks', () => {
  expect(parseLoudnessLog([...summary('-30.0', '0.0', '-9.0'), ...summary('-9.1', '0.3', '1.2')])).toEqual({ lufs: -9.1, truePeakDbtp: 1.2, rangeLu: 0.3 });
});

it('says null for silence', () => {
  expect(parseLoudnessLog(summary('-70.0', '0.0', '-inf'))).toEqual({ lufs: null, truePeakDbtp: null, rangeLu: 0 });
  expect(parseLoudnessLog(summary('nan', 'nan', 'nan'))).toEqual({ lufs: null, truePeakDbtp: null, rangeLu: 0 });
});

it('knows when there is none', () => {
  expect(parseLoudnessLog(['Stream map \'0:a:0\' matches no streams.', 't: 1.2 M: -20 S: -20 I: -20.0 LUFS'])).toBeUndefined();
});
