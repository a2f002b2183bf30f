import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findPython } from '#sidecar/supervisor/testing/fixture-engine.ts';
import { askKnownFlags, parseHelp } from './known-flags.ts';

const HELP = `usage: main.py [-h] [--listen [IP]] [--port PORT]
               [--extra-model-paths-config PATH [PATH ...]]
               [--cpu | --gpu-only]

options:
  -h, --help            show this help message and exit
  --listen [IP]         Specify the IP address (default: 127.0.0.1). If --listen is provided without an argument it
                        listens on all. See also --port, or--not-this one.
  --cuda-malloc, --no-cuda-malloc
`;

test('options are read from a help text, however it is wrapped', () => {
  expect(parseHelp(HELP)).toEqual(['--cpu', '--cuda-malloc', '--extra-model-paths-config', '--gpu-only', '--help', '--listen', '--no-cuda-malloc', '--port']);
});

const pythonPath = findPython() ?? '';

describe.runIf(pythonPath !== '')('a real Python', () => {
  let folder: string;
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'adgen flags ü-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const ask = async (program: string, signal = new AbortController().signal): Promise<string[]> => {
    await writeFile(join(folder, 'main.py'), program);
    return await askKnownFlags({ pythonPath, mainPath: join(folder, 'main.py'), workDir: folder, signal });
  };

  test('says its options and writes nothing', async () => {
    await writeFile(join(folder, 'options.py'), 'import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument("--listen")\n');
    expect(await ask('import options\noptions.parser.parse_args()\n')).toEqual(['--help', '--listen']);
    expect((await readdir(folder)).sort()).toEqual(['main.py', 'options.py']);
  });

  test.each([
    ['does not run', 'import no_such_module\n', /ModuleNotFoundError.*no_such_module/],
    ['has another help', 'print("--port")\n', /ended with code 0/],
  ])('that %s is broken', async (_, program, sentence) => {
    await expect(ask(program)).rejects.toMatchObject({ data: { reason: 'ENV_BROKEN' }, message: expect.stringMatching(sentence) });
  });

  test('is not there', async () => {
    await expect(askKnownFlags({ pythonPath: join(folder, 'python'), mainPath: 'main.py', workDir: folder, signal: new AbortController().signal })).rejects.toMatchObject({ data: { reason: 'ENV_BROKEN' }, message: expect.stringContaining('ENOENT') });
  });

  test('and what it has started are gone when nobody wants the answer any more', async () => {
    const controller = new AbortController();
    const asked = ask('import subprocess, sys, time\nsubprocess.Popen([sys.executable, "-c", "import time; open(\'started\', \'w\').close(); time.sleep(600)"])\ntime.sleep(600)\n', controller.signal);
    while (!(await readdir(folder)).includes('started')) await new Promise((resolve) => void setTimeout(resolve, 20));
    controller.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' }); // resolves only when the last of them has closed its output
  });
});
