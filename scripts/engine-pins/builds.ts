/** Which builds of PyTorch there are, and where. */
import type { Platform, Variant } from '#sidecar/provision/types.ts';

/**
 * The newest version of which all three exist (torchaudio ended with 2.11). It has CUDA 13.0 on PyPI, CUDA 12.6 for old GPUs (gone
 * since 2.15), and what ComfyUI's dynamic memory needs (2.8).
 */
export const TORCH = { torch: '2.11.0', torchvision: '0.26.0', torchaudio: '2.11.0' } as const;

/**
 * Requirements of ComfyUI that only its web page needs: half a gigabyte of example pictures and films. Our engine is started with a
 * page of its own (`--front-end-root`), and the server says at most that they are not there.
 */
export const PAGE_ONLY = /^comfyui-(?:frontend-package|workflow-templates|embedded-docs)\b/;

export const LOCK_PLATFORMS = ['linux-x64', 'linux-arm64', 'windows-x64', 'macos-arm64'] as const satisfies readonly Platform[];

/** What PyPI itself has for a platform; on a Mac one build serves GPU and processor. */
export const PYPI_BUILD: Readonly<Record<Platform, { readonly file: string; readonly variants: readonly Variant[] }>> = {
  'linux-x64': { file: 'cu130', variants: ['cu130'] },
  'linux-arm64': { file: 'cu130', variants: ['cu130'] },
  'windows-x64': { file: 'cpu', variants: ['cpu'] },
  'macos-arm64': { file: 'mps', variants: ['mps', 'cpu'] },
  'macos-x64': { file: 'none', variants: [] },
};

/** What only PyTorch's own indexes have; `suffix` is the index's name and the end of the version. */
export const INDEX_BUILDS: readonly { readonly platform: Platform; readonly variant: Variant; readonly suffix: string }[] = [
  { platform: 'linux-x64', variant: 'cpu', suffix: 'cpu' },
  { platform: 'linux-x64', variant: 'cu126', suffix: 'cu126' },
  { platform: 'linux-x64', variant: 'rocm', suffix: 'rocm7.2' },
  { platform: 'linux-x64', variant: 'xpu', suffix: 'xpu' },
  { platform: 'linux-arm64', variant: 'cpu', suffix: 'cpu' },
  { platform: 'windows-x64', variant: 'cu130', suffix: 'cu130' },
  { platform: 'windows-x64', variant: 'cu126', suffix: 'cu126' },
  { platform: 'windows-x64', variant: 'xpu', suffix: 'xpu' },
];

const GB = 1e9;
/** PyTorch with its libraries where the files could not be asked: rounded up from builds of neighbouring versions. */
export const INCOMPLETE_BYTES: Readonly<Record<Variant, { readonly downloadBytes: number; readonly unpackedBytes: number }>> = {
  cpu: { downloadBytes: 0.25 * GB, unpackedBytes: 0.9 * GB },
  cu126: { downloadBytes: 3.2 * GB, unpackedBytes: 6 * GB },
  cu130: { downloadBytes: 2.5 * GB, unpackedBytes: 5 * GB },
  rocm: { downloadBytes: 5 * GB, unpackedBytes: 18 * GB },
  xpu: { downloadBytes: 2.5 * GB, unpackedBytes: 7 * GB },
  mps: { downloadBytes: 0.1 * GB, unpackedBytes: 0.4 * GB },
};
