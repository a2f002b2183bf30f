/**
 * Worker task: rasterises the captions of one scene in one ratio. Words are set first; then what lies where they will stand is
 * drawn, so that each caption's colour and cushion are chosen against the pixels under it; then they are painted.
 */
import sharp from 'sharp';
import { captionKey } from '#core/composition/facts.ts';
import type { CaptionBlock } from '#core/composition/facts.ts';
import { layoutOf } from '#core/composition/evaluate.ts';
import type { Rect } from '#core/composition/layer.ts';
import { placeCaptions } from '#core/composition/captions.ts';
import { textLimits } from '#core/composition/layout.ts';
import type { TextArea } from '#core/composition/layout.ts';
import { sceneSpans } from '#core/composition/timeline.ts';
import type { SceneSpan } from '#core/composition/timeline.ts';
import { canvasSize } from '#core/project/ratio.ts';
import type { Size } from '#core/project/ratio.ts';
import type { AssetRef, Caption, StyleSpec } from '#core/project/schema.ts';
import type { TaskContext } from '#engine/jobs/worker-task.ts';
import { luminanceOf } from '#engine/text/color.ts';
import { chooseSharedStyle, chooseTextStyle, cushionColour } from '#engine/text/contrast.ts';
import type { TextStyle } from '#engine/text/contrast.ts';
import { paintText } from '#engine/text/rasterize-text.ts';
import { restyleText, setText } from '#engine/text/set-text.ts';
import type { SetText } from '#engine/text/set-text.ts';
import type { TextBlock, TextRequest } from '#engine/text/types.ts';
import type { Film } from '#core/composition/film.ts';
import type { Raster } from '../raster.ts';
import { captionArea } from './caption-area.ts';
import { drawGround } from './caption-ground.ts';
import { storeOf } from './task-store.ts';

export interface MakeCaptionsPayload {
  readonly dataDir: string;
  /** The film as far as it is known: backdrop and product of this scene, no captions. */
  readonly film: Film;
  readonly sceneId: string;
  readonly style: Pick<StyleSpec, 'textOnDark' | 'textOnLight' | 'accent' | 'fonts' | 'palette'>;
  readonly language: string;
  readonly ffmpegPath: string;
}

/** A finished caption. `missing`: characters that no font on this machine can draw. */
export interface MadeCaption {
  readonly picture: AssetRef;
  readonly block: CaptionBlock;
  readonly missing: readonly string[];
  /** What the user should know, e.g. that the text had to be shortened. */
  readonly note?: string;
}

/** Returns the captions by their ids. */
export async function run(payload: MakeCaptionsPayload, { signal }: TaskContext): Promise<{ captions: Record<string, MadeCaption> }> {
  const span = sceneSpans(payload.film).find((candidate) => candidate.scene.id === payload.sceneId);
  if (!span) throw new RangeError(`no scene ${payload.sceneId}`);
  const drafts = await setWords(payload, span);
  const looks = await chooseLooks(payload, span, drafts, signal);
  const captions: Record<string, MadeCaption> = {};
  for (const draft of drafts) {
    const { id } = draft.caption;
    captions[id] = await storeCaption(payload, span, draft, await dress(draft, looks.get(captionKey(payload.sceneId, id))));
  }
  return { captions };
}

/** A caption set in its size, before anyone has looked at what it stands on. */
interface Draft {
  readonly caption: Caption;
  readonly text: SetText;
}

/** Sets every caption as large as its place allows; a second line of a group gets what the first has left. */
async function setWords(payload: MakeCaptionsPayload, span: SceneSpan): Promise<Draft[]> {
  const { film, style } = payload;
  const { areas } = layoutOf(span, film.ratio, film.facts);
  const drafts: Draft[] = [];
  for (const caption of span.scene.captions) {
    if (caption.text.trim() === '') continue;
    const area = captionArea(caption, film.ratio, areas, span.scene.captions, drafts.map(({ caption: set, text }) => ({ caption: set, inkHeight: text.frame.ink.height, fontPx: text.fontPx })));
    const isButton = caption.role === 'callToAction';
    const own = coloursFor(style, caption);
    const look = isButton ? { ...chooseTextStyle({ region: flatRegion(style.accent), styleColors: own, role: caption.role }), decoration: 'button' as const, boxColor: style.accent, ...(caption.look?.color ? { color: caption.look.color } : {}) } : plainLook(isDark(film, span) ? own.textOnDark : own.textOnLight);
    const request: TextRequest = {
      text: caption.text,
      language: payload.language,
      role: caption.role,
      fontFamily: style.fonts[caption.look?.font ?? (caption.role === 'headline' || caption.role === 'brand' ? 'heading' : 'body')],
      maxWidth: area.rect.width,
      maxHeight: area.rect.height,
      ...textLimits(film.ratio, caption.role),
      align: caption.look?.align ?? area.align,
      ...look,
    };
    drafts.push({ caption, text: await setScaled(request, isButton ? setButton : setText, caption.look?.scale) });
  }
  return drafts;
}

/**
 * In the size that the layout finds, times the user's factor: never smaller than the role allows, never wider than its place, and so large only
 * as the words still fit it.
 */
async function setScaled(request: TextRequest, set: (request: TextRequest) => Promise<SetText>, scale = 1): Promise<SetText> {
  const found = await set(request);
  if (scale === 1) return found;
  const wanted = Math.max(request.minFontPx, Math.round(found.fontPx * scale));
  return await set({ ...request, maxFontPx: wanted, maxHeight: request.maxHeight * Math.max(1, scale) });
}

/** The style's colours, or the one that the user has given this caption. */
function coloursFor(style: MakeCaptionsPayload['style'], { look }: Caption): Pick<StyleSpec, 'textOnDark' | 'textOnLight'> {
  return look?.color ? { textOnDark: look.color, textOnLight: look.color } : style;
}

/** A button has one line as long as that does not cut its words. */
async function setButton(request: TextRequest): Promise<SetText> {
  const oneLine = await setText({ ...request, maxLines: 1 });
  return oneLine.drawn?.fitted.isTruncated ? setText(request) : oneLine;
}

/** Luminance above which dark words are likelier to read than light ones: the contrasts with black and white are equal there. */
const MIDDLE_LUMINANCE = 0.18;

/** A guess from the light of the backdrop, so that few words must be drawn twice. */
function isDark(film: Film, { scene }: SceneSpan): boolean {
  const ambient = film.facts.backdrops[scene.id]?.ambient;
  return ambient === undefined || luminanceOf(ambient) < MIDDLE_LUMINANCE;
}

function plainLook(color: string): TextStyle {
  return { color, decoration: 'plain', boxColor: '#000000' };
}

/** One colour and cushion per group of words that stand together, judged by the pixels that each of them will cover. */
async function chooseLooks(payload: MakeCaptionsPayload, span: SceneSpan, drafts: readonly Draft[], signal: AbortSignal): Promise<Map<string, TextStyle>> {
  const { film, style, sceneId, dataDir, ffmpegPath } = payload;
  const layout = layoutOf(span, film.ratio, film.facts);
  const blocks = Object.fromEntries(drafts.map(({ caption, text }) => [captionKey(sceneId, caption.id), { ...text.frame, fontPx: text.fontPx }]));
  const placed = placeCaptions(span.scene, film.ratio, layout, blocks);
  const words = drafts.flatMap(({ caption, text }) => {
    const rect = placed.get(captionKey(sceneId, caption.id));
    return rect && text.request.decoration !== 'button' ? [{ caption, place: inkOnCanvas(rect, text, canvasSize(film.ratio)) }] : [];
  });
  const looks = new Map<string, TextStyle>();
  if (words.length === 0) return looks;
  const store = storeOf(dataDir);
  const ground = await drawGround(film, span.scene, words.map(({ place }) => place), { pathOf: (hash) => store.pathOf(hash), ffmpegPath, signal });
  const judged = words.flatMap(({ caption }, index) => (ground[index] ? [{ caption, region: ground[index] }] : []));
  for (const group of groupBy(judged, ({ caption }) => groupOf(caption, film, layout.areas))) {
    const look = chooseSharedStyle({ regions: group.map(({ region }) => region), styleColors: style, role: 'headline' });
    group.forEach(({ caption, region }, index) => looks.set(captionKey(sceneId, caption.id), ownLook(caption, region) ?? look[index] ?? look[0]!));
  }
  return looks;
}

/** A colour of the user's stays, whatever lies behind it; it gets the cushion that makes it readable. */
function ownLook({ look }: Caption, region: Raster): TextStyle | undefined {
  return look?.color === undefined ? undefined : cushionColour(region, look.color);
}

/** Captions placed by hand stand for themselves. */
function groupOf(caption: Caption, film: Film, areas: readonly TextArea[]): string {
  return caption.position[film.ratio] ? caption.id : String(areas.findIndex((area) => area.roles.includes(caption.role)));
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}

/** Less than what layouts leave between words and product: the product is not what words stand on. */
const MOST_AIR = 14;

/** The ink with a little of what surrounds it, inside the canvas. */
function inkOnCanvas(rect: Rect, { frame: { ink }, fontPx }: SetText, canvas: Size): Rect {
  const air = Math.min(MOST_AIR, 0.25 * fontPx);
  const left = Math.max(0, rect.x + ink.x - air);
  const top = Math.max(0, rect.y + ink.y - air);
  const right = Math.min(canvas.width, rect.x + ink.x + ink.width + air);
  const bottom = Math.min(canvas.height, rect.y + ink.y + ink.height + air);
  return { x: Math.round(left), y: Math.round(top), width: Math.max(2, Math.round(right - left)), height: Math.max(2, Math.round(bottom - top)) };
}

/** The words in their chosen look; a plain one needs no other ground. */
async function dress({ text }: Draft, look: TextStyle | undefined): Promise<TextBlock> {
  const isAsGuessed = !look || (look.decoration === 'plain' && look.color === text.request.color);
  return paintText(isAsGuessed ? text : await restyleText(text, look));
}

async function storeCaption(payload: MakeCaptionsPayload, span: SceneSpan, { caption }: Draft, block: TextBlock): Promise<MadeCaption> {
  const { raster } = block;
  const png = await sharp(raster.data, { raw: { width: raster.width, height: raster.height, channels: 4 } }).png({ compressionLevel: 3 }).toBuffer();
  const picture = await storeOf(payload.dataDir).putBytes(png, `${span.scene.id}_${caption.id}.png`, 'image/png');
  return { picture, block: { width: raster.width, height: raster.height, ink: block.ink, fontPx: block.fontPx }, missing: block.missing, ...(block.note ? { note: block.note } : {}) };
}

function flatRegion(hex: string): Raster {
  const value = Number.parseInt(hex.slice(1), 16);
  const pixel = [(value >> 16) & 255, (value >> 8) & 255, value & 255, 255];
  return { width: 4, height: 4, data: Uint8Array.from({ length: 64 }, (_, i) => pixel[i % 4] ?? 255) };
}
