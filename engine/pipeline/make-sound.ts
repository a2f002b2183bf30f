/** The soundtrack of a document: its music and the finished mix, the same steps for an export and for a preview. */
import { sceneSpans, totalFrames } from '#core/composition/timeline.ts';
import type { AdProject, AssetRef } from '#core/project/schema.ts';
import type { StepOutput, StepSpec } from '#engine/jobs/types.ts';
import { musicPrompt } from '#engine/providers/comfyui/music-prompt.ts';
import { chooseGeneration, NO_COMFY } from './choose-generation.ts';
import type { Generation } from './choose-generation.ts';
import type { RunContext } from './run-context.ts';
import { mixStep } from './steps/mix-step.ts';
import { musicStep } from './steps/music-step.ts';

/** The soundtrack of a film. */
export interface Sound {
  readonly mix: StepSpec;
  readonly output: StepOutput;
  readonly music?: AssetRef;
}

/** Music (made, or the user's own) and the finished mix. `order` is the mix's: nothing but joining waits for it. */
export async function makeSound(project: AdProject, order: number, run: RunContext): Promise<Sound> {
  const fps = project.timebase.num / project.timebase.den;
  const durationSeconds = totalFrames(project) / fps;
  const own = project.soundtrack.music;
  const cutsSeconds = sceneSpans(project).slice(1).map((span) => span.startFrame / fps);
  const { mood, tempoBpm, seed } = project.soundtrack;
  const soundtrack = { mood, tempoBpm, seed };
  const specWith = ({ workflow, usesCloud, links }: Generation): StepSpec => {
    const generation = { prompt: musicPrompt(soundtrack), workflow: workflow ?? NO_COMFY, ...(usesCloud && { usesCloud }), ...(links && { links }) };
    return musicStep({ soundtrack, durationSeconds, cutsSeconds, ...((workflow || usesCloud) && { generation }) }, run.policy, run.services);
  };
  const musicSpec = own ? undefined : specWith(await chooseGeneration('music', (generation) => specWith(generation).key, run));
  const music = own ?? (musicSpec && (await run.step(musicSpec)).artifacts['music']);
  const mix = mixStep(project.soundtrack, music, durationSeconds, fps);
  return { mix, output: await run.step({ ...mix, order }), ...(music ? { music } : {}) };
}
