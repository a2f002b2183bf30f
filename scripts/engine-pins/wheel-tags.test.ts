import { expect, it } from 'vitest';
import type { Platform } from '#sidecar/provision/types.ts';
import { bestWheel } from './wheel-tags.ts';

const CASES: readonly (readonly [string, Platform, readonly string[], string | undefined])[] = [
  ['this Python before pure Python', 'linux-x64', ['a-1-py3-none-any.whl', 'a-1-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl'], 'a-1-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl'],
  ['abi3 of an older Python', 'windows-x64', ['a-1-cp39-abi3-win_amd64.whl', 'a-1-cp39-abi3-win_arm64.whl', 'a-1-py3-none-any.whl'], 'a-1-cp39-abi3-win_amd64.whl'],
  ['abi3 of a newer Python does not run', 'linux-x64', ['a-1-cp313-abi3-manylinux_2_17_x86_64.whl'], undefined],
  ['another Python does not run', 'linux-x64', ['a-1-cp311-cp311-manylinux_2_17_x86_64.whl', 'a-1-cp312-cp312t-manylinux_2_17_x86_64.whl'], undefined],
  ['a newer glibc does not run', 'linux-x64', ['a-1-cp312-cp312-manylinux_2_31_x86_64.whl', 'a-1-cp312-cp312-manylinux_2_24_x86_64.whl'], 'a-1-cp312-cp312-manylinux_2_24_x86_64.whl'],
  ['musl is another system', 'linux-arm64', ['a-1-cp312-cp312-musllinux_1_2_aarch64.whl'], undefined],
  ['the newest of those that run', 'linux-arm64', ['a-1-cp312-cp312-manylinux2014_aarch64.whl', 'a-1-cp312-cp312-manylinux_2_28_aarch64.whl'], 'a-1-cp312-cp312-manylinux_2_28_aarch64.whl'],
  ['a plain linux wheel, as ROCm builds were', 'linux-x64', ['a-1-cp312-cp312-linux_x86_64.whl'], 'a-1-cp312-cp312-linux_x86_64.whl'],
  ['universal wheels on a Mac', 'macos-arm64', ['a-1-cp312-cp312-macosx_10_13_universal2.whl', 'a-1-cp312-cp312-macosx_10_13_x86_64.whl'], 'a-1-cp312-cp312-macosx_10_13_universal2.whl'],
  ['a newer macOS does not run', 'macos-arm64', ['a-1-cp312-cp312-macosx_15_0_arm64.whl'], undefined],
  ['a source archive is no wheel', 'linux-x64', ['a-1.tar.gz'], undefined],
  ['Python 2 and 3', 'windows-x64', ['a-1-py2.py3-none-any.whl'], 'a-1-py2.py3-none-any.whl'],
  ['a build number', 'linux-x64', ['a-1-2-py3-none-manylinux_2_27_x86_64.whl'], 'a-1-2-py3-none-manylinux_2_27_x86_64.whl'],
];

it.each(CASES)('%s', (_name, platform, files, expected) => {
  expect(bestWheel(files.map((file) => ({ file })), platform)?.file).toBe(expected);
});
