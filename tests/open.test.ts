import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openStudioDb } from '#engine/db/open.ts';
import { createRun } from '#engine/jobs/run-store.ts';
import { childrenOf, isThere } from '#scripts/child-processes.ts';
import { adgen, scratchFolder, startAdgen } from './adgen.ts';

let folder: Awaited<ReturnType<typeof scratchFolder>>;

beforeEach(async () => void (folder = await scratchFolder('open')));
afterEach(() => folder.remove());

/** Starts `adgen open` and waits for its address, the only thing that it prints on stdout. */
async function open(): Promise<{ program: ReturnType<typeof startAdgen>; origin: string; ask: (path: string) => Promise<Response> }> {
  const program = startAdgen(['open', '--no-browser', '--port', '0', '--data', join(folder.path, 'data')]);
  const line = await new Promise<string>((resolve, reject) => {
    program.stdout.once('data', (chunk: Buffer) => resolve(String(chunk)));
    void program.then(({ stderr }) => reject(new Error(`it ended early:\n${stderr}`)));
  });
  const [, origin = '', token = ''] = /^(http:\/\/127\.0\.0\.1:\d+)\/#(\S+)\n$/.exec(line) ?? [];
  return { program, origin, ask: (path) => fetch(`${origin}${path}`, { headers: { authorization: `Bearer ${token}` } }) };
}

function engineOf(program: ReturnType<typeof startAdgen>): number {
  const [engine] = childrenOf(program.pid ?? 0);
  if (!engine) throw new Error('there is no engine process');
  return engine.pid;
}

// Windows has no signals to end a program politely with.
describe.runIf(process.platform !== 'win32')('adgen open', () => {
  test('serves the page and what the machine has made, survives its engine, and ends cleanly', async () => {
    const db = openStudioDb(join(folder.path, 'data'));
    const run = createRun(db, { request: {} });
    await db.close();
    const { program, origin, ask } = await open();
    expect(await (await fetch(`${origin}/`)).text()).toContain('<title>AdGen Studio</title>');
    expect(await (await ask('/api/runs')).json()).toEqual([expect.objectContaining({ id: run.id, state: 'queued' })]);
    expect(await (await ask('/api/projects')).json()).toEqual({ items: [], total: 0 });

    const engine = engineOf(program);
    process.kill(engine, 'SIGKILL');
    await vi.waitFor(async () => expect((await ask('/api/about')).status).toBe(200), { timeout: 30_000, interval: 100 });
    const next = engineOf(program);
    expect(next).not.toBe(engine);

    program.kill('SIGINT');
    const { exitCode, stdout, stderr } = await program;
    expect(exitCode).toBe(0);
    expect(stdout.split('\n')).toHaveLength(1);
    expect(stderr).toContain('started again');
    expect([engine, next].filter(isThere)).toEqual([]);
    await expect(fetch(origin)).rejects.toThrow('fetch failed');
  });

  test('a host that is killed takes its engine along', async () => {
    const { program } = await open();
    const engine = engineOf(program);
    program.kill('SIGKILL');
    await program;
    await vi.waitFor(() => expect(isThere(engine)).toBe(false), { timeout: 15_000, interval: 100 });
  });
});

test('refuses a port that cannot be one', async () => {
  for (const port of ['-1', '65536', 'http', '80.5', '']) {
    const { exitCode, stdout, stderr } = await adgen(['open', '--no-browser', `--port=${port}`, '--data', folder.path]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('--port takes a number from 0 to 65535');
  }
});
