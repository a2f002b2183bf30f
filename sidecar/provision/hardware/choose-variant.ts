/**
 * Which build of PyTorch a machine gets, decided before gigabytes are downloaded. Pure.
 *
 * NVIDIA, from the release matrix of PyTorch 2.11 and NVIDIA's CUDA compatibility guide: builds for CUDA 13 need driver 580 and compute
 * capability 7.5; builds for CUDA 12.6 run 5.0 to 9.0 with any driver from 525 (Linux) or 528 (Windows), by minor version compatibility.
 */
import type { Gpu, Hardware, Platform, Variant, VariantChoice } from '../types.ts';

const CUDA13_DRIVER = 580;
const CUDA126_DRIVER = 560;
const CUDA12_DRIVER: Readonly<Partial<Record<Platform, number>>> = { 'linux-x64': 525, 'windows-x64': 528 };
const OLDEST_CUDA13_CAPABILITY = 7.5;
const OLDEST_CUDA12_CAPABILITY = 5;
/** Blackwell; builds for CUDA 12.6 hold no code for it. */
const FIRST_CUDA13_ONLY_CAPABILITY = 10;
/** What PyTorch's ROCm builds hold code for. */
const ROCM_ARCHITECTURES = new Set(['gfx900', 'gfx906', 'gfx908', 'gfx90a', 'gfx942', 'gfx950', 'gfx1030', 'gfx1100', 'gfx1101', 'gfx1102', 'gfx1150', 'gfx1151', 'gfx1200', 'gfx1201']);

const NVIDIA_DRIVERS = 'https://www.nvidia.com/drivers';

interface Verdict {
  readonly gpu: Gpu;
  /** `cpu`: this one cannot be used. */
  readonly variant: Variant;
  readonly reason: string;
  readonly problem?: 'GPU_DRIVER' | 'GPU_NONE';
  readonly warnings: readonly string[];
}

/** The GPU that serves best decides; what is lost by that stands in `warnings`. */
export function chooseVariant(hardware: Hardware): VariantChoice {
  const { platform, gpus } = hardware;
  const verdicts = gpus.map((gpu) => judge(gpu, platform)).toSorted(compareVerdicts);
  const best = verdicts[0];
  if (best === undefined) return withoutGpu(platform);
  if (best.variant === 'cpu') return { variant: 'cpu', reason: slow(best.reason), problem: best.problem ?? 'GPU_NONE', warnings: verdicts.flatMap(({ warnings }) => warnings) };
  const idle = verdicts.slice(1).filter(({ gpu, variant }) => gpu.name !== best.gpu.name || variant !== best.variant);
  const leftOut = idle.length === 0 ? [] : [`Not used: ${idle.map(({ gpu }) => gpu.name).join(', ')}. ${best.gpu.name} serves best and decides which PyTorch is installed.`];
  return { variant: best.variant, reason: best.reason, ...(best.problem ? { problem: best.problem } : {}), warnings: [...best.warnings, ...leftOut] };
}

const slow = (why: string): string => `${why} The processor is used: slow mode, where an image takes minutes and video is not practical.`;

function withoutGpu(platform: Platform): VariantChoice {
  const why = platform === 'macos-x64' ? 'PyTorch uses no GPU of Macs with Intel processors.' : 'No supported GPU was found.';
  return { variant: 'cpu', reason: slow(why), problem: 'GPU_NONE', warnings: [] };
}

/** Usable before unusable, newer CUDA before older (more memory on a card of ten years ago is no gain), then by memory. */
function compareVerdicts(a: Verdict, b: Verdict): number {
  return rank(b) - rank(a) || (b.gpu.memoryBytes ?? 0) - (a.gpu.memoryBytes ?? 0) || (b.gpu.computeCapability ?? 0) - (a.gpu.computeCapability ?? 0);
}

function rank({ variant, gpu, problem }: Verdict): number {
  const ranks: Readonly<Record<Variant, number>> = { cu130: 5, mps: 5, cu126: 4, rocm: 3, xpu: 2, cpu: 0 };
  // Among unusable ones, a driver that can be updated is the better news.
  return variant === 'cpu' ? Number(problem === 'GPU_DRIVER') : ranks[variant] + Number(variant === 'cu126' && (gpu.computeCapability ?? 0) >= OLDEST_CUDA13_CAPABILITY) / 2;
}

function judge(gpu: Gpu, platform: Platform): Verdict {
  switch (gpu.vendor) {
    case 'nvidia': return judgeNvidia(gpu, platform);
    case 'amd': return judgeAmd(gpu, platform);
    case 'intel': return judgeIntel(gpu, platform);
    case 'apple': return { gpu, variant: 'mps', reason: `${gpu.name}: PyTorch with Metal, on the memory that the whole machine shares.`, warnings: [] };
  }
}

function judgeNvidia(gpu: Gpu, platform: Platform): Verdict {
  const { name, computeCapability: capability = OLDEST_CUDA13_CAPABILITY } = gpu;
  if (platform.startsWith('macos')) return unusable(gpu, `PyTorch uses no NVIDIA GPU on a Mac.`);
  if (capability < OLDEST_CUDA12_CAPABILITY) return unusable(gpu, `${name} (compute capability ${capability.toFixed(1)}) is too old for PyTorch, which needs 5.0.`);
  const driver = gpu.driver === undefined ? undefined : Number.parseInt(gpu.driver, 10);
  if (driver === undefined) return driverProblem(gpu, `The driver of ${name} does not answer.`, CUDA13_DRIVER);
  if (capability < OLDEST_CUDA13_CAPABILITY) return judgeOldNvidia(gpu, platform, driver, `${name} (compute capability ${capability.toFixed(1)}): the last PyTorch for its generation, with CUDA 12.6.`);
  if (driver >= CUDA13_DRIVER) return { gpu, variant: 'cu130', reason: `${name} with driver ${gpu.driver}: PyTorch with CUDA 13.0.`, warnings: [] };
  if (capability >= FIRST_CUDA13_ONLY_CAPABILITY) return driverProblem(gpu, `Driver ${gpu.driver} is too old for ${name}, which needs CUDA 13.`, CUDA13_DRIVER);
  const verdict = judgeOldNvidia(gpu, platform, driver, `${name} with driver ${gpu.driver}: PyTorch with CUDA 12.6.`);
  if (verdict.variant === 'cpu') return verdict;
  return { ...verdict, problem: 'GPU_DRIVER', warnings: [...verdict.warnings, `Driver ${gpu.driver} is too old for CUDA 13; ${CUDA13_DRIVER} is needed. It works with CUDA 12.6, somewhat slower; for the newer one install the driver from ${NVIDIA_DRIVERS} and then the engine anew.`] };
}

/** CUDA 12.6, if the driver can: for old GPUs, and for old drivers. */
function judgeOldNvidia(gpu: Gpu, platform: Platform, driver: number, reason: string): Verdict {
  const oldest = CUDA12_DRIVER[platform];
  if (oldest === undefined) {
    return (gpu.computeCapability ?? OLDEST_CUDA13_CAPABILITY) < OLDEST_CUDA13_CAPABILITY
      ? unusable(gpu, `PyTorch has no build with CUDA 12.6 for ${platform}, and ${gpu.name} cannot use CUDA 13.`)
      : driverProblem(gpu, `Driver ${gpu.driver} is too old for PyTorch on ${platform}.`, CUDA13_DRIVER);
  }
  if (driver < oldest) return driverProblem(gpu, `Driver ${gpu.driver} of ${gpu.name} is too old for PyTorch.`, CUDA126_DRIVER);
  const warnings = driver >= CUDA126_DRIVER ? [] : [`Driver ${gpu.driver} is older than CUDA 12.6 (${CUDA126_DRIVER}); NVIDIA promises that it works all the same, and the self-test will show it.`];
  return { gpu, variant: 'cu126', reason, warnings };
}

function judgeAmd(gpu: Gpu, platform: Platform): Verdict {
  const { name, architecture } = gpu;
  if (platform === 'windows-x64') return unusable(gpu, `PyTorch for AMD GPUs on Windows is not released yet, so ${name} cannot be used.`, ['With an AMD GPU on Windows, install ComfyUI\'s own portable version for AMD and use it by its folder or address.']);
  if (platform !== 'linux-x64') return unusable(gpu, `PyTorch has no ROCm build for ${platform}, so ${name} cannot be used.`);
  if (architecture === undefined) return { gpu, variant: 'cpu', reason: `The compute driver of ${name} does not answer.`, problem: 'GPU_DRIVER', warnings: ['Install AMD\'s driver for Linux (amdgpu with KFD), then start the installation again.'] };
  if (!ROCM_ARCHITECTURES.has(architecture)) return unusable(gpu, `PyTorch's ROCm build has no code for ${name} (${architecture}).`);
  return { gpu, variant: 'rocm', reason: `${name} (${architecture}): PyTorch with ROCm.`, warnings: [] };
}

function judgeIntel(gpu: Gpu, platform: Platform): Verdict {
  if (platform !== 'linux-x64' && platform !== 'windows-x64') return unusable(gpu, `PyTorch has no XPU build for ${platform}, so ${gpu.name} cannot be used.`);
  return { gpu, variant: 'xpu', reason: `${gpu.name}: PyTorch with Intel XPU.`, warnings: [] };
}

const unusable = (gpu: Gpu, reason: string, warnings: readonly string[] = []): Verdict => ({ gpu, variant: 'cpu', reason, problem: 'GPU_NONE', warnings });

const driverProblem = (gpu: Gpu, reason: string, needed: number): Verdict => ({
  gpu, variant: 'cpu', reason, problem: 'GPU_DRIVER', warnings: [`Install driver ${needed} or newer from ${NVIDIA_DRIVERS}, then start the installation again.`],
});
