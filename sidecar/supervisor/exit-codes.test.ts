import { describe, expect, test } from 'vitest';
import { classifyExit } from './exit-codes.ts';

describe('an exit', () => {
  test.each([
    ['0xC0000005 while loading', { code: 3221225477 }, true, 'JOB_RAM'],
    ['0xC0000005 in peace', { code: 3221225477 }, false, 'ENGINE_LOST'],
    ['the kernel’s kill while loading', { signal: 'SIGKILL' }, true, 'JOB_RAM'],
    ['137 while loading', { code: 137 }, true, 'JOB_RAM'],
    ['137 in peace', { code: 137 }, false, 'ENGINE_LOST'],
    ['a small page file', { code: 1, lines: ['OSError: The paging file is too small for this operation to complete.'] }, false, 'JOB_RAM'],
    ['a segmentation fault after a soft import error', { signal: 'SIGSEGV', lines: ['ImportError: optional thing'] }, true, 'ENGINE_LOST'],
    ['an abort', { code: 134 }, true, 'ENGINE_LOST'],
    ['a missing module', { code: 1, lines: ["ModuleNotFoundError: No module named 'torch'"] }, true, 'ENV_BROKEN'],
    ['an import that failed beside the way', { code: 1, lines: ["[INFO] backend triton: ImportError: No module named 'triton'", 'Traceback (most recent call last):', '  File "main.py", line 1, in <module>', 'RuntimeError: something else'] }, true, 'BOOT_EXIT'],
    ['a GPU that is not there', { code: 1, lines: ["[INFO] backend triton: ImportError: No module named 'triton'", '    raise AssertionError("Torch not compiled with CUDA enabled")', 'AssertionError: Torch not compiled with CUDA enabled'] }, true, 'GPU_DRIVER'],
    ['a missing DLL', { code: 3221225781 }, true, 'ENV_BROKEN'],
    ['a forbidden port', { code: 1, lines: ["[Errno 10013] error while attempting to bind on address ('127.0.0.1', 0)"] }, true, 'PORT_DENIED'],
    ['a locked file', { code: 1, lines: ['PermissionError: [WinError 32] The process cannot access the file'] }, true, 'ENV_LOCKED'],
    ['an unknown option', { code: 2, lines: ['usage: main.py', 'main.py: error: unrecognized arguments: --novram2'] }, true, 'BOOT_EXIT'],
    ['an orderly end that nobody asked for', { code: 0 }, true, 'BOOT_EXIT'],
  ] as [string, { code?: number; signal?: string; lines?: string[] }, boolean, string][])('by %s', (_, { code = null, signal = null, lines = [] }, isLoading, expected) => {
    const { problem, isMemory } = classifyExit({ code, signal, lastLines: lines }, isLoading);
    expect(problem.code).toBe(expected);
    expect(isMemory).toBe(expected === 'JOB_RAM');
    expect(problem.message).toMatch(/^[A-Z].*\.$/);
    expect(problem.action).toMatch(/^[A-Z].*\.$/);
  });

  test('carries the last five lines', () => {
    const lastLines = Array.from({ length: 9 }, (_, index) => `line ${index}`);
    expect(classifyExit({ code: 1, signal: null, lastLines }, true).problem.lastLines).toEqual(lastLines.slice(4));
  });
});
