/**
 * The AdProject document: the whole content of one advert, and the single source of truth for it.
 * Everything that enters from a file, a message or the database is parsed with `adProjectSchema`
 * (through `migrateAdProject`, which lifts older versions first) and trusted after that.
 *
 * Times are whole frames of the project clock (`timebase`). Positions are fractions of the canvas,
 * so that one document serves every ratio; colours are `#rrggbb` in sRGB.
 */
import { z } from 'zod';
import { RATIOS } from './ratio.ts';

/** The version that this program writes. */
export const SCHEMA_VERSION = 1;

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'an id is 1–64 letters, digits, _ or -');
const hex = z.string().regex(/^#[0-9a-f]{6}$/i, 'a colour is written #rrggbb');
const fraction = z.number().min(0).max(1);
const frames = z.number().int().min(0).max(30 * 60 * 10);
const line = (max: number) => z.string().max(max);

/** A file in the artifact store. `hash` is the lower-case SHA-256 of its bytes. */
export const assetRefSchema = z.object({
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  name: line(255),
  mime: line(100),
  width: z.number().int().positive().optional(),
  height: z.number().int().positive().optional(),
});

/** What the client asked for, in their own words. Nothing reaches the screen that is not traceable to it. */
export const briefSchema = z.object({
  productName: line(120).default(''),
  description: line(2000).default(''),
  audience: line(500).default(''),
  message: line(500).default(''),
  callToAction: line(80).default(''),
  tone: line(120).default(''),
  /** BCP 47 tag; empty means: detect from the text. */
  language: line(35).default(''),
});

/** Reusable look of a brand. Missing colours and fonts are derived from the product and the tone. */
export const brandKitSchema = z.object({
  name: line(120).default(''),
  colors: z
    .object({ primary: hex, secondary: hex, accent: hex, background: hex, text: hex })
    .partial()
    .default({}),
  fonts: z.object({ heading: line(80), body: line(80) }).partial().default({}),
  logo: assetRefSchema.optional(),
  guidelines: line(4000).default(''),
});

/** Light of the product photo, estimated from its shadow and shading. The scene is lit to match it. */
export const lightSchema = z.object({
  /** Where the key light stands, degrees in the picture plane: 0 = right, 90 = above, 180 = left. */
  azimuthDeg: z.number().min(-180).max(180),
  /** Height of the key light over the floor, degrees. */
  elevationDeg: z.number().min(5).max(90),
  /** 0 = a hard point source, 1 = an overcast sky. */
  softness: fraction,
  /** Mean colour of the light relative to neutral, e.g. `#fff4e6` for warm. */
  tint: hex,
  /** 0 = a guess (the default studio light), 1 = clearly seen. */
  confidence: fraction,
});

/** What the cut-out step learned about a product; pixel values refer to the upright photo. */
export const productAnalysisSchema = z.object({
  photoWidth: z.number().int().positive(),
  photoHeight: z.number().int().positive(),
  /** Tight box of alpha > 0, photo pixels. */
  bounds: z.object({ x: z.number().int(), y: z.number().int(), width: z.number().int().positive(), height: z.number().int().positive() }),
  /** Where the product touches the floor: contact span (photo px, x from..to) and its lowest row. */
  base: z.object({ left: z.number(), right: z.number(), y: z.number() }),
  /** How far the camera looks down on the product, degrees (0 = eye level, 90 = top view). */
  cameraElevationDeg: z.number().min(0).max(90),
  light: lightSchema,
  /** Most characteristic colours of the product, strongest first. */
  palette: z.array(hex).min(1).max(8),
  /** Standard deviation of the photo's luma noise on flat parts, 8-bit levels. */
  noiseSigma: z.number().min(0).max(32),
});

/** One product: the photo as it came, and what was cut out of it. */
export const productSchema = z.object({
  id,
  name: line(120).default(''),
  photo: assetRefSchema,
  /** RGBA, straight alpha, decontaminated edge, size of the upright photo. */
  cutout: assetRefSchema.optional(),
  /** 8-bit alpha, size of the upright photo. */
  mask: assetRefSchema.optional(),
  /** The photo's own shadow as an 8-bit darkening matte (0 = none), when it could be separated. */
  shadow: assetRefSchema.optional(),
  /** Which link of the cut-out chain made the mask. */
  method: line(80).optional(),
  analysis: productAnalysisSchema.optional(),
});

/** The look that all scenes share, so that they match. */
export const styleSpecSchema = z.object({
  lighting: line(200),
  cameraStyle: line(200),
  texture: line(200),
  mood: line(200),
  /** Backdrop colours, dominant first; sets are drawn from these and nothing else. */
  palette: z.array(hex).min(3).max(8),
  /** For buttons, underlines and other small marks. */
  accent: hex,
  /** Preferred caption colours on dark and on light backdrops. */
  textOnDark: hex,
  textOnLight: hex,
  fonts: z.object({ heading: line(80), body: line(80) }),
  grade: z.object({ contrast: z.number().min(-1).max(1), warmth: z.number().min(-1).max(1), vignette: fraction, grain: fraction }),
  light: lightSchema,
});

/** Easing curves; the names are those of CSS where CSS has one. */
export const EASINGS = ['linear', 'easeIn', 'easeOut', 'easeInOut', 'easeOutBack', 'hold'] as const;

/**
 * Where a product stands at one moment. `x`,`y` is the middle of its base (where it touches the floor) as a
 * fraction of the canvas; `scale` is its height as a fraction of the canvas height. `ease` leads to the next keyframe.
 */
export const placementKeyframeSchema = z.object({
  frame: frames,
  x: z.number().min(-1).max(2),
  y: z.number().min(-1).max(2),
  scale: z.number().min(0.01).max(4),
  rotationDeg: z.number().min(-180).max(180).default(0),
  opacity: fraction.default(1),
  shadow: fraction.default(1),
  reflection: fraction.default(0),
  ease: z.enum(EASINGS).default('easeInOut'),
});

/** Product in a scene. Per-ratio keyframes; a ratio that is missing is laid out by `core/composition/layout`. */
export const placementSchema = z.object({
  productId: id,
  keyframes: z.partialRecord(z.enum(RATIOS), z.array(placementKeyframeSchema).min(1).max(200)).default({}),
  /** What the automatic layout aims for. */
  intent: z.enum(['hero', 'left', 'right', 'close', 'small', 'absent']).default('hero'),
  entrance: z.enum(['none', 'rise', 'slideLeft', 'slideRight', 'settle', 'fade']).default('settle'),
  shadow: fraction.default(1),
  reflection: fraction.default(0),
});

export const CAPTION_ROLES = ['headline', 'support', 'callToAction', 'brand', 'legal'] as const;

/** How one caption departs from the style spec. `scale` multiplies the type size that the layout finds, within the role's limits. */
export const captionLookSchema = z.object({
  font: z.enum(['heading', 'body']).optional(),
  color: hex.optional(),
  scale: z.number().min(0.4).max(1.6).optional(),
  align: z.enum(['left', 'center']).optional(),
});

/** Words on the screen. Frames count from the start of the scene. */
export const captionSchema = z.object({
  id,
  role: z.enum(CAPTION_ROLES),
  text: line(300),
  startFrame: frames,
  endFrame: frames,
  animation: z.enum(['none', 'fade', 'rise', 'slide', 'pop']).default('rise'),
  /** Canvas position override per ratio: centre of the text block and its width, as fractions. */
  position: z.partialRecord(z.enum(RATIOS), z.object({ x: fraction, y: fraction, width: z.number().min(0.05).max(1) })).default({}),
  /** Departures from what the role and the style spec give; missing = none. */
  look: captionLookSchema.optional(),
});

/** How a scene gives way to the next. `durationFrames` of both scenes overlap; `cut` overlaps none. */
export const transitionSchema = z.object({
  kind: z.enum(['cut', 'dissolve', 'wipeLeft', 'wipeRight', 'wipeUp', 'pushLeft', 'pushUp', 'zoom']),
  durationFrames: z.number().int().min(0).max(90),
});

/** The camera of a scene; `amount` 0..1 scales the move. The product plane holds still once the move has eased out. */
export const cameraSchema = z.object({
  move: z.enum(['static', 'drift', 'pushIn', 'pullOut', 'panLeft', 'panRight', 'rise']),
  amount: fraction.default(0.5),
});

/** The studio sets that the embedded provider can build. */
export const SET_KINDS = [
  'cyclorama', 'gobo', 'bokeh', 'podium', 'tabletop', 'paper', 'mesh', 'arch', 'waves', 'spotlight', 'split', 'flat',
] as const;

/** A picture or clip behind the product. */
export const backdropSchema = z.object({
  /** Which studio set the embedded provider builds. */
  set: z.enum(SET_KINDS),
  /** What a generative provider is asked for. Never names the product. */
  prompt: line(1000).default(''),
  /** A still or clip made elsewhere (or dropped in by the user) that takes the set's place. Cover-cropped round `focus`. */
  media: assetRefSchema.optional(),
  focus: z.object({ x: fraction, y: fraction }).default({ x: 0.5, y: 0.5 }),
  /** Slip: how far into its own time the backdrop is when the scene begins. */
  startFrame: frames.optional(),
});

/** An alternative backdrop of a scene that was made and kept. Choosing one copies it into the scene. */
export const takeSchema = z.object({
  id,
  seed: z.number().int().min(0).max(2 ** 32 - 1),
  backdrop: backdropSchema,
  camera: cameraSchema,
});

export const SCENE_PURPOSES = ['hook', 'problem', 'product', 'benefit', 'proof', 'mood', 'callToAction'] as const;

export const sceneSchema = z.object({
  id,
  purpose: z.enum(SCENE_PURPOSES),
  durationFrames: z.number().int().min(6).max(30 * 120),
  seed: z.number().int().min(0).max(2 ** 32 - 1),
  backdrop: backdropSchema,
  camera: cameraSchema,
  placement: placementSchema.optional(),
  captions: z.array(captionSchema).max(12),
  /** Towards the next scene; ignored on the last one. */
  transition: transitionSchema,
  /** Set on the brand end card: logo, call to action, flat brand colour. */
  isEndCard: z.boolean().default(false),
  /** What the user calls it; missing = its purpose. */
  name: line(80).optional(),
  /** Regeneration and restyling leave it as it is. */
  isLocked: z.boolean().optional(),
  /** Other backdrops that were made for it, oldest first; the one in use is not among them. */
  takes: z.array(takeSchema).max(24).optional(),
});

/** The music bed and its mix. */
export const soundtrackSchema = z.object({
  mood: z.enum(['calm', 'upbeat', 'elegant', 'bold']),
  tempoBpm: z.number().min(50).max(180),
  seed: z.number().int().min(0).max(2 ** 32 - 1),
  /** Imported or generated music; the embedded synthesiser plays when it is missing. */
  music: assetRefSchema.optional(),
  voice: assetRefSchema.optional(),
  musicGainDb: z.number().min(-60).max(12).default(0),
  /** How much of the music's beginning is left out. */
  musicTrimFrames: frames.optional(),
  /** When the voice begins, and how much of its beginning is left out. */
  voiceStartFrame: frames.optional(),
  voiceTrimFrames: frames.optional(),
  voiceGainDb: z.number().min(-60).max(12).optional(),
  fadeInFrames: z.number().int().min(0).max(300).optional(),
  fadeOutFrames: z.number().int().min(0).max(300).optional(),
  duckingDb: z.number().min(0).max(30).default(9),
  loudnessLufs: z.number().min(-31).max(-9).default(-14),
  truePeakDbtp: z.number().min(-9).max(-0.5).default(-1),
});

/** One file to deliver. */
export const renditionSchema = z.object({
  id,
  kind: z.enum(['video', 'still']),
  ratio: z.enum(RATIOS),
  /** Still only: which frame; missing = the frame that shows the product best. */
  frame: frames.optional(),
});

/** A place on the project clock that the user has named. */
export const markerSchema = z.object({ id, frame: frames, label: line(80) });

/** Of which project this one is a variant, and in what it differs. */
export const variantSchema = z.object({ of: id, axis: z.enum(['hook', 'copy', 'look']), label: line(80) });

/** Something the claims guard took out, and why; shown to the user. */
export const droppedClaimSchema = z.object({ text: line(300), claim: line(200), reason: line(300), sceneId: z.string().optional() });

export const adProjectSchema = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  id,
  name: line(200),
  createdMs: z.number().int().nonnegative(),
  seed: z.number().int().min(0).max(2 ** 32 - 1),
  timebase: z.object({ num: z.number().int().positive(), den: z.number().int().positive() }).default({ num: 30, den: 1 }),
  durationFrames: z.number().int().min(30).max(30 * 60 * 10),
  brief: briefSchema,
  brand: brandKitSchema,
  products: z.array(productSchema).min(1).max(12),
  style: styleSpecSchema,
  scenes: z.array(sceneSchema).min(1).max(40),
  soundtrack: soundtrackSchema,
  renditions: z.array(renditionSchema).min(1).max(24),
  planning: z
    .object({ provider: line(80), structure: line(80), droppedClaims: z.array(droppedClaimSchema).max(200) })
    .default({ provider: '', structure: '', droppedClaims: [] }),
  markers: z.array(markerSchema).max(200).optional(),
  variant: variantSchema.optional(),
});

export type AssetRef = z.infer<typeof assetRefSchema>;
export type Brief = z.infer<typeof briefSchema>;
export type BrandKit = z.infer<typeof brandKitSchema>;
export type Light = z.infer<typeof lightSchema>;
export type ProductAnalysis = z.infer<typeof productAnalysisSchema>;
export type Product = z.infer<typeof productSchema>;
export type StyleSpec = z.infer<typeof styleSpecSchema>;
export type Easing = (typeof EASINGS)[number];
export type PlacementKeyframe = z.infer<typeof placementKeyframeSchema>;
export type Placement = z.infer<typeof placementSchema>;
export type CaptionRole = (typeof CAPTION_ROLES)[number];
export type Caption = z.infer<typeof captionSchema>;
export type CaptionLook = z.infer<typeof captionLookSchema>;
export type Take = z.infer<typeof takeSchema>;
export type Marker = z.infer<typeof markerSchema>;
export type Variant = z.infer<typeof variantSchema>;
export type Transition = z.infer<typeof transitionSchema>;
export type Camera = z.infer<typeof cameraSchema>;
export type SetKind = (typeof SET_KINDS)[number];
export type Backdrop = z.infer<typeof backdropSchema>;
export type ScenePurpose = (typeof SCENE_PURPOSES)[number];
export type Scene = z.infer<typeof sceneSchema>;
export type Soundtrack = z.infer<typeof soundtrackSchema>;
export type Rendition = z.infer<typeof renditionSchema>;
export type DroppedClaim = z.infer<typeof droppedClaimSchema>;
export type AdProject = z.infer<typeof adProjectSchema>;
