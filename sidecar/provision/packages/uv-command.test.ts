/** Command lines and environment, letter by letter. */
import { describe, expect, it } from 'vitest';
import { createEnvironmentCommand, installPackagesCommand, installPythonCommand, uvEnvironment } from './uv-command.ts';

const SETTING = { uvPath: '/engine/tools/uv', cacheDir: '/engine/cache', env: {} };
const COMPLETE = { files: ['/locks/linux-x64.txt', '/locks/linux-x64-cu130.txt'], isComplete: true, indexUrls: [] };
const INCOMPLETE = { files: ['/locks/linux-x64.txt', '/locks/linux-x64-cu126.txt'], isComplete: false, indexUrls: ['https://download.pytorch.org/whl/cu126'] };
const lineOf = (command: { args: readonly string[] }): string => command.args.join(' ');

describe('command lines', () => {
  it('Python from an archive that was fetched before', () => {
    expect(lineOf(installPythonCommand(SETTING, { version: '3.12.14', folder: '/engine/base', mirrorDir: '/engine/down loads/ü#1' }))).toBe(
      'python install 3.12.14 --install-dir /engine/base --no-bin --no-registry --managed-python --mirror file:///engine/down%20loads/%C3%BC%231 --offline --no-config --no-progress --color never');
  });

  it('Python from a folder of Windows', () => {
    expect(lineOf(installPythonCommand(SETTING, { version: '3.12.14', folder: 'D:\\e', mirrorDir: 'D:\\My Engine\\d' }))).toContain('--mirror file:///D:/My%20Engine/d --offline');
  });

  it('Python from the network', () => {
    expect(lineOf(installPythonCommand(SETTING, { version: '3.12.14', folder: '/b' }))).not.toMatch(/--mirror|--offline/);
  });

  it('the environment', () => {
    expect(lineOf(createEnvironmentCommand(SETTING, { pythonPath: '/engine/base/bin/python3', folder: '/engine/python' }))).toBe(
      'venv /engine/python --python /engine/base/bin/python3 --clear --relocatable --no-project --no-python-downloads --offline --no-config --no-progress --color never');
  });

  it('packages of a complete lock from fetched wheels: exactly these, and no network', () => {
    expect(lineOf(installPackagesCommand(SETTING, { pythonPath: '/engine/python/bin/python', lock: COMPLETE, wheelsDir: '/engine/downloads/wheels' }))).toBe(
      'pip sync /locks/linux-x64.txt /locks/linux-x64-cu130.txt --require-hashes --python /engine/python/bin/python --no-build --no-python-downloads --find-links /engine/downloads/wheels --no-index --offline --no-config --no-progress --color never');
  });

  it('packages of a complete lock from the network', () => {
    expect(lineOf(installPackagesCommand(SETTING, { pythonPath: '/p', lock: COMPLETE }))).toBe(
      'pip sync /locks/linux-x64.txt /locks/linux-x64-cu130.txt --require-hashes --python /p --no-build --no-python-downloads --default-index https://pypi.org/simple --index-strategy unsafe-best-match --no-config --no-progress --color never');
  });

  it('packages of an incomplete lock: PyTorch from its own index', () => {
    expect(lineOf(installPackagesCommand(SETTING, { pythonPath: '/p', lock: INCOMPLETE, wheelsDir: '/w' }))).toBe(
      'pip install -r /locks/linux-x64.txt -r /locks/linux-x64-cu126.txt --python /p --no-build --no-python-downloads --find-links /w --index https://download.pytorch.org/whl/cu126 --default-index https://pypi.org/simple --index-strategy unsafe-best-match --no-config --no-progress --color never');
  });
});

describe('environment', () => {
  const env = uvEnvironment({
    PATH: '/bin', HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: 'intranet', SSL_CERT_FILE: '/ca.pem',
    PIP_INDEX_URL: 'x', UV_INDEX_URL: 'x', UV_OFFLINE: '1', PYTHONPATH: 'x', PYTHONHOME: 'x', VIRTUAL_ENV: 'x', CONDA_PREFIX: 'x',
  }, '/engine/cache');

  it('passes the proxy and certificates on, and leaves loopback alone', () => {
    expect(env).toMatchObject({ PATH: '/bin', HTTPS_PROXY: 'http://proxy:3128', SSL_CERT_FILE: '/ca.pem', NO_PROXY: '127.0.0.1,localhost,::1,intranet' });
  });

  it('keeps everything in the engine\'s folder and copies out of the cache', () => {
    expect(env).toMatchObject({ UV_CACHE_DIR: '/engine/cache', UV_LINK_MODE: 'copy', UV_CONCURRENT_DOWNLOADS: '2', UV_SYSTEM_CERTS: '1' });
  });

  it('has nothing of the user\'s Python, pip and uv', () => {
    for (const name of ['PIP_INDEX_URL', 'UV_INDEX_URL', 'UV_OFFLINE', 'PYTHONPATH', 'PYTHONHOME', 'VIRTUAL_ENV', 'CONDA_PREFIX']) expect(env).not.toHaveProperty(name);
  });
});
