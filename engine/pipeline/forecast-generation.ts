/**
 * What a ComfyUI would make of an advert, how long that takes there, and how much memory: asked without starting a server. One that is not
 * running is remembered by what it made last.
 */
import type { Ratio } from '#core/project/ratio.ts';
import { pictureSize } from '#engine/providers/comfyui/backdrop-words.ts';
import type { ComfyGenerator } from '#engine/providers/comfyui/generator.ts';
import { loadWorkflows } from '#workflows/load-workflows.ts';
import { framesFor, sizeFor } from '#workflows/plan-clip.ts';
import type { Engine } from '../main.ts';
import type { HostTools } from '../host/host-tools.ts';
import { explain } from '../jobs/run-chain.ts';
import { GENERATED_WEIGHT } from './generation-key.ts';
import { recallChoices } from './remembered-choices.ts';

type Capability = keyof typeof GENERATED_WEIGHT;

/** Who would do it: the server (`seconds` for the whole advert), or why it would not. */
export type Generation =
  | { readonly title: string; readonly seconds: number; readonly isMeasured: boolean; readonly memoryBytes: number; readonly reason: string | null; readonly name?: string }
  | { readonly unavailable: string | null; readonly name?: string };

/** What is to be generated. */
export interface GenerationWish {
  readonly ratios: readonly Ratio[];
  readonly frames: number;
  readonly scenes: number;
  readonly engine: 'auto' | 'comfyui' | 'embedded';
  readonly isOffline: boolean;
  readonly workflows: readonly string[];
}

/** A forecast is looked at while a form is filled in: it does not wait longer for a server. */
const PATIENCE_MS = 2000;
const AWAKE = new Set(['running', 'busy', 'external']);

/** @param host knows how the sidecar is */
export async function forecastGeneration(capability: Capability, wish: GenerationWish, { services: { comfy }, db }: Engine, host: Pick<HostTools, 'sidecar'>): Promise<Generation> {
  if (wish.engine === 'embedded') return { unavailable: null };
  if (!comfy) return { unavailable: wish.engine === 'comfyui' ? 'No ComfyUI is set up. Install one in Settings, or choose another engine.' : null, name: 'COMFYUI_NONE' };
  if (wish.isOffline && comfy.needsNetwork) return { unavailable: 'This ComfyUI is on another machine and is not asked offline.', name: 'COMFYUI_OFFLINE' };
  const { state } = await host.sidecar.status({}).catch(() => ({ state: 'absent' })); // a host that cannot say is asked no server
  const asked = AWAKE.has(state) ? await ask(capability, wish, comfy) : undefined;
  return asked ?? (await recall(capability, wish, db));
}

/** Undefined when the server takes too long to answer. */
async function ask(capability: Capability, wish: GenerationWish, comfy: ComfyGenerator): Promise<Generation | undefined> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    const choice = await comfy.choose(capability, wish.workflows, signal);
    if ('unavailable' in choice) return choice;
    const { view, chosen } = await comfy.resume(choice, signal);
    const { manifest } = chosen.workflow;
    const jobs = sizesOf(capability, manifest, wish).map((size) => comfy.forecast(view, chosen, size));
    const isMeasured = jobs.every((job) => job.seconds !== undefined);
    const seconds = jobs.reduce((sum, job) => sum + (job.seconds ?? GENERATED_WEIGHT[capability]), 0);
    const memory = jobs[0];
    const isTight = memory !== undefined && memory.fit !== 'comfortable';
    return { title: manifest.title, seconds, isMeasured, memoryBytes: manifest.vram.tierGb * 2 ** 30, reason: isTight ? `It wants ${memory.needsGb} GB of graphics memory and has ${memory.hasGb}, so it will be slower.` : null, name: 'MEMORY_TIGHT' };
  } catch (error) {
    if (signal.aborted) return undefined;
    const { reason, name } = explain(error);
    return { unavailable: reason, ...(name === undefined ? {} : { name }) };
  }
}

/** The server rests: what it made last it will most likely make again. */
async function recall(capability: Capability, wish: GenerationWish, db: Engine['db']): Promise<Generation> {
  const known = recallChoices(db, capability);
  const [last] = [...known.filter(({ id }) => wish.workflows.includes(id)), ...known];
  if (!last) return { unavailable: 'ComfyUI is not running; what it can make is seen when it is started.', name: 'COMFYUI_RESTS' };
  const { workflows } = await loadWorkflows();
  const manifest = workflows.find((workflow) => workflow.manifest.id === last.id)?.manifest;
  const count = capability === 'backdrop' ? wish.scenes * wish.ratios.length : 1;
  return { title: manifest?.title ?? last.id, seconds: GENERATED_WEIGHT[capability] * count, isMeasured: false, memoryBytes: (manifest?.vram.tierGb ?? 0) * 2 ** 30, reason: 'ComfyUI is started when the advert begins.', name: 'COMFYUI_STARTS' };
}

/** Sizes of the jobs in the unit of the capability; see `generation-history.ts`. */
function sizesOf(capability: Capability, manifest: Parameters<typeof sizeFor>[0], { ratios, frames, scenes }: GenerationWish): number[] {
  if (capability === 'music') return [frames / 30];
  return ratios.flatMap((ratio) => {
    const clip = framesFor(manifest, frames / 30 / scenes);
    return Array.from({ length: scenes }, () => pictureSize({ ...sizeFor(manifest, ratio), ...(clip ? { frames: clip.frames } : {}) }, ratio));
  });
}
