import { describe, expect, test } from 'vitest';
import { assertSucceeded, isWriteError } from './assert-succeeded.ts';
import { formatCommand, inputOptions } from './ffmpeg-arguments.ts';
import type { FfmpegProgress, FfmpegResult } from './ffmpeg-job.ts';
import { createProgressParser } from './ffmpeg-progress.ts';
import { packageManagerMethods } from './install-ffmpeg.ts';
import { isRecentEnough, parseEncoderNames, parseFfmpegVersion } from './parse-ffmpeg-version.ts';

describe('the version', () => {
  test.each([
    ['ffmpeg version 5.1.9-0+deb12u1 Copyright (c) 2000-2026 the FFmpeg developers', { text: '5.1.9-0+deb12u1', major: 5, minor: 1 }, true],
    ['ffmpeg version n7.1.1-14 Copyright', { text: 'n7.1.1-14', major: 7, minor: 1 }, true],
    ['ffmpeg version 4.3.6-0+deb11u1 Copyright', { text: '4.3.6-0+deb11u1', major: 4, minor: 3 }, false],
    ['ffmpeg version 4.4.2-0ubuntu0.22.04.1 Copyright', { text: '4.4.2-0ubuntu0.22.04.1', major: 4, minor: 4 }, true],
    ['ffmpeg version N-118048-g1e76bd2f39 Copyright', { text: 'N-118048-g1e76bd2f39' }, true],
  ])('%s', (banner, version, isRecent) => {
    expect(parseFfmpegVersion(banner)).toEqual(version);
    expect(isRecentEnough(parseFfmpegVersion(banner) as { text: string })).toBe(isRecent);
  });

  test('of something else is none', () => {
    expect(parseFfmpegVersion('Hello')).toBeUndefined();
  });
});

test('encoder names come from the table, not from its legend', () => {
  const table = 'Encoders:\n V..... = Video\n A..... = Audio\n ------\n V....D libx264              libx264 H.264 (codec h264)\n A....D aac                  AAC (Advanced Audio Coding)\n';
  const names = parseEncoderNames(table);
  expect(names.has('libx264') && names.has('aac')).toBe(true);
  expect(names.has('libx265')).toBe(false);
});

test('progress comes block by block and is told apart from the log', () => {
  const seen: FfmpegProgress[] = [];
  const parser = createProgressParser(60, (progress) => seen.push(progress));
  const lines = ['frame=30', 'fps=0.00', 'stream_0_0_q=28.0', 'bitrate=N/A', 'total_size=N/A', 'out_time_us=1000000', 'out_time=00:00:01.000000', 'dup_frames=0', 'drop_frames=0', 'speed=2x', 'progress=continue'];
  expect(lines.every((line) => parser.push(line))).toBe(true);
  expect(parser.push('[libx264 @ 0x55] frame=1 is not progress')).toBe(false);
  expect(seen).toEqual([{ frame: 30, outSeconds: 1, fraction: 0.5 }]);
});

test('pictures are opened without patterns only where a name could be one', () => {
  expect(inputOptions({ path: 'shot.png' })).toEqual([]);
  expect(inputOptions({ path: 'shot%03d.png' })).toEqual(['-f', 'image2', '-pattern_type', 'none']);
  expect(inputOptions({ path: '100%.mp4' })).toEqual([]);
  expect(inputOptions({ lavfi: 'anullsrc', options: ['-t', '1'] })).toEqual(['-f', 'lavfi', '-t', '1']);
});

test('a command is quoted for reading', () => {
  expect(formatCommand('/opt/my tools/ffmpeg', ['-i', "file:/it's.mp4", '-f', 'null'])).toBe(`'/opt/my tools/ffmpeg' -i 'file:/it'\\''s.mp4' -f null`);
});

describe('how a run ended', () => {
  const result: FfmpegResult = { exitCode: 0, signal: null, timedOut: false, isCanceled: false, hasWriteError: false, stderrTail: '', durationMs: 10, command: 'ffmpeg' };

  test('a lost trailer is a failure even with exit code 0', () => {
    const tail = 'Error writing trailer of file:/x.mp4: No space left on device';
    expect(isWriteError(tail)).toBe(true);
    expect(() => assertSucceeded({ ...result, hasWriteError: true, stderrTail: tail }, 'encoding')).toThrow(expect.objectContaining({ code: 'DISK_FULL' }));
    expect(() => assertSucceeded({ ...result, hasWriteError: true, stderrTail: 'Error writing trailer: Input/output error' }, 'encoding')).toThrow(expect.objectContaining({ code: 'TOOL_FAILED' }));
  });

  test('an ordinary complaint is none', () => {
    expect(isWriteError('[mp4 @ 0x55] Non-monotonous DTS')).toBe(false);
    expect(() => assertSucceeded({ ...result, stderrTail: 'deprecated pixel format used' }, 'encoding')).not.toThrow();
  });
});

describe('package managers', () => {
  test('as root nothing is asked, otherwise only a sudo that asks nothing', () => {
    expect(packageManagerMethods('linux', true)[0]?.commands).toEqual([
      ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', 'update', '-q'],
      ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', 'install', '-y', '--no-install-recommends', 'ffmpeg'],
    ]);
    expect(packageManagerMethods('linux', false)[0]?.commands[1]?.slice(0, 3)).toEqual(['sudo', '-n', 'env']);
    expect(packageManagerMethods('darwin', false)[0]?.commands).toEqual([['brew', 'install', 'ffmpeg']]);
    expect(packageManagerMethods('win32', false)[0]?.commands[0]?.[0]).toBe('winget');
    expect(packageManagerMethods('aix', true)).toEqual([]);
  });
});
