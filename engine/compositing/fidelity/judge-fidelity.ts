/** The fidelity report of a video, from the measurements of its samples. Pure. */
import type { Location } from './locate-product.ts';
import type { Patch } from './worst-patch.ts';

export interface ColourFigures {
  /** Mean CIEDE2000. */
  readonly deltaE2000: number;
  /** Decibels over RGB. */
  readonly psnrDb: number;
}

export interface FidelityFigures extends ColourFigures {
  /** On BT.709 luma. */
  readonly ssim: number;
}

export interface SampleReport extends FidelityFigures {
  readonly frameIndex: number;
  readonly interiorPixels: number;
  readonly location: Location;
  /** In canvas pixels. */
  readonly worstPatch?: Patch;
  /**
   * Where a figure misses its limit: the same against the ideal as 4:2:0 carries it. Printed detail in saturated colours loses more
   * to the format itself than the limits allow; what is judged is what was done to the product besides.
   */
  readonly besides420?: ColourFigures;
}

/** A sample's report, or why there is none: a sentence without its subject's frame. */
export type SampleMeasurement = SampleReport | { readonly frameIndex: number; readonly leftOut: string };

export interface FidelityReport extends FidelityFigures {
  /** Measured, and nothing wrong with it. */
  readonly isFaithful: boolean;
  readonly verdict: 'faithful' | 'unfaithful' | 'unmeasured';
  /** What is wrong, or why nothing could be measured; one sentence each. */
  readonly reasons: readonly string[];
  readonly samples: readonly SampleReport[];
}

/** Limits of the whole report (means over the samples), and of each sample's worst patch. */
const LIMITS = { deltaE2000: 0.8, psnrDb: 40, ssim: 0.97, patchDeltaE: 4 } as const;

/** Whether a sample alone would miss a limit that 4:2:0 alone can make it miss. */
export function missesColourLimits({ deltaE2000, psnrDb }: ColourFigures): boolean {
  return deltaE2000 > LIMITS.deltaE2000 || psnrDb < LIMITS.psnrDb;
}

export function judgeFidelity(measurements: readonly SampleMeasurement[]): FidelityReport {
  const samples = measurements.filter((measured): measured is SampleReport => !('leftOut' in measured));
  const mean = (pick: (sample: SampleReport) => number): number => samples.reduce((sum, sample) => sum + pick(sample), 0) / Math.max(1, samples.length);
  const figures = { deltaE2000: mean((sample) => sample.deltaE2000), psnrDb: mean((sample) => sample.psnrDb), ssim: mean((sample) => sample.ssim) };
  if (samples.length === 0) {
    const reasons = measurements.flatMap((measured) => ('leftOut' in measured ? [`Frame ${measured.frameIndex}: ${measured.leftOut}`] : []));
    return { isFaithful: false, verdict: 'unmeasured', reasons, samples, ...figures };
  }
  const judged = { ...figures, deltaE2000: mean((sample) => (sample.besides420 ?? sample).deltaE2000), psnrDb: mean((sample) => (sample.besides420 ?? sample).psnrDb) };
  const reasons = [...figureFaults(judged), ...samples.flatMap(sampleFaults)];
  const isFaithful = reasons.length === 0;
  return { isFaithful, verdict: isFaithful ? 'faithful' : 'unfaithful', reasons, samples, ...figures };
}

function figureFaults({ deltaE2000, psnrDb, ssim }: FidelityFigures): string[] {
  const faults: string[] = [];
  if (deltaE2000 > LIMITS.deltaE2000) faults.push(`Mean colour difference ΔE2000 ${deltaE2000.toFixed(2)} is above ${LIMITS.deltaE2000}.`);
  if (psnrDb < LIMITS.psnrDb) faults.push(`PSNR ${psnrDb.toFixed(1)} dB is below ${LIMITS.psnrDb} dB.`);
  if (ssim < LIMITS.ssim) faults.push(`SSIM ${ssim.toFixed(3)} is below ${LIMITS.ssim}.`);
  return faults;
}

function sampleFaults({ frameIndex, location, worstPatch }: SampleReport): string[] {
  const faults: string[] = [];
  if (location.offsetX !== 0 || location.offsetY !== 0) faults.push(`Frame ${frameIndex}: the product stands ${location.offsetX}, ${location.offsetY} pixels off its place.`);
  if (worstPatch && worstPatch.deltaE > LIMITS.patchDeltaE) {
    faults.push(`Frame ${frameIndex}: at ${worstPatch.x}, ${worstPatch.y} the product's colour is off by ΔE2000 ${worstPatch.deltaE.toFixed(1)}.`);
  }
  return faults;
}
