/**
 * Rounding patterns for turning work samples into bytes. The pattern stands still from frame to frame: moving dither
 * costs an encoder several times the bits and shimmers. Grain is a fixed luma texture added to the same pattern.
 */
import { createRandom } from '#core/lib/random.ts';
import { createBlueNoiseRanks, TILE_SIZE } from './blue-noise.ts';
import type { KernelModule } from './kernel-module.ts';

export interface NoiseTile {
  readonly address: number;
  /** Row length in bytes, less one. */
  readonly mask: number;
  readonly rows: number;
}

const GRAIN_SIZE = 256;
/** Standard deviation of full grain, work samples (64 = one code value). */
const GRAIN_SIGMA = 130;
const HALF = 32;
/** Code values. Dither of one code value does not survive x264 at CRF 18: measured on wide gradients, it leaves two thirds of the banding. */
const LUMA_SPREAD = 1.8;

let ranks: Uint16Array | undefined;

export class NoiseTiles {
  /** Plain rounding. */
  readonly rounding: NoiseTile;
  /**
   * Rounding of the product's luma, a quarter of a code value up: common decoders truncate on the way to RGB (swscale's
   * default path loses 0.6 of a level). An exact decoder sees 0.01 more CIEDE2000, a truncating one 0.05 less (measured).
   */
  readonly productLuma: NoiseTile;
  /** Exactly one code value wide: for chroma and for what is drawn over other things. */
  readonly dither: NoiseTile;
  private readonly lumaDither: NoiseTile;
  private readonly module: KernelModule;
  private grainTile: NoiseTile | undefined;
  private grainAmount = 0;

  constructor(module: KernelModule) {
    this.module = module;
    this.rounding = this.store(new Int16Array(8).fill(HALF), 8, 1);
    this.productLuma = this.store(new Int16Array(8).fill(HALF + 16), 8, 1);
    ranks ??= createBlueNoiseRanks();
    this.dither = this.store(Int16Array.from(ranks, (rank) => rank >> 6), TILE_SIZE, TILE_SIZE);
    this.lumaDither = this.store(Int16Array.from(ranks, (rank) => Math.round(HALF + ((rank >> 6) - 31.5) * LUMA_SPREAD)), TILE_SIZE, TILE_SIZE);
  }

  /** Luma dither for backdrops with grain `amount` 0..1; pictures that were whole code values to begin with keep them. */
  backdropLuma(amount: number, isDeep: boolean): NoiseTile {
    if (amount <= 0) return isDeep ? this.lumaDither : this.dither;
    if (this.grainTile && this.grainAmount === amount) return this.grainTile;
    if (this.grainTile) this.module.memory.free(this.grainTile.address);
    const dither = this.module.memory.shorts.slice(this.lumaDither.address >> 1, (this.lumaDither.address >> 1) + TILE_SIZE * TILE_SIZE);
    const texture = grainTexture();
    const samples = new Int16Array(GRAIN_SIZE * GRAIN_SIZE);
    for (let i = 0; i < samples.length; i++) {
      const [x, y] = [i % GRAIN_SIZE, Math.floor(i / GRAIN_SIZE)];
      const threshold = dither[(y % TILE_SIZE) * TILE_SIZE + (x % TILE_SIZE)] as number;
      samples[i] = threshold + Math.round((texture[i] as number) * amount * GRAIN_SIGMA);
    }
    this.grainTile = this.store(samples, GRAIN_SIZE, GRAIN_SIZE);
    this.grainAmount = amount;
    return this.grainTile;
  }

  private store(samples: Int16Array, width: number, rows: number): NoiseTile {
    const address = this.module.memory.allocate(samples.byteLength);
    this.module.memory.shorts.set(samples, address >> 1);
    return { address, mask: width * 2 - 1, rows };
  }
}

/** Tileable noise of unit deviation, a little smoothed: film grain is coarser than a pixel. */
function grainTexture(): Float64Array {
  const random = createRandom(35, 'grain');
  const white = Float64Array.from({ length: GRAIN_SIZE * GRAIN_SIZE }, () => random.next() + random.next() + random.next() - 1.5);
  const out = new Float64Array(white.length);
  let power = 0;
  for (let i = 0; i < out.length; i++) {
    const [x, y] = [i % GRAIN_SIZE, Math.floor(i / GRAIN_SIZE)];
    const at = (dx: number, dy: number): number =>
      white[((y + dy + GRAIN_SIZE) % GRAIN_SIZE) * GRAIN_SIZE + ((x + dx + GRAIN_SIZE) % GRAIN_SIZE)] as number;
    out[i] = at(0, 0) + 0.5 * (at(1, 0) + at(-1, 0) + at(0, 1) + at(0, -1)) + 0.2 * (at(1, 1) + at(-1, 1) + at(1, -1) + at(-1, -1));
    power += (out[i] as number) ** 2;
  }
  const scale = 1 / Math.sqrt(power / out.length);
  return out.map((value) => value * scale);
}
