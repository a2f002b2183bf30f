/**
 * ComfyUI as a source of pictures and sound for this process: what can be made with it now, how long that will take here, and what the providers of
 * this folder work with. Made once by `engine/main.ts` when there is a server to use.
 */
import { join } from 'node:path';
import { AdgenError, nameOfError } from '#core/contract/errors.ts';
import { engineError } from '#sidecar/protocol/failures.ts';
import type { SidecarAccess } from '#sidecar/access/types.ts';
import type { ClientLimits } from '#sidecar/client/comfy-types.ts';
import type { Capability } from '#workflows/manifest.ts';
import type { StudioDb } from '#engine/db/open.ts';
import type { GenerationChoice } from '#engine/providers/types.ts';
import { chooseBackdrop, chooseOne } from './choose.ts';
import type { ChosenWorkflow } from './choose.ts';
import { forecastOf } from './forecast.ts';
import type { Forecast } from './forecast.ts';
import { forecastSeconds, recordGeneration } from './generation-history.ts';
import type { GenerateTools } from './generate.ts';
import { createJobJournal, jobFolder, sweepJobs } from './job-journal.ts';
import { createStation } from './station.ts';
import type { StationView } from './station-view.ts';
import { verifyResult } from './verify-result.ts';

export interface ComfyGenerator {
  readonly tools: GenerateTools;
  /** The server is on another machine. */
  readonly needsNetwork: boolean;
  /** What will make this, now; `wanted` are ids that the user asked for, tried before others. Never rejects for what a server can do, only after an abort. */
  choose(capability: 'backdrop' | Extract<Capability, 'music' | 'cutout'>, wanted: readonly string[], signal: AbortSignal): Promise<GenerationChoice>;
  /** The workflow of a choice, on the server as it is now. Throws what was in the way. */
  resume(choice: GenerationChoice | undefined, signal: AbortSignal): Promise<{ readonly view: StationView; readonly chosen: ChosenWorkflow }>;
  forecast(view: StationView, chosen: ChosenWorkflow, size: number): Forecast;
  ffmpegPath(): Promise<string>;
  tempPath(extension: string): string;
  /** Begins to connect, while something else is done. */
  wake(): void;
  close(): Promise<void>;
}

export interface GeneratorOptions {
  readonly access: SidecarAccess;
  readonly db: StudioDb;
  /** Folder with the user's own workflows; default `<data>/workflows`. */
  readonly workflowsDir?: string;
  readonly limits?: Partial<ClientLimits>;
  ffmpegPath(): Promise<string>;
  tempPath(extension: string): string;
}

export async function createComfyGenerator({ access, db, ffmpegPath, tempPath, limits, workflowsDir = join(db.dataDir, 'workflows') }: GeneratorOptions): Promise<ComfyGenerator> {
  const tidyUp = async (): Promise<void> => await sweepJobs(db).catch(() => {}); // no advert depends on it; the next start tries again
  await tidyUp();
  const station = createStation({ access, journal: createJobJournal(db), workflowsDir, ...(limits ? { limits } : {}) });
  const closing = new AbortController();
  const tools: GenerateTools = {
    station,
    folderOf: (key) => jobFolder(db.dataDir, key),
    verify: async (file, signal) => await verifyResult(file, { ffmpegPath: await ffmpegPath(), signal }),
    remember: (kind, made) => recordGeneration(db, kind, made),
  };
  return {
    tools, ffmpegPath, tempPath,
    get needsNetwork() {
      return access.needsNetwork;
    },
    async choose(capability, wanted, signal) {
      try {
        const view = await station.look(signal);
        const { workflow } = capability === 'backdrop' ? chooseBackdrop(view, wanted) : chooseOne(view, capability, wanted);
        return { id: workflow.manifest.id, hash: workflow.hash };
      } catch (error) {
        if (signal.aborted || !(error instanceof AdgenError)) throw error;
        const name = nameOfError(error);
        return { unavailable: error.message, ...(name === undefined ? {} : { name }) };
      }
    },
    async resume(choice, signal) {
      if (choice === undefined || 'unavailable' in choice) throw new AdgenError('PROVIDER_REJECTED', choice?.unavailable ?? 'No workflow was chosen.', { data: choice?.name === undefined ? {} : { reason: choice.name } });
      const view = await station.look(signal);
      const checked = view.workflows.find(({ workflow }) => workflow.manifest.id === choice.id && workflow.hash === choice.hash);
      if (!checked) throw engineError('JOB_INVALID', `The workflow ${choice.id} has changed since this advert was begun.`);
      return { view, chosen: chooseOne(view, checked.workflow.manifest.capability, [choice.id]) };
    },
    forecast(view, chosen, size) {
      const seconds = forecastSeconds(db, { workflowHash: chosen.workflow.hash, device: view.device?.name ?? 'unknown' }, size);
      return forecastOf({ manifest: chosen.workflow.manifest, isReady: true, fit: chosen.fit }, view.device?.type === 'cpu' ? 0 : (view.device?.vramTotal ?? 0), seconds);
    },
    wake: () => void station.look(closing.signal).catch(() => {}), // whoever needs it is told
    async close() {
      closing.abort();
      await station.close();
      await tidyUp();
    },
  };
}
