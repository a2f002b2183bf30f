/**
 * Sound by hand: music is chosen and a voice dropped, both are moved, cut, faded and made softer on the timeline, the preview plays them in
 * time with its picture, and they are in the exported file as loud as a platform wants them.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AdProject, Soundtrack } from '#core/project/schema.ts';
import { locateFfmpeg } from '#engine/compositing/ffmpeg/locate-ffmpeg.ts';
import { openStudio } from '#scripts/browser/studio.ts';
import type { Studio } from '#scripts/browser/studio.ts';
import { askEngine, documentOf } from './kit/ask-engine.ts';
import { dropPaths } from './kit/drop-paths.ts';
import { heard, lateness, listen } from './kit/listen.ts';
import { pull } from './kit/pointer.ts';
import { finishedProject, openView, startAdvert } from './kit/start-advert.ts';

const MINUTES = 60_000;

let studio: Studio;
let folder: string;
let ffmpeg: string;
let projectId = '';
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adgen-e2e-sound-'));
  ffmpeg = (await locateFfmpeg()).path;
  // A click in every second that begins, and a spoken word's worth of tone.
  await makeSound('clicks.wav', 12, "if(lt(mod(t,1),0.02),0.8*sin(2*PI*1000*t),0)");
  await makeSound('voice.wav', 2, '0.4*sin(2*PI*300*t)');
  await makeSound('bed.wav', 20, '0.2*sin(2*PI*220*t)+0.2*sin(2*PI*277*t)');
  studio = await openStudio({ width: 1440, height: 900 });
  await listen(studio.page);
  await startAdvert(studio);
  projectId = await finishedProject(studio);
  await openView(studio, 'Timeline');
  await studio.page.getByRole('button', { name: 'Fizzo', exact: true }).waitFor({ timeout: 2 * MINUTES });
}, 4 * MINUTES);

afterAll(async () => {
  await studio.close();
  await rm(folder, { recursive: true, force: true });
});

test('music is chosen, and plays in time with the picture', { timeout: 2 * MINUTES }, async () => {
  const { page } = studio;
  await choose('Add music', 'clicks.wav');
  await soundtrackWhere(({ music }) => music?.name === 'clicks.wav');
  await expect.poll(() => waveformOf('music'), { timeout: MINUTES }).toBeGreaterThan(5);
  await expect.poll(onsets, { timeout: MINUTES }).toBeGreaterThanOrEqual(5);
  await seek(10);
  await heard(page);
  await page.keyboard.press('l');
  await frameFrom(140);
  await page.keyboard.press('k');

  const listening = await heard(page);
  const clicks = listening.starts[0]?.onsets ?? [];
  for (const [second, click] of clicks.entries()) expect(Math.abs(click - second)).toBeLessThan(0.034);
  expect(Math.max(...listening.frames.map(({ peak }) => peak))).toBeGreaterThan(0.1);
  // On a busy machine some frames come late; none may come early, and those that were not held up are in time.
  const late = lateness(listening, 30).sort((a, b) => a - b);
  expect(late.length).toBeGreaterThan(20);
  expect(late[Math.floor(late.length * 0.05)]).toBeGreaterThan(-1.5);
  expect(late[Math.floor(late.length * 0.3)]).toBeLessThan(2);
});

test('a voice is dropped on its row, moved and cut; music is faded, moved and made softer', { timeout: 2 * MINUTES }, async () => {
  const { page } = studio;
  await choose('Add music', 'bed.wav');
  await soundtrackWhere(({ music }) => music?.name === 'bed.wav');
  await seek(30);
  await dropPaths(page, [at('voice.wav')], '[data-sound=voice]');
  const dropped = await soundtrackWhere(({ voice }) => voice?.name === 'voice.wav');
  expect([dropped.music?.name, dropped.voiceStartFrame]).toEqual(['bed.wav', 30]);
  const voice = page.locator('[data-clip=voice]');
  await expect.poll(() => waveformOf('voice'), { timeout: MINUTES }).toBeGreaterThan(20);

  await pull(page, voice, { dx: -62 });
  const moved = await soundtrackWhere(({ voiceStartFrame }) => voiceStartFrame !== 30);
  expect(moved.voiceStartFrame).toBeLessThan(30);
  await pull(page, voice.locator('[data-edge=start]'), { dx: 40, at: { y: 26 } });
  const cut = await soundtrackWhere(({ voiceTrimFrames = 0 }) => voiceTrimFrames > 0);
  expect((cut.voiceStartFrame ?? 0) - (cut.voiceTrimFrames ?? 0)).toBe(moved.voiceStartFrame ?? 0);

  const before = await soundtrack();
  const fadeIn = page.locator('[data-edge=fadeIn]');
  const [home] = [await fadeIn.boundingBox()];
  await pull(page, fadeIn, { dx: 120, during: async () => {
    expect((await fadeIn.boundingBox())?.x).toBeGreaterThan((home?.x ?? 0) + 80); // it goes along
    await page.keyboard.press('Escape');
  } });
  expect((await fadeIn.boundingBox())?.x).toBeCloseTo(home?.x ?? 0, 0);
  expect(await soundtrack()).toEqual(before);
  await pull(page, fadeIn, { dx: 120 });
  await pull(page, page.locator('[data-edge=fadeOut]'), { dx: -120 });
  await pull(page, page.locator('[data-clip=music]'), { dx: -70 });
  const mixed = await soundtrackWhere(({ musicTrimFrames = 0, fadeInFrames = 0, fadeOutFrames = 0 }) => musicTrimFrames > 0 && fadeInFrames > 0 && fadeOutFrames > 0);
  await page.getByRole('complementary').getByRole('slider', { name: 'Volume', exact: true }).focus();
  for (let step = 0; step < 6; step++) await page.keyboard.press('ArrowLeft');
  expect(await soundtrackWhere(({ musicGainDb }) => musicGainDb === -3)).toEqual({ ...mixed, musicGainDb: -3 });
});

test('they are in the exported film, as loud as it was asked for', { timeout: 4 * MINUTES }, async () => {
  const { page } = studio;
  const { fadeInFrames = 0, loudnessLufs } = await soundtrack();
  await openView(studio, 'Export');
  await page.getByRole('button', { name: /Master file, 1:1$/ }).first().click();
  await page.getByLabel('Folder').fill(folder);
  await page.getByRole('article').first().getByText(/Ready|warning/).waitFor({ timeout: MINUTES });
  await page.getByRole('button', { name: /^Export 1 file/ }).click();
  await expect.poll(async () => (await askEngine<{ state: string }[]>(studio, `/exports?projectId=${projectId}`))[0], { timeout: 3 * MINUTES }).toMatchObject({ state: 'succeeded' });
  const film = at((await readdir(folder)).find((name) => name.endsWith('.mp4')) ?? '');
  const whole = await ebur128(film);
  expect(Math.abs(whole.lufs - loudnessLufs)).toBeLessThan(0.7);
  expect(whole.peakDb).toBeLessThanOrEqual(-0.8);
  const [start, middle] = [await peakOf(film, 0, (fadeInFrames / 30) * 0.3), await peakOf(film, 2, 1)];
  expect(start).toBeLessThan(middle - 3); // comes in softly
});

async function makeSound(name: string, seconds: number, wave: string): Promise<void> {
  await execa(ffmpeg, ['-v', 'error', '-f', 'lavfi', '-i', `aevalsrc=exprs='${wave}':sample_rate=48000:duration=${seconds}`, '-ac', '2', at(name)]);
}

async function choose(button: string, file: string): Promise<void> {
  const chooser = studio.page.waitForEvent('filechooser');
  await studio.page.getByRole('button', { name: button, exact: true }).first().click();
  await (await chooser).setFiles(at(file));
}

async function seek(frame: number): Promise<void> {
  const { page } = studio;
  await page.getByLabel('Playhead', { exact: true }).fill(String(frame));
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
}

async function frameFrom(frame: number): Promise<void> {
  await studio.page.waitForFunction((wanted) => [...document.querySelectorAll('canvas')].some((canvas) => Number(canvas.dataset['frame']) >= wanted), frame);
}

async function soundtrack(): Promise<Soundtrack> {
  await studio.page.getByText('Saved', { exact: true }).waitFor();
  return (await documentOf(studio, projectId)).soundtrack;
}

async function soundtrackWhere(isSo: (found: AdProject['soundtrack']) => boolean): Promise<Soundtrack> {
  await expect.poll(async () => isSo(await soundtrack()), { timeout: MINUTES }).toBe(true);
  return await soundtrack();
}

/** Starts playing for a moment, and counts the beginnings of sounds in what would be heard. */
async function onsets(): Promise<number> {
  const { page } = studio;
  await heard(page);
  await page.keyboard.press('l');
  await page.keyboard.press('k');
  return (await heard(page)).starts[0]?.onsets.length ?? 0;
}

/** How many columns of a row's drawing are taller than silence. */
async function waveformOf(track: 'music' | 'voice'): Promise<number> {
  return await studio.page.locator(`[data-sound=${track}] canvas`).evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const { width, height } = canvas;
    const alpha = canvas.getContext('2d')?.getImageData(0, Math.round(height / 2) - 3, width, 1).data ?? [];
    return Array.from(alpha).filter((value, index) => index % 4 === 3 && value > 0).length;
  });
}

async function ebur128(path: string): Promise<{ lufs: number; peakDb: number }> {
  const { stderr } = await execa(ffmpeg, ['-hide_banner', '-nostats', '-i', path, '-af', 'ebur128=peak=true', '-f', 'null', '-']);
  const summary = stderr.slice(stderr.lastIndexOf('Summary:'));
  return { lufs: Number(/I:\s+(-?[\d.]+) LUFS/.exec(summary)?.[1]), peakDb: Number(/Peak:\s+(-?[\d.]+) dBFS/.exec(summary)?.[1]) };
}

async function peakOf(path: string, from: number, seconds: number): Promise<number> {
  const { stderr } = await execa(ffmpeg, ['-hide_banner', '-nostats', '-ss', String(from), '-t', String(seconds), '-i', path, '-vn', '-af', 'volumedetect', '-f', 'null', '-']);
  return Number(/max_volume: (-?[\d.]+) dB/.exec(stderr)?.[1]);
}
