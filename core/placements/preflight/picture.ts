/**
 * Rules about what stands where, looked at in every frame of the film as `evaluate` says it: words under the platform's furniture, words
 * too small, a covered product, empty ends, a film in which nothing moves.
 */
import { evaluate } from '../../composition/evaluate.ts';
import { captionKey, parseSource } from '../../composition/facts.ts';
import type { Film } from '../../composition/film.ts';
import type { FramePlan, Layer, Rect } from '../../composition/layer.ts';
import { isInsideZone } from '../../composition/safe-zones.ts';
import { totalFrames } from '../../composition/timeline.ts';
import { canvasSize } from '../../project/ratio.ts';
import { SOURCES } from '../evidence.ts';
import type { Placement, Zone } from '../schema.ts';
import { finding } from './finding.ts';
import type { Finding } from './finding.ts';
import { formatShare } from './figures.ts';
import { nameOf } from './words.ts';

/** From here on a caption stands at its place; before, it is on its way. */
const ARRIVED = 0.97;
/** Entrances end a few pixels early on whole frames. */
const SLACK_PX = 3;
const PT_PER_PX = 0.75;
/** More of a product than this under buttons is worth a word; more than the second, a warning. */
const COVERED = { info: 0.4, warn: 0.65 };
/** Part of a film without any motion that makes it a still. */
const STILL_SHARE = 0.8;

interface Sight {
  readonly film: Film;
  readonly placement: Placement;
  readonly zone: Zone | undefined;
  readonly plans: readonly FramePlan[];
}

/** All findings about the picture of one ratio. */
export function checkPicture(film: Film, placement: Placement, zone: Zone | undefined): Finding[] {
  const plans = Array.from({ length: totalFrames(film) }, (_, frame) => evaluate(film, film.ratio, frame, film.facts));
  const sight: Sight = { film, placement, zone, plans };
  return [...checkCaptions(sight), ...checkProduct(sight), ...checkEnds(sight), ...checkMotion(sight)];
}

function layersOf(plan: FramePlan): readonly Layer[] {
  return [...plan.from.layers, ...(plan.to?.layers ?? [])];
}

/** Each caption once, at the first frame at which it stands. */
function checkCaptions({ film, placement, zone, plans }: Sight): Finding[] {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const plan of plans) {
    for (const item of layersOf(plan)) {
      const name = parseSource(item.source);
      if (name.kind !== 'caption' || item.opacity < ARRIVED) continue;
      const key = captionKey(name.sceneId, name.captionId);
      const block = film.facts.captions[key];
      if (!block || seen.has(key)) continue;
      const ink: Rect = { x: item.rect.x + block.ink.x, y: item.rect.y + block.ink.y, width: block.ink.width, height: block.ink.height };
      if (zone && !isInsideZone(zone, shrunk(ink, SLACK_PX))) {
        seen.add(key);
        findings.push(outsideZone(film, zone, name, ink, plan.frame));
      }
    }
  }
  return [...findings, ...checkTextSize(film, placement)];
}

function shrunk({ x, y, width, height }: Rect, by: number): Rect {
  return { x: x + by, y: y + by, width: Math.max(0, width - 2 * by), height: Math.max(0, height - 2 * by) };
}

function outsideZone(film: Film, zone: Zone, { sceneId, captionId }: { sceneId: string; captionId: string }, ink: Rect, frame: number): Finding {
  const scene = film.scenes.find(({ id }) => id === sceneId);
  const caption = scene?.captions.find(({ id }) => id === captionId);
  return finding({
    rule: 'safe-zone', severity: 'warn', message: `“${clip(caption?.text ?? '')}” in ${scene ? nameOf(scene) : sceneId} stands under the app's own buttons or words.`,
    found: describeRect(ink), wanted: `inside ${describeRect(zone.rect)}${zone.rail ? `, from y ${zone.rail.fromY} only to x ${zone.rail.right}` : ''}`,
    evidence: zone, sceneId, frame, fix: { kind: 'moveCaption', label: 'Move it into the free area', data: { sceneId, captionId, ratio: film.ratio, ...placeInside(zone, ink, film) } },
  });
}

/** The nearest place in the zone for a block, as a caption's position; a block that is wider than the zone is set narrower. */
export function placeInside(zone: Pick<Zone, 'rect' | 'rail'>, ink: Rect, { ratio }: Pick<Film, 'ratio'>): { x: number; y: number; width: number } {
  const canvas = canvasSize(ratio);
  const { rect, rail } = zone;
  const height = Math.min(ink.height, rect.height);
  const fitsWide = ink.width <= rect.width;
  // A wide block beside a rail goes above it; one that fits the narrow part may stay low.
  const narrow = rail ? Math.min(rail.right, rect.x + rect.width) - rect.x : rect.width;
  const mustBeHigh = rail !== undefined && ink.width > narrow && rail.fromY - rect.y >= height;
  const lowest = (mustBeHigh ? (rail?.fromY ?? 0) : rect.y + rect.height) - height;
  const y = Math.min(Math.max(ink.y, rect.y), lowest);
  const right = rail && y + height > rail.fromY ? Math.min(rail.right, rect.x + rect.width) : rect.x + rect.width;
  const width = fitsWide ? Math.min(ink.width, right - rect.x) : right - rect.x;
  const x = Math.min(Math.max(ink.x, rect.x), right - width);
  return { x: (x + width / 2) / canvas.width, y: (y + height / 2) / canvas.height, width: Math.min(1, Math.max(0.05, width / canvas.width)) };
}

function describeRect({ x, y, width, height }: Rect): string {
  return `${Math.round(x)}, ${Math.round(y)}, ${Math.round(width)} × ${Math.round(height)} px`;
}

function clip(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

function checkTextSize(film: Film, { rules }: Placement): Finding[] {
  const least = rules.minTextPt;
  if (!least) return [];
  return film.scenes.flatMap((scene) =>
    scene.captions.flatMap((caption) => {
      const block = film.facts.captions[captionKey(scene.id, caption.id)];
      const points = (block?.fontPx ?? Infinity) * PT_PER_PX;
      if (points >= least.value - 0.05) return [];
      return [finding({
        rule: 'text-size', severity: 'warn', message: `“${clip(caption.text)}” in ${nameOf(scene)} is too small to be read on a phone.`, found: `${points.toFixed(0)} pt`, wanted: `at least ${least.value} pt`,
        evidence: least, sceneId: scene.id, fix: { kind: 'enlargeCaption', label: 'Enlarge it', data: { sceneId: scene.id, captionId: caption.id, ratio: film.ratio, factor: least.value / points } },
      })];
    }),
  );
}

/** The product at its most covered, over all frames at which it stands in full. */
function checkProduct({ film, zone, plans }: Sight): Finding[] {
  if (!zone) return [];
  const canvas = canvasSize(film.ratio);
  let worst = { share: 0, frame: 0, sceneId: '' };
  for (const plan of plans) {
    if (plan.to) continue;
    const product = plan.from.layers.find((item) => parseSource(item.source).kind === 'product' && item.opacity >= ARRIVED);
    const share = product ? coveredShare(product.rect, zone, canvas) : 0;
    if (share > worst.share) worst = { share, frame: plan.frame, sceneId: plan.from.sceneId };
  }
  if (worst.share <= COVERED.info) return [];
  const scene = film.scenes.find(({ id }) => id === worst.sceneId);
  return [finding({
    rule: 'product-covered', severity: worst.share > COVERED.warn ? 'warn' : 'info', message: `In ${scene ? nameOf(scene) : worst.sceneId} the app's buttons and words cover part of the product.`,
    found: `${formatShare(worst.share)} of its box`, wanted: `less than ${formatShare(COVERED.info)}`, evidence: zone, sceneId: worst.sceneId, frame: worst.frame,
  })];
}

/** Part of a box that lies outside the zone (and on the canvas: what is cut off by the picture's edge is composition). */
function coveredShare(box: Rect, { rect, rail }: Zone, canvas: { readonly width: number; readonly height: number }): number {
  const seen = overlap(box, { x: 0, y: 0, ...canvas });
  if (seen === 0) return 0;
  const bottom = rect.y + rect.height;
  const upper = rail ? Math.min(bottom, rail.fromY) : bottom;
  const free = overlap(box, { ...rect, height: upper - rect.y }) + (rail && rail.fromY < bottom ? overlap(box, { x: rect.x, y: rail.fromY, width: rail.right - rect.x, height: bottom - rail.fromY }) : 0);
  return 1 - free / seen;
}

function overlap(a: Rect, b: Rect): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}

/** The first and the last frame must show something: platforms take the one for a cover and leave the other standing. */
function checkEnds({ placement, plans }: Sight): Finding[] {
  const ends = [['first', plans[0]], ['last', plans.at(-1)]] as const;
  return ends.flatMap(([which, plan]) => {
    if (!plan || layersOf(plan).some((item) => ['product', 'caption', 'logo'].includes(parseSource(item.source).kind) && item.opacity > 0.5)) return [];
    return [finding({
      rule: 'empty-end', severity: 'warn', message: `The ${which} frame shows neither product nor words.`, found: 'an empty scene', wanted: 'product, words or logo', evidence: placement.rules.noEmptyEnds ?? SOURCES.studio, sceneId: plan.from.sceneId, frame: plan.frame,
    })];
  });
}

/** Frames that repeat the one before, over the whole film. */
function checkMotion({ film, placement, plans }: Sight): Finding[] {
  if (Object.values(film.facts.backdrops).some(({ kind }) => kind === 'clip')) return [];
  const drawn = plans.map(({ from, to, transition }) => JSON.stringify([from.layers, to?.layers, transition]));
  const still = drawn.filter((plan, index) => index > 0 && plan === drawn[index - 1]).length / Math.max(1, drawn.length - 1);
  if (still < STILL_SHARE) return [];
  return [finding({
    rule: 'still', severity: placement.rules.noStill ? 'warn' : 'info', message: placement.rules.noStill ? `${placement.name} turns down films in which nothing moves.` : 'Almost nothing moves in this film.',
    found: `${formatShare(still)} of the frames repeat the one before`, wanted: 'a picture that moves', evidence: placement.rules.noStill ?? SOURCES.studio,
  })];
}
