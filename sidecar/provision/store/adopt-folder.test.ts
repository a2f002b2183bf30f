import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mainCandidates, recogniseFolder, versionIn } from './adopt-folder.ts';
import type { AdoptContext } from './adopt-folder.ts';

let root: string;
beforeEach(async () => void (root = await realpath(await mkdtemp(join(tmpdir(), 'adgen adopt ü-')))));
afterEach(() => rm(root, { recursive: true, force: true }));

const LINUX: AdoptContext = { platform: 'linux', env: {} };
const WINDOWS: AdoptContext = { platform: 'win32', env: {} };
async function put(...paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), path.endsWith('comfyui_version.py') ? '# written by a script\n__version__ = "0.28.1"\n' : '');
  }
}

describe('a folder is recognised', () => {
  test.each([
    ['a clone with an environment in it', LINUX, 'x', ['x/main.py', 'x/comfyui_version.py', 'x/.venv/bin/python', 'x/models/vae/a'], { main: 'x/main.py', python: 'x/.venv/bin/python', models: ['x/models'] }],
    ['a clone with an environment beside it', LINUX, 'x/ComfyUI', ['x/ComfyUI/main.py', 'x/ComfyUI/comfyui_version.py', 'x/venv/bin/python'], { main: 'x/ComfyUI/main.py', python: 'x/venv/bin/python', models: [] }],
    ['the portable, by its outer folder', WINDOWS, 'p', ['p/ComfyUI/main.py', 'p/ComfyUI/comfyui_version.py', 'p/python_embeded/python.exe', 'p/ComfyUI/models/vae/a'], { main: 'p/ComfyUI/main.py', python: 'p/python_embeded/python.exe', models: ['p/ComfyUI/models'] }],
    ['the portable, by its inner folder', WINDOWS, 'p/ComfyUI', ['p/ComfyUI/main.py', 'p/ComfyUI/comfyui_version.py', 'p/python_embeded/python.exe'], { main: 'p/ComfyUI/main.py', python: 'p/python_embeded/python.exe', models: [] }],
    ['a main.py that was named itself', LINUX, 'x/main.py', ['x/main.py', 'x/comfyui_version.py', 'x/venv/bin/python'], { main: 'x/main.py', python: 'x/venv/bin/python', models: [] }],
  ] as const)('%s', async (_, context, named, paths, { main, python, models }) => {
    await put(...paths);
    expect(await recogniseFolder(join(root, named), context)).toEqual({
      folder: join(root, named === 'x/main.py' ? 'x' : named), version: '0.28.1', mainPath: join(root, main), pythonPath: join(root, python), modelDirs: models.map((path) => join(root, path)),
    });
  });

  test('the desktop application: its program is elsewhere, its models and its environment are in the folder', async () => {
    const context = { platform: 'win32', env: { LOCALAPPDATA: join(root, 'Local') } } as const;
    await put('Local/Programs/@comfyorgcomfyui-electron/resources/ComfyUI/main.py', 'Local/Programs/@comfyorgcomfyui-electron/resources/ComfyUI/comfyui_version.py', 'Documents/ComfyUI/.venv/Scripts/python.exe', 'Documents/ComfyUI/models/vae/a');
    expect(await recogniseFolder(join(root, 'Documents', 'ComfyUI'), context)).toMatchObject({
      mainPath: join(mainCandidates('', context)[3] ?? '', 'main.py'), pythonPath: join(root, 'Documents/ComfyUI/.venv/Scripts/python.exe'), modelDirs: [join(root, 'Documents/ComfyUI/models')],
    });
    await put('Documents/other/file');
    await expect(recogniseFolder(join(root, 'Documents', 'other'), context)).rejects.toMatchObject({ data: { reason: 'NOT_COMFYUI' } });
  });

  test('once, under whatever name', async () => {
    await put('x/main.py', 'x/comfyui_version.py', 'x/venv/bin/python');
    await symlink(join(root, 'x'), join(root, 'y'));
    expect(await recogniseFolder(join(root, 'y'), LINUX)).toEqual(await recogniseFolder(join(root, 'x'), LINUX));
  });

  test('with a Python that was named', async () => {
    await put('x/main.py', 'x/comfyui_version.py', 'elsewhere/python3');
    expect(await recogniseFolder(join(root, 'x'), LINUX, join(root, 'elsewhere', 'python3'))).toMatchObject({ pythonPath: join(root, 'elsewhere', 'python3') });
  });
});

describe('a folder is refused', () => {
  test.each([
    ['nothing there', [], 'NOT_COMFYUI', /is no folder\. Choose/],
    ['something else', ['x/readme.txt'], 'NOT_COMFYUI', /no ComfyUI in .*\. Choose/],
    ['some main.py', ['x/main.py'], 'NOT_COMFYUI', /no ComfyUI in/],
    ['one without a version', ['x/main.py', 'x/comfy/sd.py'], 'ENGINE_OLD', /does not say its version.*0\.3\.64 or newer.*Update/],
    ['one without a Python', ['x/main.py', 'x/comfyui_version.py'], 'PYTHON_MISSING', /No Python was found.*Name its Python/],
  ])('%s', async (_, paths, reason, sentence) => {
    await put(...paths);
    await expect(recogniseFolder(join(root, 'x'), LINUX)).rejects.toMatchObject({ code: 'BAD_INPUT', data: { reason }, message: expect.stringMatching(sentence) });
  });

  test.each(['0.3.63', '0.2.0', 'nightly', ''])('version "%s"', async (version) => {
    await put('x/main.py', 'x/venv/bin/python');
    await writeFile(join(root, 'x', 'comfyui_version.py'), `__version__ = "${version}"\n`);
    await expect(recogniseFolder(join(root, 'x'), LINUX)).rejects.toMatchObject({ data: { reason: 'ENGINE_OLD' } });
  });

  test('when the Python that was named is not there', async () => {
    await put('x/main.py', 'x/comfyui_version.py', 'x/venv/bin/python');
    await expect(recogniseFolder(join(root, 'x'), LINUX, join(root, 'nowhere'))).rejects.toMatchObject({ data: { reason: 'PYTHON_MISSING' }, message: expect.stringContaining('There is no Python at') });
  });
});

test.each([['__version__ = "0.28.1"', '0.28.1'], ['# x\n__version__="0.3.64"  # y', '0.3.64'], ["__version__ = '1.0.0'", '1.0.0'], ['version = "1"', undefined]])('the version in %j', (text, version) => {
  expect(versionIn(text)).toBe(version);
});
