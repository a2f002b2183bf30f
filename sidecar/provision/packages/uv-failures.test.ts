/** uv's words in the forms that it prints them, and what the user reads. */
import { expect, it } from 'vitest';
import { explainUvFailure } from './uv-failures.ts';

const CASES: readonly (readonly [string, string, string])[] = [
  ['a full disk', 'error: Failed to install: torch-2.11.0-cp312-cp312-manylinux_2_28_x86_64.whl (torch==2.11.0)\n  Caused by: failed to copy file from a to b: No space left on device (os error 28)', 'DISK_FULL'],
  ['a full disk on Windows', 'error: Failed to extract archive\n  Caused by: There is not enough space on the disk. (os error 112)', 'DISK_FULL'],
  ['a read-only disk', 'error: failed to create directory `/engine/cache`: Read-only file system (os error 30)', 'DISK_READ_ONLY'],
  ['a held file', 'error: failed to remove file `C:\\engine\\python.exe`: Access is denied. (os error 5)', 'DISK_READ_ONLY'],
  ['another file than pinned', '  × Failed to download `einops==0.8.2`\n  ╰─▶ Hash mismatch for `einops==0.8.2`\n\n      Expected:\n        sha256:aa\n\n      Computed:\n        sha256:bb', 'NET_HASH'],
  ['a proxy with a login', 'error: Request failed after 5 retries\n  Caused by: client error (Connect)\n  Caused by: tunnel error: HTTP/1.1 407 Proxy Authentication Required', 'NET_PROXY'],
  ['a proxy that is away', 'error: error sending request\n  Caused by: client error (Connect)\n  Caused by: tunnel error: failed to create underlying connection', 'NET_PROXY'],
  ['a filter without its certificate', 'error: Failed to fetch: `https://pypi.org/simple/einops/`\n  Caused by: invalid peer certificate: UnknownIssuer', 'NET_TLS'],
  ['no network', 'error: Failed to fetch: `https://pypi.org/simple/einops/`\n  Caused by: dns error\n  Caused by: failed to lookup address information: Temporary failure in name resolution', 'NET_OFFLINE'],
  ['no network on Windows', 'Caused by: dns error\nCaused by: No such host is known. (os error 11001)', 'NET_OFFLINE'],
  ['a refused connection', 'Caused by: tcp connect error\nCaused by: Connection refused (os error 111)', 'NET_OFFLINE'],
  ['a stall', 'error: Failed to download `torch==2.11.0`\n  Caused by: Failed to extract archive\n  Caused by: Failed to download distribution due to network timeout. Try increasing UV_HTTP_TIMEOUT (current value: 60s).\n  Caused by: operation timed out', 'NET_STALL'],
  ['an overloaded index', 'error: Failed to fetch\n  Caused by: HTTP status server error (503 Service Unavailable) for url', 'NET_BUSY'],
  ['a cut', 'error: Failed to extract archive\n  Caused by: error decoding response body\n  Caused by: connection closed before message completed', 'NET_CUT'],
  ['a version that is gone', '  × No solution found when resolving dependencies:\n  ╰─▶ Because there is no version\n      of torch==2.11.0+cu126 and you require torch==2.11.0+cu126, we can conclude that your requirements are unsatisfiable.', 'NET_GONE'],
  ['a wheel that is gone', 'Because av>=16.0.0 has no usable wheels and you require av>=16.0.0, we can conclude that your requirements are unsatisfiable.', 'NET_GONE'],
  ['anything else', 'warning: something\nerror: The interpreter at /engine/python is not a virtual environment\nhint: try something', 'ENV_BROKEN'],
];

it.each(CASES)('%s', (_name, text, reason) => {
  const error = explainUvFailure('install the packages', text.split('\n'), { exitCode: 2, signal: null });
  expect(error.data['reason']).toBe(reason);
  expect(error.message).toMatch(/^[A-Z].*[.] [A-Z].*[.]$|^uv could not/);
});

it('keeps the error itself, and the last lines', () => {
  const error = explainUvFailure('make the environment', [...Array.from({ length: 50 }, (_, index) => `line ${index}`), 'error: Broken venv', 'hint: none'], { exitCode: 1, signal: null });
  expect(error.message).toBe('uv could not make the environment (code 1): error: Broken venv. Start it again; if that does not help, repair the engine.');
  expect(error.data['lastLines']).toHaveLength(20);
});

it('speaks when uv did not', () => {
  expect(explainUvFailure('install Python', [], { exitCode: null, signal: 'SIGKILL' }).message).toBe('uv could not install Python (SIGKILL). Start it again; if that does not help, repair the engine.');
});
