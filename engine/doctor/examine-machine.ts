/**
 * Examines the machine for `adgen doctor`: every statement is tried, not assumed (encoders really encode, the data folder is
 * really written to). It changes nothing.
 */
import { access, constants, statfs } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { cpus, totalmem } from 'node:os';
import { serializeError } from '#core/contract/errors.ts';
import { probeEncoders } from '#engine/compositing/encode/encoders.ts';
import type { EncoderProbe } from '#engine/compositing/encode/encoders.ts';
import { locateFfmpeg } from '#engine/compositing/ffmpeg/locate-ffmpeg.ts';
import { bundledFonts } from '#engine/text/fonts.ts';
import { lookAtMachine } from '#sidecar/provision/hardware/look-at-machine.ts';
import { makeFolder } from '../storage/make-folder.ts';
import type { EngineSettings } from '../settings.ts';

/** `problem` stops adverts from being made; `note` is worth knowing. */
export interface Finding {
  readonly name: string;
  readonly state: 'ok' | 'note' | 'problem';
  readonly detail: string;
}

export interface MachineReport {
  readonly findings: readonly Finding[];
  readonly encoders: readonly EncoderProbe[];
}

/** Less free space than this is worth a note: an advert's artifacts take about 100 MB. */
const LOW_DISK_BYTES = 2e9;

export async function examineMachine(settings: EngineSettings): Promise<MachineReport> {
  const ffmpeg = await examineFfmpeg();
  const encoders = ffmpeg.state === 'ok' ? await probeEncoders() : [];
  const findings = [
    { name: 'Node', state: 'ok' as const, detail: process.version },
    ffmpeg,
    ...encoders.map(describeEncoder),
    await examineDataFolder(settings.dataDir),
    examineHardware(),
    await examineGpu(),
    examineFonts(),
    examineOnnx(settings),
    examinePlanning(settings),
  ];
  return { findings, encoders };
}

async function examineFfmpeg(): Promise<Finding> {
  try {
    const { path, version, source } = await locateFfmpeg();
    return { name: 'ffmpeg', state: 'ok', detail: `${version} (${source}: ${path})` };
  } catch (error) {
    return { name: 'ffmpeg', state: 'problem', detail: serializeError(error).message };
  }
}

function describeEncoder({ name, works, reason }: EncoderProbe): Finding {
  return { name: `encoder ${name}`, state: works ? 'ok' : 'note', detail: works ? 'encodes' : `does not work here: ${reason ?? 'unknown'}` };
}

async function examineDataFolder(dataDir: string): Promise<Finding> {
  try {
    makeFolder(dataDir);
    await access(dataDir, constants.W_OK);
    const { bavail, bsize } = await statfs(dataDir);
    const free = bavail * bsize;
    return { name: 'data folder', state: free < LOW_DISK_BYTES ? 'note' : 'ok', detail: `${dataDir}, ${(free / 1e9).toFixed(1)} GB free` };
  } catch (error) {
    return { name: 'data folder', state: 'problem', detail: `${serializeError(error).message} (--data chooses another)` };
  }
}

function examineHardware(): Finding {
  return { name: 'processor and memory', state: 'ok', detail: `${cpus().length} cores, ${(totalmem() / 1e9).toFixed(1)} GB` };
}

/** What a generation engine would be made for; the embedded providers need no GPU. */
async function examineGpu(): Promise<Finding> {
  const { gpus, notes } = await lookAtMachine();
  const names = gpus.map(({ name, memoryBytes, driver }) => [name, memoryBytes === undefined ? [] : `${Math.round(memoryBytes / 2 ** 30)} GB`, driver === undefined ? [] : `driver ${driver}`].flat().join(', '));
  if (names.length > 0) return { name: 'GPU', state: 'ok', detail: [names.join('; '), ...notes].join('; ') };
  return { name: 'GPU', state: 'note', detail: ['none found; adverts are made on the processor', ...notes].join('; ') };
}

function examineFonts(): Finding {
  const families = bundledFonts().map((font) => font.family);
  return { name: 'fonts', state: families.length > 0 ? 'ok' : 'problem', detail: families.length > 0 ? [...new Set(families)].join(', ') : 'no bundled font found; run "npm start" again to repair the installation' };
}

function examineOnnx({ onnxModelPath }: EngineSettings): Finding {
  const hasRuntime = isInstalled('onnxruntime-node');
  if (!onnxModelPath) return { name: 'cut-out model', state: 'note', detail: `none; the embedded cut-out is used (runtime ${hasRuntime ? 'installed' : 'not installed'})` };
  return { name: 'cut-out model', state: hasRuntime ? 'ok' : 'note', detail: hasRuntime ? onnxModelPath : `${onnxModelPath}, but onnxruntime-node is not installed` };
}

function examinePlanning({ planEndpoint }: EngineSettings): Finding {
  return { name: 'planning', state: 'ok', detail: planEndpoint ? `${planEndpoint.model} at ${planEndpoint.baseUrl ?? 'OpenAI'}, then embedded` : 'embedded' };
}

/** Whether an optional package is there; loading it is left to who needs it. */
function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return false;
    throw error;
  }
}
