/** A generated clip as a backdrop: with frames in between up to the film's frame rate when the server can make them, and as long as its scene. */
import type { BackdropManifest } from '#core/composition/backdrop-manifest.ts';
import { AdgenError } from '#core/contract/errors.ts';
import { formatRatioForFile } from '#core/project/ratio.ts';
import type { AssetRef } from '#core/project/schema.ts';
import { interpolationFor } from '#workflows/plan-clip.ts';
import { probeMedia } from '#engine/compositing/probe/probe-media.ts';
import type { VideoProbe } from '#engine/compositing/probe/probe-media.ts';
import { describeClip } from '#engine/providers/embedded/media-backdrop.ts';
import type { Making } from './backdrop-provider.ts';
import { backdropValues, pictureSize, PROJECT_FPS } from './backdrop-words.ts';
import { fillClip, isTooShort } from './fill-clip.ts';
import { fileOf, generate } from './generate.ts';
import { improve } from './improve.ts';
import { jobKey } from './job-journal.ts';

export async function makeClipBackdrop(making: Making): Promise<BackdropManifest> {
  const { request, call, tools, view, chosen, ffmpegPath } = making;
  const made = await generate({
    key: jobKey(call.stepKey, 'clip'), chosen, view, signal: call.signal,
    values: (share) => backdropValues(chosen.workflow.manifest, request, share),
    size: (values) => pictureSize(values, request.ratio),
    onProgress: (value) => call.report(0.8 * value),
    onPreview: (image) => call.preview(image),
  }, tools);
  call.record(made.record);
  const smooth = await interpolate(fileOf(made, 'video').path, making);
  return await describeClip(await keep(smooth, making), call, ffmpegPath);
}

async function interpolate(path: string, making: Making): Promise<string> {
  const { fps, frames, width, height } = await probeVideo(path, making);
  const values = interpolationFor(fps, PROJECT_FPS);
  if (!values) return path;
  return await improve({ capability: 'interpolate', path, values: { ...values }, size: (width * height * frames) / 1e6, span: [0.8, 0.95] }, making);
}

/** Into the artifact store, as long as the scene. The server's file stays where the journal knows it. */
async function keep(path: string, making: Making): Promise<AssetRef> {
  const { request: { scene, ratio }, call, ffmpegPath, tempPath } = making;
  const { fps, frames } = await probeVideo(path, making);
  const name = `${scene.id}_bg_${formatRatioForFile(ratio)}.mp4`;
  const job = { path, frames, fps, seconds: scene.durationFrames / PROJECT_FPS, ffmpegPath, signal: call.signal };
  if (!isTooShort(job)) return await call.putFile(path, name, 'video/mp4', { isKept: true });
  call.report(0.96, 'making the clip as long as its scene');
  const output = tempPath('mp4');
  await fillClip({ ...job, output });
  return await call.putFile(output, name, 'video/mp4');
}

async function probeVideo(path: string, { ffmpegPath, call: { signal } }: Making): Promise<Pick<VideoProbe, 'frames' | 'width' | 'height'> & { readonly fps: number }> {
  const { video } = await probeMedia(path, { ffmpegPath, signal });
  if (!video) throw new AdgenError('PROVIDER_REJECTED', 'The engine made a clip without a picture. Use another workflow.');
  return { frames: video.frames, width: video.width, height: video.height, fps: video.fps.num / video.fps.den };
}
