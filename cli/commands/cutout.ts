/** `adgen cutout`: mask and cut-out of photos alone, without a project. */
import { basename, extname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { Option } from 'commander';
import { AdgenError } from '#core/contract/errors.ts';
import { cutOutPhoto } from '#engine/cutout/cut-out-photo.ts';
import { checkOutputFolder } from '#engine/exports/check-output-folder.ts';
import { withOutputErrors } from '#engine/exports/with-output-errors.ts';
import type { CutoutChoice } from '#engine/pipeline/steps/cutout-step.ts';
import { defaultDataDir, readSettings } from '#engine/settings.ts';
import { safeFileName } from '#engine/storage/file-names.ts';
import { replaceWithBytes } from '#engine/storage/durable-file.ts';
import { makeFolder } from '#engine/storage/make-folder.ts';
import { oneLine, printNote, printResult } from '../terminal.ts';

interface CutoutOptions {
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
    .requiredOption('--out <dir>', 'where <name>_mask.png and <name>_masked.png go')
    .option('--data <dir>', 'where models are looked for')
    .option('--json', 'print JSON')
    .action((photos: string[], options: CutoutOptions) => cutout(photos, options));
}

async function cutout(photos: readonly string[], options: CutoutOptions): Promise<void> {
  if (options.provider === 'comfyui') throw new AdgenError('PROVIDER_UNAVAILABLE', 'No ComfyUI server is connected. Use --provider auto, embedded or onnx.');
  const { onnxModelPath } = await readSettings(resolve(options.data ?? defaultDataDir()));
  const folder = resolve(options.out);
  await checkOutputFolder(folder);
  const results = [];
  for (const photo of photos) {
    const result = await cutOutPhoto(resolve(photo), { provider: options.provider as CutoutChoice, signal: new AbortController().signal, ...(onnxModelPath ? { onnxModelPath } : {}) });
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

function uniqueName(photo: string, taken: readonly string[]): string {
  const base = safeFileName(basename(photo, extname(photo)));
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}_${n}`;
    if (!taken.includes(name)) return name;
  }
}
