import { describe, expect, it } from 'vitest';
import type { Variant } from '../types.ts';
import { judgeSelfTest, parseSelfTestLine, type SelfTestReport } from './judge-self-test.ts';

const REPORT: SelfTestReport = { selfTest: 'result', torch: '2.11.0+cu130', device: 'cuda:0 NVIDIA GeForce RTX 4090', isRight: true, isDevice: true, cause: null, memoryFreeBytes: 23_000_000_000 };
const EXIT = { kind: 'exit', code: 0, signal: null } as const;
const onProcessor = (cause: string): SelfTestReport => ({ ...REPORT, device: 'cpu', isDevice: false, cause, memoryFreeBytes: null });

describe('judgement', () => {
  it('is ok only for right values on the device', () => {
    expect(judgeSelfTest('cu130', { report: REPORT, ending: EXIT })).toEqual({
      outcome: 'ok', torch: '2.11.0+cu130', device: 'cuda:0 NVIDIA GeForce RTX 4090', memoryFreeBytes: 23_000_000_000, detail: 'PyTorch 2.11.0+cu130 computes right values on cuda:0 NVIDIA GeForce RTX 4090.',
    });
  });

  it.each<[string, Variant, string, string]>([
    ['an old driver', 'cu130', 'The NVIDIA driver on your system is too old (found version 12020). Please update', 'driver is too old. Install a newer one'],
    ['no driver', 'cu126', 'Found no NVIDIA driver on your system. Please check', 'no NVIDIA driver is installed'],
    ['a hidden GPU', 'cu126', 'No CUDA GPUs are available', 'no NVIDIA GPU may be used'],
    ['no rights on AMD', 'rocm', 'No HIP GPUs are available', 'groups "render" and "video"'],
    ['a full GPU', 'cu130', 'CUDA error: out of memory', 'taken by other programs'],
    ['a wrong build', 'cu130', 'this PyTorch is built for the processor alone', 'Repair the engine'],
    ['a Mac without Metal', 'mps', 'PyTorch finds no Metal GPU', 'Update macOS'],
    ['anything else, shortened', 'xpu', `Level Zero failed.\n${'x'.repeat(500)}`, 'on the processor only: Level Zero failed. Check the driver'],
  ])('is cpu-only with %s', (_name, variant, cause, words) => {
    const result = judgeSelfTest(variant, { report: onProcessor(cause), ending: EXIT });
    expect(result).toMatchObject({ outcome: 'cpu-only', device: 'cpu' });
    expect(result.detail).toContain(words);
  });

  it('does not trust a device that computes wrong values', () => {
    expect(judgeSelfTest('cu130', { report: { ...REPORT, isRight: false }, ending: EXIT })).toMatchObject({ outcome: 'inconclusive', detail: expect.stringContaining('wrong values') });
  });

  it.each([
    [{ kind: 'exit', code: 1, signal: null }, 'ended with code 1 at "import torch": ImportError: x.'],
    [{ kind: 'exit', code: null, signal: 'SIGSEGV' }, 'was ended by SIGSEGV at "import torch"'],
    [{ kind: 'silence', seconds: 90 }, 'did nothing for 90 s at "import torch"'],
    [{ kind: 'too-long', seconds: 900 }, 'was not done after 900 s'],
    [{ kind: 'no-start', message: 'ENOENT' }, 'could not be started (ENOENT)'],
  ] as const)('knows nothing after %o', (ending, words) => {
    const result = judgeSelfTest('cu130', { phase: 'import torch', lastWords: 'ImportError: x', ending });
    expect(result.outcome).toBe('inconclusive');
    expect(result.detail).toContain(words);
  });
});

it.each([
  ['{"selfTest": "phase", "phase": "convolve"}', { selfTest: 'phase', phase: 'convolve' }],
  ['{"selfTest": "beat", "cpu": 1.5}', { selfTest: 'beat', cpu: 1.5 }],
  [JSON.stringify(REPORT), REPORT],
  ['{"selfTest": "result", "torch": "2"}', undefined],
  ['{"selfTest": "phase", "pha', undefined],
  ['{"selfTest": "surprise"}', undefined],
  ['UserWarning: something', undefined],
])('reads %s', (line, expected) => {
  expect(parseSelfTestLine(line)).toEqual(expected);
});
