/** Step `export`: a picture and a mix → the file for a placement, measured: its container, sound and frames, and the product in it. */
import type { FileFacts } from '#core/placements/preflight/check-file.ts';
import type { Ratio } from '#core/project/ratio.ts';
import { canvasSize } from '#core/project/ratio.ts';
import type { AssetRef } from '#core/project/schema.ts';
import type { Timebase } from '#core/time/frames.ts';
import { finishExport } from '#engine/compositing/encode/finish-export.ts';
import { judgeFidelity } from '#engine/compositing/fidelity/judge-fidelity.ts';
import type { FidelityReport, SampleMeasurement } from '#engine/compositing/fidelity/judge-fidelity.ts';
import type { CheckFidelityPayload } from '#engine/compositing/tasks/check-fidelity.ts';
import { measureFile } from '#engine/exports/measure-file.ts';
import { stepKey } from '#engine/jobs/step-key.ts';
import type { StepHandler, StepSpec } from '#engine/jobs/types.ts';
import type { FilmSample } from '../fidelity-samples.ts';
import { taskModule } from '../task-module.ts';
import type { Services } from '../services.ts';

/** Where the product is looked for, and what it ought to look like. Frames count in the exported file. */
export interface ExportSample extends FilmSample {
  readonly cutout: CheckFidelityPayload['cutout'];
}

interface Params {
  readonly ratio: Ratio;
  readonly rate: Timebase;
  readonly durationSeconds: number;
  readonly hasEditLists: boolean;
  readonly samples: readonly ExportSample[];
  readonly pictureKey: string;
  readonly mixKey: string;
}

/** What was measured on an exported file. */
export interface ExportData {
  readonly facts: FileFacts;
  readonly fidelity: FidelityReport;
  readonly samples: readonly Pick<ExportSample, 'frameIndex' | 'productId' | 'sceneId' | 'productRect' | 'rotationDeg'>[];
}

export function exportStep(picture: StepSpec, mix: StepSpec, params: Omit<Params, 'pictureKey' | 'mixKey'>): StepSpec {
  const { ratio, rate, hasEditLists, samples } = params;
  const key = stepKey({ kind: 'export', version: 1, params: { ratio, rate, hasEditLists, samples }, inputs: [picture.key, mix.key] });
  return { key, kind: 'export', stage: 'RENDERING', name: `export ${ratio}`, lane: 'io', deps: [picture.key, mix.key], params: { ...params, pictureKey: picture.key, mixKey: mix.key } satisfies Params, weight: 2 };
}

/** Artifacts: `video`. Data: `ExportData`. */
export function createExportHandler(services: Services): StepHandler {
  return async ({ step, input, signal, report }) => {
    const { ratio, rate, durationSeconds, hasEditLists, samples, pictureKey, mixKey } = step.params as Params;
    const { store } = services;
    const ffmpegPath = await services.ffmpegPath();
    const pathOf = (key: string, name: string): string => {
      const asset = input(key).artifacts[name];
      if (!asset) throw new Error(`step ${key} left no ${name}`);
      return store.pathOf(asset);
    };
    const outputPath = store.tempPath('mp4');
    await finishExport({ picturePath: pathOf(pictureKey, 'video'), soundPath: pathOf(mixKey, 'mix'), durationSeconds, rate, hasEditLists, outputPath, ffmpegPath, signal });
    const video: AssetRef = { ...(await store.putFile(outputPath, `export_${ratio.replace(':', 'x')}.mp4`, 'video/mp4', { move: true })), ...canvasSize(ratio) };
    report(0.2);
    const facts = await measureFile(store.pathOf(video), { ffmpegPath, signal });
    report(0.7);
    const measurements: SampleMeasurement[] = [];
    for (const { cutout, productId: _product, sceneId: _scene, ...sample } of samples) {
      const payload: CheckFidelityPayload = { dataDir: services.dataDir, ratio, segmentHash: video.hash, sample, cutout, fps: rate, ffmpegPath };
      measurements.push(await services.pool.run<SampleMeasurement>({ module: taskModule('compositing/tasks/check-fidelity.ts'), payload }, { signal }));
    }
    const data: ExportData = { facts, fidelity: judgeFidelity(measurements), samples: samples.map(({ frameIndex, productId, sceneId, productRect, rotationDeg }) => ({ frameIndex, productId, sceneId, productRect, rotationDeg })) };
    return { artifacts: { video }, data, provider: 'embedded' };
  };
}
