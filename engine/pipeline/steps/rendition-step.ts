/** Step `rendition`: segments and soundtrack → the finished MP4, joined without encoding anything again. */
import { canvasSize, formatRatioForFile } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';
import { AdgenError } from '#core/contract/errors.ts';
import { joinRendition } from '#engine/compositing/encode/join-rendition.ts';
import { probeMedia } from '#engine/compositing/probe/probe-media.ts';
import type { MediaProbe } from '#engine/compositing/probe/probe-media.ts';
import { stepKey } from '#engine/jobs/step-key.ts';
import type { StepHandler, StepSpec } from '#engine/jobs/types.ts';
import type { Services } from '../services.ts';

interface Params {
  readonly ratio: Ratio;
  readonly segmentKeys: readonly string[];
  readonly mixKey: string;
  readonly frameCount: number;
}

/** What the finished file says about itself. */
export interface RenditionData {
  readonly probe: MediaProbe;
}

export function renditionStep(ratio: Ratio, segments: readonly StepSpec[], mix: StepSpec, frameCount: number): StepSpec {
  const segmentKeys = segments.map((segment) => segment.key);
  const params: Params = { ratio, segmentKeys, mixKey: mix.key, frameCount };
  const key = stepKey({ kind: 'rendition', version: 1, params: { ratio, frameCount }, inputs: [...segmentKeys, mix.key] });
  return { key, kind: 'rendition', stage: 'RENDERING', name: `final ${ratio}`, lane: 'io', deps: [...new Set([...segmentKeys, mix.key])], params, weight: 0.6, isShown: true };
}

/** Artifacts: `video`. Data: `RenditionData`. Throws TOOL_FAILED (transient) when the file is not what was asked for. */
export function createRenditionHandler({ store, ffmpegPath }: Services): StepHandler {
  return async ({ step, input, signal }) => {
    const { ratio, segmentKeys, mixKey, frameCount } = step.params as Params;
    const path = (key: string, name: string): string => {
      const asset = input(key).artifacts[name];
      if (!asset) throw new Error(`step ${key} left no ${name}`);
      return store.pathOf(asset);
    };
    const outputPath = store.tempPath('mp4');
    const ffmpeg = await ffmpegPath();
    const segments = segmentKeys.map((key) => ({ path: path(key, 'segment'), frameCount: (input(key).data as { frameCount: number }).frameCount }));
    await joinRendition({ segments, audioPath: path(mixKey, 'mix'), fps: { num: 30, den: 1 }, outputPath, ffmpegPath: ffmpeg, signal, name: step.name });
    const probe = await probeMedia(outputPath, { ffmpegPath: ffmpeg, signal });
    assertDelivered(probe, ratio, frameCount);
    const video = await store.putFile(outputPath, `final_${formatRatioForFile(ratio)}.mp4`, 'video/mp4', { move: true });
    const data: RenditionData = { probe };
    return { artifacts: { video: { ...video, ...canvasSize(ratio) } }, data, provider: 'embedded' };
  };
}

/** A file with another size or length than asked for never counts as finished. */
function assertDelivered(probe: MediaProbe, ratio: Ratio, frameCount: number): void {
  const size = canvasSize(ratio);
  const { video } = probe;
  if (video && video.width === size.width && video.height === size.height && Math.abs(video.frames - frameCount) <= 1) return;
  const found = video ? `${video.width}×${video.height}, ${video.frames} frames` : 'no picture';
  throw new AdgenError('TOOL_FAILED', `The joined ${ratio} video has ${found} instead of ${size.width}×${size.height}, ${frameCount} frames.`, { isTransient: true });
}
