/** Lets uv find versions that fit together, for a platform other than this one. */
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Platform } from '#sidecar/provision/types.ts';
import { TORCH } from './builds.ts';

export interface Pinned {
  readonly name: string;
  readonly version: string;
}

export interface Resolver {
  /** All packages, with PyTorch of this suffix (`''` = as on PyPI). Throws what uv says. */
  resolve(platform: Platform, torch: { readonly suffix: string; readonly indexUrl?: string }): Promise<Pinned[]>;
}

const TARGETS: Readonly<Record<Platform, string>> = {
  'linux-x64': 'x86_64-manylinux_2_28', 'linux-arm64': 'aarch64-manylinux_2_28', 'windows-x64': 'x86_64-pc-windows-msvc', 'macos-arm64': 'aarch64-apple-darwin', 'macos-x64': 'x86_64-apple-darwin',
};
const PYPI = 'https://pypi.org/simple';
/** PyTorch's indexes do not say when a file appeared, and what is on them alone would be left out for that. */
const WITHOUT_DATE = ['torch', 'torchvision', 'torchaudio', 'triton', 'pytorch-triton-rocm', 'triton-rocm', 'pytorch-triton-xpu', 'triton-xpu'];

export function createResolver(options: { uvPath: string; folder: string; requirements: string; pythonVersion: string; frozenAt: string }): Resolver {
  const { uvPath, folder, requirements, pythonVersion, frozenAt } = options;
  return {
    async resolve(platform, { suffix, indexUrl }) {
      const wanted = join(folder, 'wanted.in');
      const found = join(folder, `${platform}-${suffix}.txt`);
      await writeFile(wanted, `${requirements}\n${Object.entries(TORCH).map(([name, version]) => `${name}==${version}${suffix === '' ? '' : `+${suffix}`}`).join('\n')}\n`);
      const args = ['pip', 'compile', wanted, '--output-file', found, '--python-version', pythonVersion, '--python-platform', TARGETS[platform], '--exclude-newer', `${frozenAt}T23:59:59Z`, '--no-build', '--no-annotate', '--no-header', '--no-config', '--quiet', '--default-index', PYPI];
      const fromIndex = indexUrl === undefined ? [] : ['--index', indexUrl, '--index-strategy', 'unsafe-best-match', ...WITHOUT_DATE.flatMap((name) => ['--exclude-newer-package', `${name}=false`])];
      await promisify(execFile)(uvPath, [...args, ...fromIndex], { env: { ...process.env, MACOSX_DEPLOYMENT_TARGET: '14.0' } });
      return parseResolved(await readFile(found, 'utf8'));
    },
  };
}

/** `name==version` lines; environment markers have been decided by then. Throws for any other line. */
export function parseResolved(text: string): Pinned[] {
  return text.split('\n').filter((line) => line.trim() !== '' && !/^\s*[#-]/.test(line)).map((line) => {
    const [, name, version] = /^([a-z0-9-]+)==([^\s;]+)$/.exec(line.trim()) ?? [];
    if (name === undefined || version === undefined) throw new Error(`uv wrote a line that is not understood: ${line}`);
    return { name, version };
  });
}

/** PyTorch, and the libraries that come and go with its builds. */
export const isTorchFamily = (name: string): boolean => /^(?:torch|torchvision|torchaudio|triton|nvidia-.*|cuda-.*)$/.test(name);
