/** For a GPU with too little memory to decode a picture whole: every decoder of the graph becomes one that works in tiles. Pure. */
import type { Graph } from './graph.ts';

/** Pixels and frames of a tile and of its overlap; ComfyUI's own defaults. */
const TILES = { tile_size: 512, overlap: 64, temporal_size: 64, temporal_overlap: 8 };

export function decodeInTiles(graph: Graph): Graph {
  return Object.fromEntries(Object.entries(graph).map(([id, node]) => [id, node.class_type === 'VAEDecode' ? { ...node, class_type: 'VAEDecodeTiled', inputs: { ...node.inputs, ...TILES } } : node]));
}
