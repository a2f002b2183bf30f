/**
 * How long does the compositor take for a 1080x1920 frame? CPU milliseconds (user + system, median of batches) of typical
 * frames, and of registering sources. Run alone: `node scripts/run.mjs bench/compositor.bench.ts [--json]`.
 */
import { fileURLToPath } from 'node:url';
import type { FramePlan, Layer } from '#core/composition/layer.ts';
import { createRandom } from '#core/lib/random.ts';
import { createCompositor } from '#engine/compositing/create-compositor.ts';
import type { DeepRaster, Raster } from '#engine/compositing/raster.ts';

export interface CompositorFigure {
  readonly name: string;
  /** CPU milliseconds per frame or call. */
  readonly p50Ms: number;
  readonly p95Ms: number;
}

const SIZE = { width: 1080, height: 1920 };
const BATCHES = 12;
const FRAMES_PER_BATCH = 8;
const PRODUCT = { width: 600, height: 1000 };

type Compositor = ReturnType<typeof createCompositor>;

/** Measures every case; a few seconds. */
function benchCompositor(): { readonly figures: readonly CompositorFigure[]; readonly usedBytes: number } {
  const compositor = createCompositor(SIZE);
  addSources(compositor);
  const figures = [
    measure('hold: wall, floor, gobo, shadow, product, caption', (i) => compositor.draw(holdFrame(i))),
    measure('zoom: the same, product resampled by Lanczos', (i) => compositor.draw(zoomFrame(i))),
    measure('turn: the same, product turned', (i) => compositor.draw(turnFrame(i))),
    measure('still backdrop, caption moves', (i) => compositor.draw(stillFrame(i))),
    measure('dissolve of two hold frames', (i) => compositor.draw(dissolveFrame(i))),
    measure('setSource 1242x2208, 8 bit', () => compositor.setSource('large', large), 1),
    measure('setSource 400x700, 16 bit', () => compositor.setSource('small', small), 1),
  ];
  const { usedBytes } = compositor;
  compositor.dispose();
  return { figures, usedBytes };
}

function measure(name: string, run: (i: number) => void, perBatch = FRAMES_PER_BATCH): CompositorFigure {
  const samples: number[] = [];
  for (let batch = -2; batch < BATCHES; batch++) {
    const start = process.cpuUsage();
    for (let i = 0; i < perBatch; i++) run((batch + 2) * perBatch + i);
    const used = process.cpuUsage(start);
    if (batch >= 0) samples.push((used.user + used.system) / 1000 / perBatch);
  }
  samples.sort((a, b) => a - b);
  const at = (share: number): number => Math.round((samples[Math.min(samples.length - 1, Math.floor(share * samples.length))] as number) * 100) / 100;
  return { name, p50Ms: at(0.5), p95Ms: at(0.95) };
}

function deep(width: number, height: number, channels: 3 | 4, paint: (x: number, y: number) => readonly number[]): DeepRaster {
  const data = new Uint16Array(width * height * channels);
  for (let i = 0; i < width * height; i++) {
    const pixel = paint((i % width) / width, Math.floor(i / width) / height);
    for (let channel = 0; channel < channels; channel++) data[i * channels + channel] = Math.round(Math.min(1, Math.max(0, pixel[channel] ?? 1)) * 65535);
  }
  return { width, height, channels, data };
}

/** Noise inside an ellipse: nothing a compositor could skip. */
function speckled(width: number, height: number, edge: number): Raster {
  const random = createRandom(1, 'bench');
  const data = new Uint8Array(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    const distance = Math.hypot(((i % width) / width - 0.5) * 2, (Math.floor(i / width) / height - 0.5) * 2);
    data.set([random.below(256), random.below(256), random.below(256), Math.min(255, Math.max(0, (1 - distance) * edge))], i * 4);
  }
  return { width, height, data };
}

const large = speckled(1242, 2208, 4000);
const small = deep(400, 700, 4, (x, y) => [x, y, 0.5, 0.9]);

function addSources(compositor: Compositor): void {
  compositor.setSource('wall', deep(400, 700, 3, (x, y) => [0.2 + 0.5 * y, 0.35 + 0.3 * x, 0.5 - 0.2 * y]));
  compositor.setSource('floor', deep(400, 700, 4, (_, y) => [0.8, 0.75, 0.7, (y - 0.65) * 8]));
  compositor.setSource('gobo', deep(270, 480, 3, (x, y) => [0, 0, 0].fill(0.75 + 0.25 * Math.sin(x * 20 + y * 6))));
  compositor.setSource('shadow', speckled(200, 60, 180));
  compositor.setSource('product', speckled(PRODUCT.width, PRODUCT.height, 20000));
  compositor.setSource('caption', speckled(900, 220, 900));
}

function layer(source: string, x: number, y: number, width: number, height: number, more: Partial<Layer> = {}): Layer {
  return { source, rect: { x, y, width, height }, rotationDeg: 0, opacity: 1, blend: 'normal', sampling: 'smooth', ...more };
}

function layersAt(i: number, product: Partial<Layer> = {}): Layer[] {
  return [
    layer('wall', -60 + 0.37 * i, -90 + 0.2 * i, 1200, 2100),
    layer('floor', -60, -90, 1200, 2100),
    layer('gobo', -20 + 0.3 * i, -30, 1120, 1990, { blend: 'multiply' }),
    layer('shadow', 180, 1480, 720, 200),
    layer('product', 240, 560, PRODUCT.width, PRODUCT.height, { sampling: 'exact', ...product }),
    layer('caption', 90, 200, 900, 220),
  ];
}

function planOf(layers: Layer[]): FramePlan {
  return { frame: 0, from: { sceneId: 'a', layers } };
}

function holdFrame(i: number): FramePlan {
  return planOf(layersAt(i));
}

function zoomFrame(i: number): FramePlan {
  const scale = 1 - 0.001 * i;
  return planOf(layersAt(i, { rect: { x: 240.3, y: 560.6, width: PRODUCT.width * scale, height: PRODUCT.height * scale } }));
}

function turnFrame(i: number): FramePlan {
  return planOf(layersAt(i, { rotationDeg: 0.1 + 0.2 * i }));
}

function stillFrame(i: number): FramePlan {
  return planOf(layersAt(0).map((item) => (item.source === 'caption' ? { ...item, rect: { ...item.rect, y: 200.5 + i } } : item)));
}

function dissolveFrame(i: number): FramePlan {
  return { ...holdFrame(i), to: { sceneId: 'b', layers: layersAt(i + 500) }, transition: { kind: 'dissolve', progress: ((i % 30) + 1) / 32 } };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { figures, usedBytes } = benchCompositor();
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify({ figures, usedBytes })}\n`);
  else {
    for (const { name, p50Ms, p95Ms } of figures) process.stdout.write(`${name.padEnd(52)} p50 ${p50Ms.toFixed(2)} ms  p95 ${p95Ms.toFixed(2)} ms\n`);
    process.stdout.write(`${'WebAssembly memory in use'.padEnd(52)} ${(usedBytes / 1e6).toFixed(0)} MB\n`);
  }
}
