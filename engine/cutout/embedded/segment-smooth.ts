/**
 * Finds the product in front of a smooth background (sweep, seamless, wall and table) at working size. Flood from the frame
 * up to the outlines, predict the background behind the rest, weigh the evidence, cut.
 */
import { cutPicture } from './cut-graph.ts';
import { findEdges, type EdgeMap } from './edge-map.ts';
import { continueBackground, weighEvidence } from './evidence.ts';
import { flood } from './flood.ts';
import { findFrameSeeds } from './frame-seeds.ts';
import { outlineMask } from './outline-mask.ts';
import type { WorkingPicture } from './working-picture.ts';

const BALL_RADIUS_PX = 2;
const SMOOTHNESS = 1.6;

export interface Segmentation {
  readonly isProduct: Uint8Array;
  readonly reached: Uint8Array;
  readonly threshold: number;
  readonly edges: EdgeMap;
}

export function edgeThreshold(edges: EdgeMap): number {
  return Math.max(0.7, 4.5 * edges.noise);
}

export function segmentSmooth(picture: WorkingPicture): Segmentation {
  const { width, height } = picture;
  const edges = findEdges(picture);
  const threshold = edgeThreshold(edges);
  const isEdge = outlineMask(edges, threshold, width, height);
  const { isSeed } = findFrameSeeds(picture, edges, threshold);
  const reached = flood(isEdge, isSeed, width, height, BALL_RADIUS_PX);
  const background = continueBackground(picture, reached);
  const evidence = weighEvidence(picture, background, reached, isEdge, edges.noise);
  const isOpen = new Uint8Array(width * height).fill(1);
  for (let at = 0; at < isSeed.length; at++) if (isSeed[at] === 1) isOpen[at] = 0;
  const isProduct = cutPicture({
    width, height, isOpen, fixed: new Uint8Array(width * height), evidence,
    separation: (at, next) => {
      const edge = Math.max(edges.sharp[at]!, edges.sharp[next]!) / (1.5 * threshold);
      return SMOOTHNESS * (0.02 + 0.98 * Math.exp(-edge * edge));
    },
  });
  return { isProduct, reached, threshold, edges };
}
