/**
 * What a generative backdrop is asked for. The set is empty: the product is composited later, so neither prompt may put one into
 * the picture, and the place where it will stand stays free. Style words are the same for every scene, so that scenes match.
 */
import { backdropPrompt } from '#core/planning/layout/backdrop-prompt.ts';
import { guardBackdropPrompt } from '#core/planning/claims/guard-backdrop-prompt.ts';
import type { AdProject, Placement, Scene } from '#core/project/schema.ts';

export interface BackdropPromptRequest {
  readonly project: Pick<AdProject, 'style' | 'brief' | 'brand' | 'products'>;
  readonly scene: Scene;
  readonly medium: 'clip' | 'still';
}

export interface BackdropPrompts {
  readonly positive: string;
  /** For workflows that take one; a model at cfg 1 does not listen to it, so the positive prompt stands alone. */
  readonly negative: string;
}

/** Only words for what is there: "no bottle" would make a bottle more likely. */
const SPACE: Readonly<Record<Placement['intent'], string>> = {
  hero: 'the middle of the picture is vacant and evenly lit, all detail stays near the edges',
  close: 'a large vacant area fills most of the picture, soft shapes only at the very edges',
  small: 'a vacant spot on the floor in the middle, wide view, quiet surroundings',
  left: 'the left half is vacant and evenly lit, all detail stays on the right',
  right: 'the right half is vacant and evenly lit, all detail stays on the left',
  absent: 'open composition with calm areas',
};

/** Wares, and people, who would have to hold something; beyond what the guard of the planner knows. */
const NOT_IN_PICTURE = /\b(?:an? (?:\w+ )?can|cans|jars?|tubes?|flasks?|sachets?|cosmetics|merchandise|hands?|fingers?|arms?|hold\w*|person|people|m[ae]n|wom[ae]n|child(?:ren)?|boys?|girls?|faces?|mannequins?)\b/iu;

const UNWANTED = [
  'product, bottle, can, jar, box, tube, package, packaging, label, cosmetics, food, drink, glass, device, phone, shoe, object in the centre',
  'text, letters, words, numbers, caption, subtitle, logo, brand mark, trademark, watermark, signature, sign, poster, price tag, user interface',
  'person, people, face, body, hand, hands holding something, fingers, arm, mannequin, animal',
  'clutter, frame, border, collage, split screen, low quality, compression artifacts, banding, oversaturated',
] as const;

const UNWANTED_MOTION = 'camera movement, camera shake, zoom, cut, scene change, fast motion, flicker, flashing, morphing, warping, appearing objects';

/** Longest prompt of each kind; text encoders read less than this. */
const MAX_LENGTH = 1900;

/** English prompts for one scene's backdrop. */
export function backdropPrompts({ project, scene, medium }: BackdropPromptRequest): BackdropPrompts {
  const { style } = project;
  const [set = '', ...styleParts] = backdropPrompt(scene.backdrop.set, style).split('; ');
  const guard = (words: string): string => guardWords(words, project);
  const parts = [
    subject(scene.backdrop.prompt, backdropPrompt(scene.backdrop.set, style), set, guard),
    // Style words can come from a language model or from the user; they pass the same guard.
    ...styleParts.slice(0, -1).map(guard).filter((part) => part !== 'mood'),
    ...lightWords(style.light.softness),
    cameraWords(project),
    SPACE[scene.placement?.intent ?? 'absent'],
    ...(medium === 'clip' ? motionWords(scene) : ['photographic background plate, sharp where it is near, soft where it is far']),
  ];
  return {
    positive: [...new Set(parts.filter((part) => part !== ''))].join('; ').slice(0, MAX_LENGTH),
    negative: [...UNWANTED, ...(medium === 'clip' ? [UNWANTED_MOTION] : [])].join(', '),
  };
}

/** What is left of the words without products by name or kind, writing and people. */
function guardWords(words: string, { brief, brand, products }: BackdropPromptRequest['project']): string {
  // The guard takes analysed products; a document's need not be, so their names pass one by one.
  const names = [brief.productName, ...products.map((product) => product.name)];
  const kept = names.reduce((text, productName) => guardBackdropPrompt(text, { brief: { ...brief, productName }, brand, products: [] }), words);
  return kept.split(', ').filter((clause) => !NOT_IN_PICTURE.test(clause)).join(', ');
}

/** The scene's own words if they say more than the set's, and if anything of them is left after the guard. */
function subject(own: string, planned: string, set: string, guard: (words: string) => string): string {
  const words = guard(own);
  if (words === '' || words === guard(planned)) return set;
  return /^empty background plate/iu.test(words) ? words : `Empty background plate: ${words}`;
}

function lightWords(softness: number): string[] {
  if (softness > 0.66) return ['soft diffuse light with faint shadows'];
  return softness < 0.33 ? ['hard directional light with clear shadows'] : [];
}

/** The camera that took the product's photo also sees the set, or the product would float. */
function cameraWords({ products }: BackdropPromptRequest['project']): string {
  const elevation = products[0]?.analysis?.cameraElevationDeg ?? 0;
  if (elevation > 60) return 'seen straight from above';
  if (elevation > 12) return 'camera looking slightly down, a clean surface in the foreground';
  return 'camera at table height, straight horizon, a clean floor in the foreground';
}

// The product is composited onto this floor: where it stands, nothing may move. A scene without it is free to.
function motionWords(scene: Scene): string[] {
  const isFree = scene.placement === undefined || scene.placement.intent === 'absent';
  if (isFree && scene.camera.move !== 'static') return ['one continuous shot, very slow smooth camera drift'];
  return ['one continuous shot, locked-off camera on a tripod, only light, haze and far background move, very slowly'];
}
