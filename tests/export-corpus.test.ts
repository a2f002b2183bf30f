/** Pre-flight on files that are wrong on purpose: each has one fault, and pre-flight names that one and no other; the right one gives none. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { placementById } from '#core/placements/placements.ts';
import { checkFile } from '#core/placements/preflight/check-file.ts';
import { assertSucceeded } from '#engine/compositing/ffmpeg/assert-succeeded.ts';
import type { FfmpegInput } from '#engine/compositing/ffmpeg/ffmpeg-job.ts';
import { runFfmpeg } from '#engine/compositing/ffmpeg/run-ffmpeg.ts';
import { measureFile } from '#engine/exports/measure-file.ts';
import { scratchFolder } from './adgen.ts';

let scratch: Awaited<ReturnType<typeof scratchFolder>>;
const at = (name: string): string => join(scratch.path, `${name}.mp4`);

const TAGS = ['-color_range', 'tv', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'];
/** No B-frames, so the picture needs no edit list; sound in its own file. */
const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-profile:v', 'high', '-bf', '0', '-crf', '20', '-pix_fmt', 'yuv420p', ...TAGS];
const AAC = ['-c:a', 'aac', '-b:a', '192k', '-ac', '2', '-ar', '48000'];
/** Sound begins at 0: an encoder's priming would shift the picture where there is no edit list to say so. */
const MP4 = ['-bsf:a', 'setts=ts=TS-STARTPTS', '-movflags', '+faststart+write_colr', '-use_editlist', '0', '-f', 'mp4'];
const MOVING = 'testsrc2=size=1080x1080:rate=30:duration=6';
const NOISE = 'anoisesrc=color=pink:amplitude=0.22:duration=6:sample_rate=48000:seed=3';

async function make(name: string, inputs: readonly FfmpegInput[], outputOptions: readonly string[], filterGraph?: string): Promise<void> {
  assertSucceeded(await runFfmpeg({ inputs, outputOptions, output: { path: at(name) }, ...(filterGraph ? { filterGraph } : {}) }), `making ${name}`);
}

/** The moving picture, changed by a filter, with the sound of the right file. */
const pictured = (name: string, filter: string, options: readonly string[] = H264): Promise<void> =>
  make(name, [{ lavfi: MOVING }, { path: at('right') }], ['-map', '[v]', '-map', '1:a', ...options, '-c:a', 'copy', ...MP4], `[0:v]${filter}[v]`);

/** The picture of the right file with another sound. */
const sounding = (name: string, sound: string, options: readonly string[] = AAC): Promise<void> =>
  make(name, [{ path: at('right') }, { lavfi: sound }], ['-map', '0:v', '-map', '1:a', '-c:v', 'copy', ...options, '-shortest', ...MP4]);

beforeAll(async () => {
  scratch = await scratchFolder('corpus');
  await make('right', [{ lavfi: MOVING }, { lavfi: NOISE }], [...H264, ...AAC, ...MP4]);
}, 300_000);

afterAll(async () => await scratch.remove());

/** What pre-flight says about a file, by rule. */
async function rulesOf(name: string, placementId: string): Promise<string[]> {
  const facts = await measureFile(at(name), {});
  return checkFile(facts, placementById(placementId), '1:1').map(({ rule }) => rule);
}

const COPIED = ['-map', '0', '-c', 'copy'];

const FAULTS: readonly (readonly [rule: string, placementId: string, makeFile: () => Promise<void>])[] = [
  ['faststart', 'meta-feed', () => make('faststart', [{ path: at('right') }], [...COPIED, '-movflags', '+write_colr', '-use_editlist', '0', '-f', 'mp4'])],
  ['edit-list', 'meta-feed', () => make('edit-list', [{ path: at('right') }], [...COPIED, '-bsf:a', 'setts=ts=TS-2048', '-movflags', '+faststart+write_colr', '-f', 'mp4'])],
  ['black-first', 'meta-feed', () => pictured('black-first', "drawbox=t=fill:color=black:enable='lt(n,3)'")],
  ['black-last', 'meta-feed', () => pictured('black-last', "drawbox=t=fill:color=black:enable='gte(n,174)'")],
  ['frozen-first', 'meta-feed', () => pictured('frozen-first', 'tpad=start_mode=clone:start_duration=2,trim=duration=6')],
  ['frozen-last', 'meta-feed', () => pictured('frozen-last', 'trim=duration=1,tpad=stop_mode=clone:stop_duration=5')],
  ['bars', 'meta-feed', () => pictured('bars', 'scale=1080:608,pad=1080:1080:0:236:black')],
  ['bars', 'meta-feed', () => pictured('bars', 'scale=608:1080,pad=1080:1080:236:0:black')],
  ['frame-size', 'meta-feed', () => pictured('frame-size', 'scale=1000:1000')],
  ['pixel-format', 'meta-feed', () => pictured('pixel-format', 'null', ['-c:v', 'libx264', '-preset', 'ultrafast', '-profile:v', 'high444', '-bf', '0', '-crf', '20', '-pix_fmt', 'yuv444p', ...TAGS])],
  ['colour-tags', 'meta-feed', () => pictured('colour-tags', 'null', ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '0', '-crf', '20', '-pix_fmt', 'yuv420p', '-color_range', 'tv', '-colorspace', 'smpte170m', '-color_primaries', 'smpte170m', '-color_trc', 'smpte170m'])],
  ['codec', 'meta-feed', () => pictured('codec', 'null', ['-c:v', 'mpeg4', '-q:v', '3', '-pix_fmt', 'yuv420p', ...TAGS])],
  ['rate', 'meta-feed', () => pictured('rate', 'fps=24')],
  ['bitrate', 'tiktok-infeed', () => pictured('bitrate', 'scale=90:90,scale=1080:1080', ['-c:v', 'libx264', '-preset', 'veryfast', '-bf', '0', '-b:v', '300k', '-maxrate', '300k', '-bufsize', '300k', '-pix_fmt', 'yuv420p', ...TAGS])],
  ['length.min', 'tiktok-infeed', () => make('length.min', [{ path: at('right') }], [...COPIED, '-t', '3', ...MP4])],
  ['length.max', 'youtube-bumper', () => make('length.max', [{ lavfi: MOVING.replace('duration=6', 'duration=9') }, { lavfi: NOISE.replace('duration=6', 'duration=9') }], [...H264, ...AAC, ...MP4])],
  ['silent', 'meta-feed', () => make('silent', [{ path: at('right') }], ['-map', '0:v', '-c', 'copy', ...MP4])],
  ['true-peak', 'meta-feed', () => sounding('true-peak', `${NOISE},volume=32dB`)],
  ['audio-bitrate', 'meta-feed', () => sounding('audio-bitrate', NOISE, ['-c:a', 'aac', '-b:a', '64k', '-ac', '2', '-ar', '48000'])],
  ['sample-rate', 'youtube-skippable', () => sounding('sample-rate', NOISE, ['-c:a', 'aac', '-b:a', '192k', '-ac', '2', '-ar', '32000'])],
  ['channels', 'meta-feed', () => sounding('channels', NOISE, ['-c:a', 'aac', '-b:a', '192k', '-ac', '1', '-ar', '48000'])],
  ['audio-codec', 'meta-feed', () => sounding('audio-codec', NOISE, ['-c:a', 'libmp3lame', '-b:a', '192k', '-ac', '2', '-ar', '48000'])],
];

test('the right file has nothing to be said about', { timeout: 300_000 }, async () => {
  expect(await rulesOf('right', 'meta-feed')).toEqual([]);
  expect(await rulesOf('right', 'tiktok-infeed')).toEqual(['length.recommended']); // six seconds are few there
});

test.each(FAULTS.map(([rule, placementId, makeFile]) => ({ rule, placementId, makeFile })))('$rule, for $placementId', { timeout: 300_000 }, async ({ rule, placementId, makeFile }) => {
  await makeFile();
  // What is merely recommended, and what was so with the right file already, is not the fault.
  const known = await rulesOf('right', placementId);
  expect((await rulesOf(rule, placementId)).filter((found) => !known.includes(found))).toEqual([rule]);
});

test('what a broadcaster asks for is measured: rate, bits, length, loudness', { timeout: 300_000 }, async () => {
  expect(new Set(await rulesOf('right', 'dv360'))).toEqual(new Set(['rate', 'bitrate', 'length.exact', 'loudness']));
});

test('a file without a picture is refused with a sentence', { timeout: 300_000 }, async () => {
  await make('no-picture', [{ lavfi: NOISE }], [...AAC, ...MP4]);
  await expect(measureFile(at('no-picture'), {})).rejects.toThrow(/holds no picture/);
});
