/** `adgen cutout`: mask and cut-out of photos alone, without a project. */
import { createHash } from 'node:crypto';
import { basename, extname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { Option } from 'commander';
import { AdgenError } from '#core/contract/errors.ts';
import { cutOutPhoto } from '#engine/cutout/cut-out-photo.ts';
import type { PhotoChoices } from '#engine/cutout/cut-out-photo.ts';
import { checkOutputFolder } from '#engine/exports/check-output-folder.ts';
import { withOutputErrors } from '#engine/exports/with-output-errors.ts';
import type { Engine } from '#engine/main.ts';
import { providerCall } from '#engine/providers/provider-call.ts';
import type { CutoutChoice } from '#engine/pipeline/steps/cutout-step.ts';
import { defaultDataDir, readSettings } from '#engine/settings.ts';
import { safeFileName } from '#engine/storage/file-names.ts';
import { replaceWithBytes } from '#engine/storage/durable-file.ts';
import { makeFolder } from '#engine/storage/make-folder.ts';
import type { EngineChoice } from '../engine-options.ts';
import { oneLine, printNote, printResult } from '../terminal.ts';
import { withEngine } from '../with-engine.ts';

interface CutoutOptions extends Pick<EngineChoice, 'comfyUrl'> {
  readonly provider: string;
  readonly out: string;
  readonly data?: string;
  readonly json?: boolean;
}

export function addCutoutCommand(program: Command): void {
  program
    .command('cutout')
    .description('cut products out of photos')
    .argument('<photo...>', 'product photos')
    .addOption(new Option('--provider <name>', 'who cuts').choices(['auto', 'alpha', 'embedded', 'onnx', 'comfyui']).default('auto'))
    .option('--comfy-url <url>', 'the running ComfyUI for --provider comfyui')
    .requiredOption('--out <dir>', 'where <name>_mask.png and <name>_masked.png go')
    .option('--data <dir>', 'where models are looked for')
    .option('--json', 'print JSON')
    .action((photos: string[], options: CutoutOptions) => cutout(photos, options));
}

async function cutout(photos: readonly string[], options: CutoutOptions): Promise<void> {
  if (options.provider === 'comfyui') {
    await withEngine({ ...options, engine: 'comfyui' }, async (engine) => await cutOutAll(photos, options, await comfyMasks(engine)));
  } else await cutOutAll(photos, options);
}

async function cutOutAll(photos: readonly string[], options: CutoutOptions, askComfy?: PhotoChoices['askComfy']): Promise<void> {
  const { onnxModelPath } = await readSettings(resolve(options.data ?? defaultDataDir()));
  const folder = resolve(options.out);
  await checkOutputFolder(folder);
  const results = [];
  for (const photo of photos) {
    const result = await cutOutPhoto(resolve(photo), { provider: options.provider as CutoutChoice, signal: new AbortController().signal, ...(onnxModelPath ? { onnxModelPath } : {}), ...(askComfy ? { askComfy } : {}) });
    const name = uniqueName(photo, results.map((other) => other.name));
    const write = (file: string, bytes: Uint8Array): Promise<void> => withOutputErrors(join(folder, file), async () => {
      makeFolder(folder);
      await replaceWithBytes(bytes, join(folder, file));
    });
    await write(`${name}_mask.png`, result.maskPng);
    await write(`${name}_masked.png`, result.cutoutPng);
    results.push({ name, photo, mask: `${name}_mask.png`, cutout: `${name}_masked.png`, method: result.method, fallback: result.fallback, notes: result.notes, analysis: result.analysis });
    printNote(`${oneLine(photo)}: ${result.method}${result.notes.length ? ` (${result.notes.map((note) => oneLine(note)).join('; ')})` : ''}`);
  }
  if (options.json) printResult(JSON.stringify(results, null, 2));
}

/** The same photo and workflow are the same job for the server, also after a crash. */
async function comfyMasks({ services }: Engine): Promise<NonNullable<PhotoChoices['askComfy']>> {
  const { comfy } = services;
  if (!comfy) throw new AdgenError('PROVIDER_UNAVAILABLE', 'No ComfyUI is set up. Name a running one with --comfy-url, or use --provider auto, embedded or onnx.');
  const context = { signal: new AbortController().signal, report: () => {} };
  const { makeCutoutMask } = await import('#engine/providers/comfyui/cutout-mask.ts');
  const choice = await comfy.choose('cutout', [], context.signal);
  return async (png) => {
    const stepKey = createHash('sha256').update(png).update(JSON.stringify(choice)).digest('hex');
    return await makeCutoutMask(png, choice, comfy, { ...providerCall(services, context), stepKey, preview: () => {}, record: () => {} });
  };
}

function uniqueName(photo: string, taken: readonly string[]): string {
  const base = safeFileName(basename(photo, extname(photo)));
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}_${n}`;
    if (!taken.includes(name)) return name;
  }
}
