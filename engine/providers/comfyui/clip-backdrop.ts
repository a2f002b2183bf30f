/** A generated clip as a backdrop: with frames in between up to the film's frame rate when the server can make them, and as long as its scene. */
import { readFile } from 'node:fs/promises';
import type { BackdropManifest } from '#core/composition/backdrop-manifest.ts';
import { interpolationFor } from '#workflows/plan-clip.ts';
import { probeMedia } from '#engine/compositing/probe/probe-media.ts';
import type { VideoProbe } from '#engine/compositing/probe/probe-media.ts';
import { AdgenError } from '#core/contract/errors.ts';
import { describeClip } from '#engine/providers/embedded/media-backdrop.ts';
import { describeForecast } from './forecast.ts';
import { fileOf, generate } from './generate.ts';
import { findWorkflow } from './choose.ts';
import { jobKey } from './job-journal.ts';
import { backdropValues, pictureSize } from './backdrop-words.ts';
import type { Making } from './backdrop-provider.ts';
import { fillClip, isTooShort } from './fill-clip.ts';

/** Frames per second of the project clock. */
const PROJECT_FPS = 30;

export async function makeClipBackdrop(making: Making): Promise<BackdropManifest> {
  const { request, call, tools, view, chosen, ffmpegPath } = making;
  const made = await generate({
    key: jobKey(call.stepKey, 'clip'), chosen, view, signal: call.signal,
    values: (share) => backdropValues(chosen.workflow.manifest, request, share),
    size: (values) => pictureSize(values, request),
    onProgress: (value) => call.report(0.8 * value),
    onPreview: (image) => call.preview(image),
  }, tools);
  call.record(made.record);
  const clip = await fill(await interpolate(fileOf(made, 'video').path, making), making);
  const name = `${request.scene.id}_bg_${request.ratio.replace(':', 'x')}.mp4`;
  return await describeClip(await call.putFile(clip, name, 'video/mp4', { isKept: true }), call, ffmpegPath);
}

/** Nothing is lost when it cannot be done: frames are shown twice then. */
async function interpolate(path: string, { call, tools, view, wanted, ffmpegPath, forecast }: Making): Promise<string> {
  const { fps, frames, width, height } = await probeVideo(path, ffmpegPath, call.signal);
  const wish = interpolationFor(fps, PROJECT_FPS);
  const chosen = wish && findWorkflow(view, 'interpolate', wanted);
  if (!wish || !chosen) return path;
  const size = (width * height * frames) / 1e6;
  call.report(0.81, describeForecast(chosen.workflow.manifest.title, forecast(chosen, size)));
  const video = await tools.station.upload(new Uint8Array(await readFile(path)), 'clip.mp4', call.stepKey.slice(0, 32), call.signal);
  const made = await generate({
    key: jobKey(call.stepKey, 'between'), chosen, view, signal: call.signal, values: () => ({ video, ...wish }), size: () => size,
    onProgress: (value) => call.report(0.8 + 0.15 * value),
  }, tools);
  call.record(made.record);
  return fileOf(made, 'video').path;
}

async function fill(path: string, { request, call, ffmpegPath, tempPath }: Making): Promise<string> {
  const { fps, frames } = await probeVideo(path, ffmpegPath, call.signal);
  const job = { path, frames, fps, seconds: request.scene.durationFrames / PROJECT_FPS, ffmpegPath, signal: call.signal };
  if (!isTooShort(job)) return path;
  call.report(0.96, 'making the clip as long as its scene');
  const output = tempPath('mp4');
  await fillClip({ ...job, output });
  return output;
}

async function probeVideo(path: string, ffmpegPath: string, signal: AbortSignal): Promise<Pick<VideoProbe, 'frames' | 'width' | 'height'> & { readonly fps: number }> {
  const { video } = await probeMedia(path, { ffmpegPath, signal });
  if (!video) throw new AdgenError('PROVIDER_REJECTED', 'The engine made a clip without a picture. Use another workflow.');
  return { frames: video.frames, width: video.width, height: video.height, fps: video.fps.num / video.fps.den };
}
