/** Renders the sample's document anew, with everything before its first segment cached. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ratio } from '#core/project/ratio.ts';
import type { AdProject } from '#core/project/schema.ts';
import { readDocument } from '#engine/pipeline/accept-request.ts';
import { runAdgen } from './adgen.ts';
import { CHECKING, forgetSteps } from './forget-steps.ts';
import { measureChildren } from './usage.ts';
import type { Usage } from './usage.ts';
import type { Workshop } from './workshop.ts';

export interface RenderUsage extends Usage {
  /** The part that measures fidelity and packs the delivery: what the same command costs with and without just that to do. */
  readonly checkingCpuSeconds: number;
}

/** `adgen render` of the videos of these ratios, from a fresh data folder. Shared between the questions of a round. */
export function measureRender(workshop: Workshop, round: number, ratios: readonly Ratio[]): Promise<RenderUsage> {
  return workshop.once(`round ${round}: rendering ${ratios.join(', ')}`, async () => {
    const dataDir = await workshop.unrendered();
    const edit = (project: AdProject): AdProject => videosOf(project, ratios);
    const usage = await measureParts(dataDir, () => measureRenderIn(dataDir, workshop, edit));
    await rm(dataDir, { recursive: true, force: true });
    return usage;
  });
}

/** Renders three times in one data folder: all, checking and packing alone, nothing. */
export async function measureParts(dataDir: string, render: () => Promise<Usage>): Promise<RenderUsage> {
  const { cpuSeconds, wallSeconds } = await render();
  await forgetSteps(dataDir, CHECKING);
  const checking = await render();
  const nothing = await render();
  return { cpuSeconds, wallSeconds, checkingCpuSeconds: checking.cpuSeconds - nothing.cpuSeconds };
}

/** `adgen render` of the sample's document after `edit`, in a data folder that is kept. */
export async function measureRenderIn(dataDir: string, workshop: Workshop, edit: (project: AdProject) => AdProject): Promise<Usage> {
  const { outDir } = await workshop.sample();
  const projectPath = workshop.newPath('.json');
  const renderedDir = workshop.newPath();
  await writeFile(projectPath, JSON.stringify(edit(await readDocument(join(outDir, 'adproject.json')))));
  const { cpuSeconds, wallSeconds } = await measureChildren(() => runAdgen(['render', '--project', projectPath, '--out', renderedDir, '--data', dataDir, '--offline']));
  await rm(renderedDir, { recursive: true, force: true });
  return { cpuSeconds, wallSeconds };
}

/** The document with the videos of these ratios as its only renditions. */
export function videosOf(project: AdProject, ratios: readonly Ratio[]): AdProject {
  return { ...project, renditions: project.renditions.filter(({ kind, ratio }) => kind === 'video' && ratios.includes(ratio)) };
}
