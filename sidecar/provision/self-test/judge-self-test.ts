/** What the self-test's process showed, in one word and one sentence. Pure. */
import { z } from 'zod';
import type { SelfTestResult, Variant } from '../types.ts';

const text = z.string().min(1).max(10_000);

const lineSchema = z.discriminatedUnion('selfTest', [
  z.object({ selfTest: z.literal('phase'), phase: text }),
  z.object({ selfTest: z.literal('beat'), cpu: z.number() }),
  z.object({
    selfTest: z.literal('result'),
    torch: text,
    device: text,
    isRight: z.boolean(),
    isDevice: z.boolean(),
    cause: text.nullable(),
    memoryFreeBytes: z.number().int().nonnegative().nullable(),
  }),
]);
export type SelfTestLine = z.infer<typeof lineSchema>;
export type SelfTestReport = Extract<SelfTestLine, { selfTest: 'result' }>;

/** How the process ended. */
export type SelfTestEnding =
  | { readonly kind: 'exit'; readonly code: number | null; readonly signal: string | null }
  | { readonly kind: 'silence' | 'too-long'; readonly seconds: number }
  | { readonly kind: 'no-start'; readonly message: string };

/** Undefined for everything that PyTorch and drivers print in between. */
export function parseSelfTestLine(line: string): SelfTestLine | undefined {
  if (!line.startsWith('{"selfTest"')) return undefined;
  try {
    return lineSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined; // cut off by the end of the process
  }
}

export interface Observed {
  readonly report?: SelfTestReport;
  readonly phase?: string;
  /** The last error that was told, or else the last thing that was no line of ours. */
  readonly lastWords?: string;
  readonly ending: SelfTestEnding;
}

export function judgeSelfTest(variant: Variant, { report, phase = 'start', lastWords, ending }: Observed): SelfTestResult {
  if (report === undefined) return { outcome: 'inconclusive', detail: `The self-test ${describeEnding(ending)} at "${phase}"${lastWords === undefined ? '' : `: ${lastWords.slice(0, 300)}`}.` };
  const { torch, device, memoryFreeBytes } = report;
  const seen = { torch, device, ...(memoryFreeBytes === null ? {} : { memoryFreeBytes }) };
  if (!report.isRight) return { ...seen, outcome: 'inconclusive', detail: `${device} computed wrong values with PyTorch ${torch}. Update its driver; if that does not help, the device may be damaged.` };
  if (!report.isDevice) return { ...seen, outcome: 'cpu-only', detail: `PyTorch ${torch} works on the processor only: ${explainCause(variant, report.cause ?? 'no GPU was found')}` };
  return { ...seen, outcome: 'ok', detail: `PyTorch ${torch} computes right values on ${device}.` };
}

function describeEnding(ending: SelfTestEnding): string {
  switch (ending.kind) {
    case 'exit': return ending.signal === null ? `ended with code ${ending.code}` : `was ended by ${ending.signal}`;
    case 'silence': return `did nothing for ${ending.seconds} s`;
    case 'too-long': return `was not done after ${ending.seconds} s`;
    case 'no-start': return `could not be started (${ending.message})`;
  }
}

/** PyTorch's own words, where they are known, with what to do. */
function explainCause(variant: Variant, cause: string): string {
  if (/driver on your system is too old/i.test(cause)) return 'the NVIDIA driver is too old. Install a newer one, then test again.';
  if (/no NVIDIA driver/i.test(cause)) return 'no NVIDIA driver is installed or it does not run. Install it, then test again.';
  if (/No (?:CUDA|HIP) GPUs are available/i.test(cause)) return variant === 'rocm' ? 'no AMD GPU may be used. Check that the user is in the groups "render" and "video", then test again.' : 'no NVIDIA GPU may be used. Check the driver, then test again.';
  if (/out of memory/i.test(cause)) return 'the GPU\'s memory is taken by other programs. Close them, then test again.';
  if (/no Metal GPU/.test(cause)) return 'it finds no Metal GPU. Update macOS, then test again.';
  if (/built for the processor alone|not compiled with|no such backend/i.test(cause)) return 'it is a build without GPU support. Repair the engine.';
  return `${(cause.split('\n')[0] ?? cause).slice(0, 300).replace(/[.\s]+$/, '')}. Check the driver, then test again.`;
}
