/** Copied clips as plain JSON text, so that they go through the system's clipboard and into other projects. What comes from there is parsed. */
import { sceneSpans } from '#core/composition/timeline.ts';
import { captionSchema, sceneSchema } from '#core/project/schema.ts';
import type { AdProject } from '#core/project/schema.ts';
import { z } from 'zod';
import { pasteCaption } from './caption-edits.ts';
import type { ClipsEdited } from './clip-edits.ts';
import { keyOf } from './clip-key.ts';
import type { ClipKey } from './clip-key.ts';
import { EditRefusal } from './edit-refusal.ts';
import { insertScenes } from './scene-edits.ts';

const FORMAT = 'adgen-clips/1';
const clipboardSchema = z.object({ format: z.literal(FORMAT), scenes: z.array(sceneSchema).max(40), captions: z.array(z.object({ caption: captionSchema, offset: z.number().int().min(0) })).max(480) });

/** The selected scenes and captions as text; undefined when there are none of either. */
export function copyClips(project: AdProject, keys: readonly ClipKey[]): string | undefined {
  const wanted = new Set(keys);
  const spans = sceneSpans(project);
  const scenes = spans.filter(({ scene }) => wanted.has(keyOf.scene(scene.id))).map(({ scene }) => scene);
  const captions = spans.filter(({ scene }) => !scenes.includes(scene)).flatMap(({ scene, startFrame }) => scene.captions.filter((caption) => wanted.has(keyOf.caption(scene.id, caption.id))).map((caption) => ({ caption, offset: startFrame + caption.startFrame })));
  if (scenes.length + captions.length === 0) return undefined;
  const first = Math.min(...captions.map(({ offset }) => offset));
  return JSON.stringify({ format: FORMAT, scenes, captions: captions.map(({ caption, offset }) => ({ caption, offset: offset - first })) });
}

/** Puts copied clips in: scenes after the one at the frame, captions from the frame on. Throws EditRefusal for any other text. */
export function pasteClips(project: AdProject, text: string, frame: number): ClipsEdited {
  const { scenes, captions } = parse(text);
  const edited = captions.reduce<ClipsEdited>(({ project: before, keys }, { caption, offset }) => {
    const pasted = pasteCaption(before, caption, frame + offset);
    return { project: pasted.project, keys: [...keys, keyOf.caption(pasted.ref.sceneId, pasted.ref.captionId)] };
  }, { project, keys: [] });
  if (scenes.length === 0) return edited;
  const index = sceneSpans(project).findLast((span) => span.startFrame <= frame)?.index ?? project.scenes.length - 1;
  const inserted = insertScenes(edited.project, scenes, index + 1);
  return { project: inserted.project, keys: [...inserted.sceneIds.map(keyOf.scene), ...edited.keys] };
}


function parse(text: string): z.infer<typeof clipboardSchema> {
  const clips = safeParse(text);
  if (!clips) throw new EditRefusal('notAClip');
  return clips;
}

function safeParse(text: string): z.infer<typeof clipboardSchema> | undefined {
  try {
    return clipboardSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // not JSON: copied from somewhere else
  }
}
