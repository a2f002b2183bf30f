/**
 * Which pixels of the frame are background. Usually all; a product that leaves the picture shows as a short stretch of the
 * frame between two outlines, unlike the background on both its sides and not their shadow, holding no corner.
 */
import type { EdgeMap } from './edge-map.ts';
import { fitShadow } from './shadow-model.ts';
import type { WorkingPicture } from './working-picture.ts';

const MAX_PRODUCT_STRETCH = 0.34;
const MIN_STRETCH_PX = 6;
const MIN_DIFFERENCE = 14;

type Colour = [number, number, number];

interface Stretch {
  readonly from: number;
  readonly length: number;
  readonly colour: Colour;
  readonly corners: number;
}

/** A mask with 1 on the frame's background pixels, and the share of the frame that is product. */
export function findFrameSeeds(picture: WorkingPicture, edges: EdgeMap, threshold: number): { isSeed: Uint8Array; productShare: number } {
  const { width, height } = picture;
  const frame = framePixels(width, height);
  const isSeed = new Uint8Array(width * height);
  for (const at of frame) isSeed[at] = 1;
  let productPixels = 0;
  for (const group of groupStretches(findStretches(picture, edges, threshold, frame), frame.length)) {
    for (const stretch of productOf(group, frame.length)) {
      for (let step = -3; step < stretch.length + 3; step++) isSeed[frame[(stretch.from + step + frame.length) % frame.length]!] = 0;
      productPixels += stretch.length;
    }
  }
  return { isSeed, productShare: productPixels / frame.length };
}

/** Indices of the outermost pixels, clockwise from the top left. */
export function framePixels(width: number, height: number): Int32Array {
  const frame: number[] = [];
  for (let x = 0; x < width; x++) frame.push(x);
  for (let y = 1; y < height; y++) frame.push(y * width + width - 1);
  for (let x = width - 2; x >= 0; x--) frame.push((height - 1) * width + x);
  for (let y = height - 2; y >= 1; y--) frame.push(y * width);
  return Int32Array.from(frame);
}

function findStretches(picture: WorkingPicture, edges: EdgeMap, threshold: number, frame: Int32Array): Stretch[] {
  const isCut = (step: number): boolean => edges.sharp[frame[(step + frame.length) % frame.length]!]! > threshold;
  let start = 0;
  while (start < frame.length && !isCut(start)) start++;
  if (start === frame.length) return [];
  const stretches: Stretch[] = [];
  let from = -1;
  for (let step = 0; step <= frame.length; step++) {
    if (!isCut(start + step) && step < frame.length) {
      if (from < 0) from = start + step;
    } else if (from >= 0) {
      const length = start + step - from;
      if (length >= MIN_STRETCH_PX) stretches.push(measure(picture, frame, from, length));
      from = -1;
    }
  }
  return stretches;
}

function measure(picture: WorkingPicture, frame: Int32Array, from: number, length: number): Stretch {
  const colour: Colour = [0, 0, 0];
  let corners = 0;
  const { width, height } = picture;
  for (let step = from; step < from + length; step++) {
    const at = frame[step % frame.length]!;
    const x = at % width;
    const y = (at - x) / width;
    if ((x === 0 || x === width - 1) && (y === 0 || y === height - 1)) corners++;
    picture.planes.forEach((plane, channel) => (colour[channel] = colour[channel]! + plane[at]! / length));
  }
  return { from, length, colour, corners };
}

interface Group {
  readonly before: Stretch;
  readonly members: readonly Stretch[];
  readonly after: Stretch;
}

/** Runs of stretches between two anchors (stretches that hold a corner or much of the frame, so are background). */
function groupStretches(stretches: readonly Stretch[], frameLength: number): Group[] {
  const isAnchor = (stretch: Stretch): boolean => stretch.corners > 0 || stretch.length > MAX_PRODUCT_STRETCH * frameLength;
  const first = stretches.findIndex(isAnchor);
  if (first < 0) return [];
  const groups: Group[] = [];
  let before = stretches[first]!;
  let members: Stretch[] = [];
  for (let step = 1; step <= stretches.length; step++) {
    const stretch = stretches[(first + step) % stretches.length]!;
    if (!isAnchor(stretch)) {
      members.push(stretch);
      continue;
    }
    if (members.length > 0) groups.push({ before, members, after: stretch });
    before = stretch;
    members = [];
  }
  return groups;
}

/** Everything between the first and the last member that cannot be the neighbours' background or its shade. */
function productOf(group: Group, frameLength: number): readonly Stretch[] {
  const strange = group.members.map((member) => differs(member.colour, group.before.colour) && differs(member.colour, group.after.colour));
  const product = group.members.slice(strange.indexOf(true) < 0 ? group.members.length : strange.indexOf(true), strange.lastIndexOf(true) + 1);
  const length = product.reduce((sum, member) => sum + member.length, 0);
  return length > MAX_PRODUCT_STRETCH * frameLength ? [] : product;
}

function differs(colour: Colour, side: Colour): boolean {
  const fit = fitShadow(...colour, ...side);
  const isShade = fit.residual < 6 + 14 * (1 - Math.min(1, fit.shade)) && fit.shade < 1.05 && fit.shade > 0.2;
  const distance = Math.hypot(colour[0] - side[0], colour[1] - side[1], colour[2] - side[2]);
  return distance > MIN_DIFFERENCE && !isShade;
}
