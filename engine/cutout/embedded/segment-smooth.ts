/**
 * Finds the product in front of a smooth background (sweep, seamless, wall and table) at working size. Flood from the frame
 * up to the outlines, predict the background behind the rest, weigh the evidence, cut.
 */
import { cutPicture } from './cut-graph.ts';
import { findEdges, type EdgeMap } from './edge-map.ts';
import { continueBackground } from './background-colours.ts';
import { weighEvidence } from './evidence.ts';
import { floodBackground } from './flood-background.ts';
import { findFrameSeeds } from './frame-seeds.ts';
import { outlineMask } from './outline-mask.ts';
import { measureRegions } from './regions.ts';
import type { WorkingPicture } from './working-picture.ts';

const SMOOTHNESS = 1.6;
/** Regions are cut apart at edges fainter than those that stop the flood. */
const SPLIT_SHARE = 0.75;

export interface Segmentation {
  readonly isProduct: Uint8Array;
  readonly reached: Uint8Array;
  readonly isEdge: Uint8Array;
  readonly isSeed: Uint8Array;
  readonly threshold: number;
  readonly edges: EdgeMap;
}

function edgeThreshold(edges: EdgeMap): number {
  return Math.max(0.7, 4.5 * edges.noise);
}

export function segmentSmooth(picture: WorkingPicture): Segmentation {
  const { width, height } = picture;
  const edges = findEdges(picture);
  const threshold = edgeThreshold(edges);
  const isEdge = outlineMask(edges, threshold, width, height);
  const { isSeed } = findFrameSeeds(picture, edges, threshold);
  const reached = floodBackground(picture, isEdge, isSeed, edges.noise);
  const background = continueBackground(picture, reached);
  const map = measureRegions(picture, background, reached, isEdge, edges, SPLIT_SHARE * threshold);
  const evidence = weighEvidence(picture, background, reached, isEdge, map, edges.noise);
  const isOpen = new Uint8Array(width * height).fill(1);
  for (let at = 0; at < isSeed.length; at++) if (isSeed[at] === 1) isOpen[at] = 0;
  const isProduct = cutPicture({
    width, height, isOpen, fixed: new Uint8Array(width * height), evidence,
    separation: (at, next) => {
      const edge = Math.max(edges.sharp[at]!, edges.sharp[next]!) / (1.5 * threshold);
      return SMOOTHNESS * (0.02 + 0.98 * Math.exp(-edge * edge));
    },
  });
  return { isProduct, reached, isEdge, isSeed, threshold, edges };
}
