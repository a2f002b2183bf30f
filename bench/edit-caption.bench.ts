/**
 * What does it cost to change the words of one caption, in the longest scene that has any, and have all three videos again?
 * The data folder is the finished advert's; everything that the edit does not touch comes from there.
 */
import { cp, rm } from 'node:fs/promises';
import { RATIOS } from '#core/project/ratio.ts';
import type { AdProject } from '#core/project/schema.ts';
import { measureRender, measureRenderIn, videosOf } from './kit/measure-render.ts';
import type { Question } from './kit/question.ts';

export const question: Question = {
  name: 'edit-caption',
  figures: [
    { id: 'editToFullCpu', asks: 'CPU of rendering again after one caption of one of four scenes changed ÷ full render', unit: 'ratio', reach: { atMost: 0.4 } },
    { id: 'editToFullWall', asks: 'wall time of the same', unit: 'ratio', reach: { atMost: 0.4 } },
  ],
  async sample(workshop, round) {
    const full = await measureRender(workshop, round, RATIOS);
    const { dataDir } = await workshop.sample();
    const copy = workshop.newPath();
    await cp(dataDir, copy, { recursive: true });
    workshop.say(`round ${round}: rendering after an edit`);
    const edit = await measureRenderIn(copy, workshop, (project) => videosOf(withOtherWords(project, `Fizzo, chilled ${round}`), RATIOS));
    await rm(copy, { recursive: true, force: true });
    return { editToFullCpu: edit.cpuSeconds / full.cpuSeconds, editToFullWall: edit.wallSeconds / full.wallSeconds, editCpuSeconds: edit.cpuSeconds, fullCpuSeconds: full.cpuSeconds };
  },
};

function withOtherWords(project: AdProject, text: string): AdProject {
  const spoken = project.scenes.filter((scene) => scene.captions.length > 0);
  const [longest] = spoken.sort((a, b) => b.durationFrames - a.durationFrames);
  if (!longest) throw new Error('the sample advert has no captions');
  const captions = longest.captions.map((caption, index) => (index === 0 ? { ...caption, text } : caption));
  return { ...project, scenes: project.scenes.map((scene) => (scene.id === longest.id ? { ...scene, captions } : scene)) };
}
