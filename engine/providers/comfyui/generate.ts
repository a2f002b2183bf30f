/**
 * One generation: values into the workflow's graph, the graph to the server, its files back and verified. When the GPU's memory does not suffice
 * even after the engine has done what it can, the same is asked for smaller. What was made, how long it took and with what is recorded.
 */
import { engineError, reasonOf } from '#sidecar/protocol/failures.ts';
import type { CollectedFile } from '#sidecar/client/collect.ts';
import { applyRenames } from '#workflows/check-workflow.ts';
import { decodeInTiles } from '#workflows/decode-in-tiles.ts';
import { patchWorkflow } from '#workflows/patch-workflow.ts';
import type { GenerationRecord, PreviewImage } from '#engine/jobs/types.ts';
import type { ChosenWorkflow } from './choose.ts';
import type { Station } from './station.ts';
import type { StationView } from './station-view.ts';
import type { Values } from './take-inputs.ts';

export interface GenerateJob {
  /** See `jobKey`; the same key and values are the same job, after any crash. */
  readonly key: string;
  readonly chosen: ChosenWorkflow;
  readonly view: StationView;
  /** The inputs for this share of the full size, 0..1; the same ones for every share when the job cannot be made smaller. */
  values(share: number): Values;
  /** How much is asked for, in the units of `generation-history.ts`. */
  size(values: Values): number;
  readonly signal: AbortSignal;
  /** 0..1. */
  onProgress?(value: number): void;
  onPreview?(image: PreviewImage): void;
}

export interface Generated {
  /** By the names of the manifest's outputs. */
  readonly files: Readonly<Record<string, readonly CollectedFile[]>>;
  readonly values: Values;
  readonly record: GenerationRecord;
}

export interface GenerateTools {
  readonly station: Station;
  folderOf(key: string): string;
  verify(file: CollectedFile, signal: AbortSignal): Promise<void>;
  /** For later forecasts. */
  remember(kind: { readonly workflowHash: string; readonly device: string }, made: { readonly size: number; readonly seconds: number }): void;
}

/** Shares of the pixels that are asked for, one after the other, when memory is short. */
const SHARES = [1, 0.6, 0.36] as const;

/** Rejects with an AdgenError (JOB_OOM when even the smallest did not fit), or an AbortError. */
export async function generate(job: GenerateJob, tools: GenerateTools): Promise<Generated> {
  const sizes = new Map(SHARES.map((share) => job.values(share)).map((values) => [JSON.stringify(values), values]));
  let cause: unknown;
  for (const values of sizes.values()) {
    try {
      return await generateAtSize(job, values, tools);
    } catch (error) {
      if (reasonOf(error) !== 'JOB_OOM') throw error;
      cause = error;
    }
  }
  const isShrunk = sizes.size > 1 ? ', even at a smaller size' : '';
  throw engineError('JOB_OOM', `The GPU has too little memory for ${job.chosen.workflow.manifest.title}${isShrunk}.`, { cause });
}

/** The last rung of memory may be stepped on for this very job: then it is tried once more as it was, decoded in tiles. */
async function generateAtSize(job: GenerateJob, values: Values, tools: GenerateTools): Promise<Generated> {
  const mayTile = (): boolean => tools.station.usesTiledVae() && job.view.hasTiledDecoder;
  const isTiled = mayTile();
  try {
    return await generateOnce(job, values, isTiled, tools);
  } catch (error) {
    if (reasonOf(error) !== 'JOB_OOM' || isTiled || !mayTile()) throw error;
    return await generateOnce(job, values, true, tools);
  }
}

async function generateOnce(job: GenerateJob, values: Values, isTiled: boolean, { station, folderOf, verify, remember }: GenerateTools): Promise<Generated> {
  const { chosen, view, key, signal } = job;
  const { manifest, graph, hash } = chosen.workflow;
  const wanted = new Set(Object.values(manifest.outputs).map(({ node }) => node)); // other files of its graph are nobody's business
  const patched = applyRenames(patchWorkflow({ graph, manifest, values, jobId: PREFIX }), chosen.report.renames);
  let begunMs: number | undefined;
  const collected = await station.run({
    key,
    graph: isTiled ? decodeInTiles(patched) : patched,
    folder: folderOf(key),
    previewMethod: job.onPreview ? 'auto' : 'none',
    signal,
    verify: async (file) => { if (wanted.has(file.nodeId)) await verify(file, signal); },
    onRunning: () => (begunMs = performance.now()),
    ...(job.onProgress ? { onProgress: job.onProgress } : {}),
    onPreview: (preview) => job.onPreview?.({ mime: preview.mime, bytes: preview.image }),
  });
  // A job whose files were here already took no time of the GPU now.
  const gpuSeconds = begunMs === undefined ? 0 : (performance.now() - begunMs) / 1000;
  const device = view.device?.name ?? 'unknown';
  if (gpuSeconds > 0) remember({ workflowHash: hash, device }, { size: job.size(values), seconds: gpuSeconds });
  return {
    values,
    files: Object.fromEntries(Object.entries(manifest.outputs).map(([name, { node }]) => [name, collected.filter((file) => file.nodeId === node)])),
    record: {
      workflow: manifest.id, workflowHash: hash, models: [...manifest.models], inputs: values, server: view.identity.version, device, gpuSeconds: Math.round(gpuSeconds * 1000) / 1000,
      ...(view.identity.torch === undefined ? {} : { torch: view.identity.torch }),
    },
  };
}

/** The client puts every prompt's files into a folder of its own; the same graph must stay the same job. */
const PREFIX = 'job';

/** The one file of an output. Throws when the workflow gave none. */
export function fileOf({ files }: Pick<Generated, 'files'>, kind: CollectedFile['kind']): CollectedFile {
  const file = Object.values(files).flat().find((each) => each.kind === kind);
  if (!file) throw engineError('JOB_EMPTY', `The workflow gave no ${kind}.`);
  return file;
}
