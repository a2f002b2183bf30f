import { expect, test } from 'vitest';
import { decodeInTiles } from './decode-in-tiles.ts';

test('decoders work in tiles, with the same picture coming in; nothing else changes', () => {
  const graph = { vae: { class_type: 'VAELoader', inputs: { vae_name: 'x' } }, decode: { class_type: 'VAEDecode', inputs: { samples: ['ks', 0], vae: ['vae', 0] } } };
  const tiled = decodeInTiles(graph);
  expect(tiled['vae']).toBe(graph.vae);
  expect(tiled['decode']).toEqual({ class_type: 'VAEDecodeTiled', inputs: { samples: ['ks', 0], vae: ['vae', 0], tile_size: 512, overlap: 64, temporal_size: 64, temporal_overlap: 8 } });
  expect(graph.decode.class_type).toBe('VAEDecode');
});
