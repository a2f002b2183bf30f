import { totalFrames } from '#core/composition/timeline.ts';
import { adProjectSchema } from '#core/project/schema.ts';
import type { AdProject } from '#core/project/schema.ts';

const SCENES = 40;
const CAPTIONS = 12;
const SCENE_FRAMES = 60;
/** Scenes with room for one caption more, so that one can be dragged through them. */
const ROOMY = { from: 1, to: 15 };
/** So many captions stand one after the other in a scene, the others in rows below. */
const IN_A_ROW = 4;

/** The advert, blown up to 40 scenes of nearly 12 captions: 505 clips without transitions and sounds. */
export function withManyClips(sample: AdProject, id: string): AdProject {
  const [caption] = sample.scenes.flatMap((scene) => scene.captions);
  const scenes = Array.from({ length: SCENES }, (_, index) => ({
    ...sample.scenes[index % sample.scenes.length],
    id: `scene_${index + 1}`, durationFrames: SCENE_FRAMES, isEndCard: false,
    transition: index % 3 === 0 ? { kind: 'dissolve', durationFrames: 12 } : { kind: 'cut', durationFrames: 0 },
    captions: Array.from({ length: CAPTIONS - (index >= ROOMY.from && index <= ROOMY.to ? 1 : 0) }, (_, place) => ({
      ...caption, id: `caption_${place + 1}`, text: `Words ${place + 1}`,
      startFrame: Math.floor(((place % IN_A_ROW) * SCENE_FRAMES) / (IN_A_ROW + 1)), endFrame: Math.floor((((place % IN_A_ROW) + 1) * SCENE_FRAMES) / (IN_A_ROW + 1)),
    })),
  }));
  const document = adProjectSchema.parse({ ...sample, id, name: 'Five hundred clips', scenes });
  return { ...document, durationFrames: totalFrames(document) };
}
