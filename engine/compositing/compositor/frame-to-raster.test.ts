import { expect, it } from 'vitest';
import { createCompositor } from '../create-compositor.ts';
import { frameToRaster } from './frame-to-raster.ts';
import { peakSignalToNoise } from './reference-frame.ts';

it('returns the colours that were drawn', () => {
  const size = { width: 96, height: 64 };
  const data = new Uint8Array(96 * 64 * 4);
  for (let i = 0; i < 96 * 64; i++) data.set([100 + (i % 96), 60 + Math.floor(i / 96) * 2, 200 - (i % 96), 255], i * 4);
  const compositor = createCompositor(size);
  compositor.setSource('ramp', { ...size, data });
  const frame = compositor.draw({
    frame: 0,
    from: { sceneId: 'a', layers: [{ source: 'ramp', rect: { x: 0, y: 0, ...size }, rotationDeg: 0, opacity: 1, blend: 'normal', sampling: 'exact' }] },
  });
  expect(peakSignalToNoise(frameToRaster(frame, size).data, data)).toBeGreaterThan(46);
  compositor.dispose();
});
