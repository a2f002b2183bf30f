/** The engine as a user handles it: adopted, started, looked at, stopped, killed. The engine is a small program in ComfyUI's place. */
import { createServer as createHttpsServer } from 'node:https';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, startFakeProcess } from '#sidecar/fake/testing/fake-process.ts';
import { selfSigned } from '#sidecar/provision/download/testing/self-signed.ts';
import { adgen, scratchFolder, startAdgen } from './adgen.ts';
import { isThere } from '#scripts/child-processes.ts';
import { until, untilLine } from './processes.ts';
import { makeSmallComfy, python, startEngine } from './small-comfy.ts';

let folder: Awaited<ReturnType<typeof scratchFolder>>;
let comfy: string;
let data: string;
const at = (name: string): string => join(folder.path, name);
const sidecar = (...args: string[]) => adgen(['sidecar', ...args, '--data', data]);
const json = async (...args: string[]): Promise<Record<string, unknown>> => JSON.parse((await sidecar(...args, '--json')).stdout) as Record<string, unknown>;

beforeAll(async () => {
  // A space, letters of two scripts, and a quotation mark.
  folder = await scratchFolder('sidecar-cli');
  comfy = at('My "ComfyUI" übung 雪');
  await makeSmallComfy(comfy);
});
afterAll(() => folder.remove());

describe('an engine folder with nothing in it', () => {
  beforeAll(() => void (data = at('empty')));

  it('is told in words and as JSON, and nothing is made by looking', async () => {
    const { exitCode, stdout } = await sidecar('status');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^in use +none; "adgen sidecar install" installs one$/m);
    expect(stdout).toMatch(/^running +no$/m);
    expect(await json('status')).toEqual({ folder: join(data, 'engine'), modelsDir: join(data, 'models'), engines: [], problems: [], running: { state: 'none' } });
    expect(existsSync(data)).toBe(false);
  });

  it('has nothing to stop, to log, to start, to return to or to remove', async () => {
    const [stop, stopJson, logs, logsJson, exported, start] = await Promise.all([
      sidecar('stop'), json('stop'), sidecar('logs'), json('logs'), sidecar('logs', '--export', at('log.txt')), sidecar('start'),
    ]);
    expect(stop).toEqual({ exitCode: 0, stdout: '', stderr: 'No engine is running.' });
    expect(stopJson).toEqual({ outcome: 'not-running' });
    expect(logs).toMatchObject({ exitCode: 0, stdout: '', stderr: expect.stringMatching(/^There is no log yet/) });
    expect(logsJson).toEqual({ files: [], lines: [] });
    expect(exported).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(/^Error: There is no log to export yet/) });
    expect(start).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(/^Error: There is no engine to start yet\. "adgen sidecar install"/) });
    // One after the other: a store does one thing at a time.
    for (const args of [['use', '--previous'], ['use', 'comfyui-9'], ['uninstall', 'comfyui-9'], ['uninstall', '../..'], ['repair']]) {
      expect(await sidecar(...args)).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(/^Error: [^\n]+\.$/) });
    }
  });

  it('refuses wrong usage, and makes nothing', async () => {
    const never = at('never made');
    const mistakes = [
      ['adopt'], ['adopt', 'ftp://127.0.0.1'], ['adopt', 'http://'], ['adopt', 'http://127.0.0.1:1', '--python', 'python3'], ['use'], ['use', 'one', '--previous'], ['uninstall'], ['bundle'],
      ['logs', '--lines', 'many'], ['logs', '--follow', '--json'], ['logs', '--follow', '--export', 'x'], ['install', '--variant', 'cu999'], ['install', '--yes', '--nonsense'], ['dance'], [],
    ];
    const results = await Promise.all(mistakes.map((args) => adgen(['sidecar', ...args, '--data', never])));
    for (const [index, { exitCode, stdout, stderr }] of results.entries()) expect({ args: mistakes[index], exitCode, stdout, hasReason: /\berror: |^Error: |^Usage: /.test(stderr) }).toEqual({ args: mistakes[index], exitCode: 2, stdout: '', hasReason: true });
    expect(existsSync(never)).toBe(false);
  });
});

describe.skipIf(process.platform === 'win32' || python === undefined)('an adopted engine', () => {
  beforeAll(async () => {
    data = at('data');
    expect(await sidecar('adopt', comfy)).toMatchObject({ exitCode: 0, stdout: '', stderr: expect.stringMatching(/^In use now: your ComfyUI in .*übung 雪/) });
  });

  it('is started, seen by others, kept to one, and stopped from another terminal', async () => {
    const files = await readdir(comfy, { recursive: true });
    const { program, report } = await startEngine(data);
    expect(report).toMatchObject({ state: 'ready', url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/), hostPid: program.pid, server: { version: '0.28.1' } });
    expect(await json('status')).toMatchObject({
      current: { kind: 'adopted', folder: comfy },
      running: { state: 'ready', url: report.url, pid: report.pid, hostPid: program.pid, server: { version: '0.28.1', devices: [{ name: 'small device' }] } },
    });
    expect((await sidecar('status')).stdout).toMatch(new RegExp(`^running +${report.url}: ComfyUI 0\\.28\\.1 on small device`, 'm'));
    expect(await sidecar('start')).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringMatching(new RegExp(`^Error: The engine is already in use .*${program.pid}`)) });
    expect(isThere(report.pid)).toBe(true);

    expect(await json('stop')).toEqual({ outcome: 'stopped', pid: report.pid, hostPid: program.pid });
    const { exitCode, stderr } = await program;
    expect({ exitCode, isThere: isThere(report.pid) }, stderr).toEqual({ exitCode: 0, isThere: false });
    expect(stderr).toContain('The engine is stopped.');
    expect(await json('status')).toMatchObject({ running: { state: 'none' } });
    expect(await readdir(comfy, { recursive: true })).toEqual(files);
  });

  it('prints its address, ends with Ctrl-C, and leaves its words in the log', async () => {
    data = at('data that is followed');
    expect(await sidecar('adopt', comfy)).toMatchObject({ exitCode: 0 });
    const follower = startAdgen(['sidecar', 'logs', '--follow', '--lines', '999', '--data', data]);
    const program = startAdgen(['sidecar', 'start', '--data', data]);
    let followed = '';
    follower.stdout.on('data', (chunk: Buffer) => (followed += String(chunk)));
    await untilLine(program, /is ready\. Ctrl-C stops it/);
    await until('the line in the log', () => followed.includes('Total VRAM 8000 MB'));
    follower.kill('SIGINT');
    program.kill('SIGINT');
    expect(await follower).toMatchObject({ exitCode: 0 });
    expect(await program).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/), stderr: expect.stringMatching(/The engine is stopped\.$/) });

    const { lines, files } = await json('logs', '--lines', '3') as { lines: string[]; files: string[] };
    expect(lines).toHaveLength(3);
    expect(files).toEqual([join(data, 'engine', 'logs', 'engine-0001.log')]);
    expect((await sidecar('logs', '--lines', '1')).stdout).toBe(lines.at(-1));
    const exported = at('the log.txt');
    expect(await json('logs', '--export', exported)).toEqual({ exported });
    const text = await readFile(exported, 'utf8');
    expect(text).toContain('Total VRAM 8000 MB, token=<token>, ~');
    expect(text).not.toContain(homedir());
    expect(await sidecar('logs', '--export', at('data'))).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/^Error: .* cannot be written/) });
    data = at('data');
  });

  it('goes with its host when that is killed, and starts again afterwards', async () => {
    const { program, report } = await startEngine(data);
    program.kill('SIGKILL');
    await program;
    await until('the end of the engine', () => !isThere(report.pid), 15_000);
    expect(await json('status')).toMatchObject({ running: { state: 'none' } });
    expect(await json('stop')).toEqual({ outcome: 'not-running' });

    const next = await startEngine(data);
    expect(await json('stop', '--force')).toEqual({ outcome: 'stopped', pid: next.report.pid, hostPid: next.program.pid });
    expect(await next.program).toMatchObject({ signal: 'SIGKILL' });
    await until('the end of the next engine', () => !isThere(next.report.pid), 15_000);
  });

  it('is started again when it dies, and the user is told', async () => {
    const { program, report } = await startEngine(data);
    const told = untilLine(program, /\S/);
    process.kill(report.pid, 'SIGKILL');
    await told;
    let running: { state?: string; pid?: number } = {};
    for (let looks = 0; looks < 100 && !(running.state === 'ready' && running.pid !== report.pid); looks += 1) running = ((await json('status')) as { running: typeof running }).running;
    expect(running).toMatchObject({ state: 'ready' });
    program.kill('SIGTERM');
    expect(await program).toMatchObject({ exitCode: 0 });
    expect(isThere(running.pid ?? 0)).toBe(false);
  });

  it('that never becomes ready can be ended, with everything that belongs to it', async () => {
    const slow = at('slow comfy');
    await makeSmallComfy(slow);
    const main = join(slow, 'main.py');
    await writeFile(main, (await readFile(main, 'utf8')).replace('server = ThreadingHTTPServer', 'import time\ntime.sleep(600)\nserver = ThreadingHTTPServer'));
    const elsewhere = at('data of the slow one');
    expect(await adgen(['sidecar', 'adopt', slow, '--data', elsewhere])).toMatchObject({ exitCode: 0 });
    const program = startAdgen(['sidecar', 'start', '--json', '--data', elsewhere]);
    const status = async () => JSON.parse((await adgen(['sidecar', 'status', '--json', '--data', elsewhere])).stdout) as { running: { state: string; pid: number } };
    let { running } = await status();
    for (let looks = 0; looks < 100 && running.state !== 'starting'; looks += 1) ({ running } = await status());
    expect(running).toMatchObject({ state: 'starting' });
    program.kill('SIGINT');
    expect(await program).toMatchObject({ exitCode: 130, stdout: '', stderr: expect.stringMatching(/The engine was stopped before it was ready\.$/) });
    expect(isThere(running.pid)).toBe(false);
  });

  it('that cannot start says why, and leaves nothing behind', async () => {
    const broken = at('broken comfy');
    await makeSmallComfy(broken);
    const elsewhere = at('data of the broken one');
    expect(await adgen(['sidecar', 'adopt', broken, '--data', elsewhere])).toMatchObject({ exitCode: 0 });
    await rm(join(broken, 'object_info.json'));
    const { exitCode, stdout, stderr } = await adgen(['sidecar', 'start', '--data', elsewhere]);
    expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/^ {2}FileNotFoundError: .*object_info\.json/m);
    expect(stderr.split('\n').at(-1)).toMatch(/^Error: The engine ended by itself [^\n]*\.$/);
    expect(JSON.parse((await adgen(['sidecar', 'status', '--json', '--data', elsewhere])).stdout)).toMatchObject({ running: { state: 'none' } });
  });
});

describe('a folder that is no engine', () => {
  beforeAll(() => void (data = at('other data')));

  it.each(['missing', 'plain'])('is refused: %s', async (name) => {
    await mkdir(at('plain'), { recursive: true });
    expect(await sidecar('adopt', at(name))).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(/^Error: [^\n]+\.$/) });
    expect(await json('status')).not.toHaveProperty('current');
  });

  // Root may write everywhere, except where the system says no.
  it.runIf(process.platform === 'linux')('keeps what is read-only as it is', async () => {
    const env = { ADGEN_ENGINE_DIR: '/proc/adgen-engine' };
    expect(await adgen(['sidecar', 'adopt', comfy, '--data', data], { env })).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(/^Error: .*\/proc\/adgen-engine[^\n]*\.$/) });
    expect(await adgen(['sidecar', 'status', '--data', data], { env })).toMatchObject({ exitCode: 0 });
    expect(await adgen(['sidecar', 'logs', '--data', data], { env })).toMatchObject({ exitCode: 0 });
  });
});

describe('an address', () => {
  const servers: Server[] = [];
  const listen = async (server: Server): Promise<number> => {
    servers.push(server);
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  };
  beforeAll(() => void (data = at('data of addresses')));
  afterAll(async () => await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve)))));

  it.each<[string, () => Promise<string>, number, RegExp]>([
    ['nobody', async () => `http://127.0.0.1:${await freePort()}`, 1, /127\.0\.0\.1:\d+.* cannot be reached \(ECONNREFUSED\)/],
    ['another service', async () => `http://127.0.0.1:${await listen(createServer((_request, response) => void response.setHeader('content-type', 'application/json').end('{"status":"ok"}')))}`, 2, /is not ComfyUI/],
    ['a web page', async () => `http://127.0.0.1:${await listen(createServer((_request, response) => void response.setHeader('content-type', 'text/html').end('<h1>Welcome</h1>')))}`, 2, /is not ComfyUI/],
    ['a certificate that nobody trusts', async () => `https://127.0.0.1:${await listen(createHttpsServer(selfSigned(['127.0.0.1']), (_request, response) => void response.end('{}')))}`, 1, /certificate of https:.* is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)\. Give that server a valid certificate/],
  ])('where %s answers is refused in one sentence', async (_what, urlOf, exitCode, sentence) => {
    const url = await urlOf();
    const results = await Promise.all([sidecar('adopt', url), adgen(['workflows', 'check', '--comfy-url', url, '--data', data])]);
    for (const result of results) {
      expect(result).toMatchObject({ exitCode, stdout: '', stderr: expect.stringMatching(sentence) });
      expect(result.stderr).toMatch(/^Error: [^\n]+\.$/);
    }
    expect(existsSync(join(data, 'engine', 'current.json'))).toBe(false);
  });

  it('of a ComfyUI is used, and that server is never started or stopped', async () => {
    const fake = startFakeProcess(['--port', String(await freePort()), '--base-directory', at('fake')]);
    const url = await new Promise<string>((resolve) => fake.stderr.on('data', (chunk: Buffer) => { const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(String(chunk)) ?? []; if (found) resolve(found); }));
    expect(await json('adopt', `${url}/`)).toEqual({ current: { kind: 'external', url } });
    expect(await json('status')).toMatchObject({ current: { kind: 'external', url }, running: { state: 'external', url, server: { version: '0.33.0' } } });
    expect(await sidecar('start')).toMatchObject({ exitCode: 0, stdout: url, stderr: expect.stringMatching(/somebody else's/) });
    expect(await sidecar('stop')).toMatchObject({ exitCode: 0, stdout: '', stderr: `The server at ${url} is somebody else's; it is left alone.` });
    expect(isThere(fake.pid ?? 0)).toBe(true);
    fake.kill('SIGTERM');
    await fake;
    expect(await json('status')).toMatchObject({ running: { state: 'external', url, problem: expect.stringMatching(/cannot be reached/) } });
    expect(await sidecar('start')).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringMatching(/cannot be reached/) });
  });
});
