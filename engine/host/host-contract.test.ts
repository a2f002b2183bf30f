/** Settings, keys, storage, diagnostics, desktop and sidecar: the same over every transport. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportFolder } from '#engine/exports/export-folder.ts';
import { createRun } from '#engine/jobs/run-store.ts';
import type { EngineClient } from './message-port.ts';
import { createPlainHostTools } from './plain-host-tools.ts';
import { createSessionKeys } from './session-keys.ts';
import type { HostTools } from './host-tools.ts';
import { openTestEngine } from './testing/test-engine.ts';
import type { TestEngine } from './testing/test-engine.ts';
import { transports } from './testing/transports.ts';

const plain = createPlainHostTools({});
const SECRETS = ['sk-planted-aaaaaaaaaaaaaaaa', 'r8_plantedbbbbbbbbbbbbbbbb', 'a-key-of-no-known-shape-1234'];

describe.each(transports)('over $name', ({ connect }) => {
  let studio: TestEngine;
  let client: EngineClient;
  let disconnect: () => void;
  const offline: boolean[] = [];
  const revealed: string[] = [];

  beforeAll(async () => {
    const tools: HostTools = {
      ...plain,
      keys: createSessionKeys({ HF_TOKEN: 'hf_from_the_environment' }),
      setOffline: async (isOffline) => void offline.push(isOffline),
      desktop: { ...plain.desktop, reveal: async ({ path }) => (revealed.push(path), { done: true }) },
      sidecar: { ...plain.sidecar, log: async () => ({ lines: ['loading', `token=${SECRETS[2]}`, `Authorization: Bearer ${SECRETS[0]}`, '/home/somebody/ComfyUI'], path: null }) },
    };
    studio = await openTestEngine(tools);
    ({ client, disconnect } = connect(studio));
  });
  afterAll(async () => {
    disconnect();
    await studio.close();
  });

  test('a change of the settings leaves the others, and a bad one all', async () => {
    expect(await client.settings.set({ appearance: 'dark', keepRunsDays: 3 })).toMatchObject({ appearance: 'dark', keepRunsDays: 3, notifies: true });
    await expect(client.settings.set({ appearance: 'light', ffmpegPath: 'ffmpeg' })).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('is not a whole path') });
    await expect(client.settings.set({ keepRunsDays: 0 })).rejects.toMatchObject({ code: 'BAD_INPUT' });
    expect(await client.settings.get()).toMatchObject({ appearance: 'dark', keepRunsDays: 3 });
  });

  test('the offline switch reaches the host at once', async () => {
    await client.settings.set({ isOffline: true });
    expect(offline.at(-1)).toBe(true);
    await client.settings.set({ isOffline: false });
    expect(offline.at(-1)).toBe(false);
  });

  test('keys are set, used by providers at once, never read back, and forgotten', async () => {
    expect(await client.settings.keys()).toEqual({ keeper: 'session', keys: [{ name: 'openai', isSet: false, origin: 'none' }, { name: 'replicate', isSet: false, origin: 'none' }, { name: 'huggingface', isSet: true, origin: 'environment' }] });
    const planners = (): string[] => studio.engine.services.providers.plan.map(({ id }) => id);
    expect(planners()).toEqual(['embedded']);
    expect(await client.settings.setKey({ name: 'openai', value: ` ${SECRETS[0]}\n` })).toEqual({ isSet: true });
    expect(planners()).toEqual(['openai', 'embedded']);
    await client.settings.set({ isOffline: true });
    expect(planners()).toEqual(['embedded']);
    await client.settings.set({ isOffline: false });
    await client.settings.setKey({ name: 'replicate', value: SECRETS[1] ?? '' });
    expect(studio.engine.services.providers.backdrop.map(({ id }) => id)).toEqual(['replicate', 'embedded']);
    await client.settings.setKey({ name: 'replicate', value: '' });
    expect(studio.engine.services.providers.music.map(({ id }) => id)).toEqual(['synth']);
    expect(JSON.stringify(await client.settings.keys())).not.toContain('planted');
    expect(await client.settings.setKey({ name: 'openai', value: '' })).toEqual({ isSet: false });
    expect(planners()).toEqual(['embedded']);
    for (const value of ['short', 'with a space', 'sk-„quoted“-xxxxxx']) await expect(client.settings.setKey({ name: 'openai', value })).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('cannot be a key') });
    await expect(client.settings.setKey({ name: 'huggingface', value: '' })).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('HF_TOKEN') });
  });

  test('diagnostics hold versions and findings, and none of what was planted', async () => {
    await client.settings.setKey({ name: 'openai', value: SECRETS[0] ?? '' });
    await client.settings.setKey({ name: 'replicate', value: SECRETS[2] ?? '' });
    createRun(studio.engine.db, { request: { kind: 'make', brief: { productName: 'Sekretino' }, note: SECRETS[1] } });
    studio.engine.db.prepare<[string]>("UPDATE runs SET state = 'failed', ended_ms = created_ms + 5, error = ?").run(JSON.stringify({ code: 'BAD_INPUT', message: `"Sekretino.jpg" is no picture (${SECRETS[1]}). Choose another.`, isTransient: false, data: {} }));
    const { name, text } = await client.settings.diagnostics();
    expect(name).toMatch(/^adgen-diagnostics-\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d\.txt$/);
    for (const part of ['== Machine', 'Node', '== Settings', 'isOffline = false', '== Runs', 'BAD_INPUT', 'is no picture', '== ComfyUI log', 'loading', 'replicate: session']) expect(text).toContain(part);
    for (const secret of [...SECRETS, 'Sekretino', 'somebody']) expect(text).not.toContain(secret);
    await client.settings.setKey({ name: 'openai', value: '' });
    await client.settings.setKey({ name: 'replicate', value: '' });
  }, 60_000);

  test('the disk is counted, and cleaning up says first what it would do', async () => {
    const { dataDir } = studio.engine.services;
    const { hash } = await studio.engine.services.store.putBytes(Buffer.from('nobody needs this'), 'x.bin', 'application/octet-stream');
    expect(await client.settings.storage()).toMatchObject({ artifactsBytes: expect.any(Number), databaseBytes: expect.any(Number), dataDir, freeBytes: expect.any(Number) });
    expect(await client.settings.clean({ isDryRun: true })).toEqual({ files: 0, bytes: 0 }); // what is younger than an hour is kept
    expect(await studio.engine.services.store.has(hash)).toBe(true);
  });

  test('a planning server is tested without costing anything', async () => {
    expect(await client.settings.testPlan({ planUrl: '', planModel: '' })).toMatchObject({ works: false, message: expect.stringContaining('Enter an OpenAI key') });
    expect(await client.settings.testPlan({ planUrl: 'http://127.0.0.1:47', planModel: 'x' })).toMatchObject({ works: false, message: expect.stringContaining('127.0.0.1:47 cannot be reached') });
    await expect(client.settings.testPlan({ planUrl: 'http://example.com' })).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  test('only what exports wrote, and the studio\'s own folder, is shown in the file manager', async () => {
    const { db, services } = studio.engine;
    const file = join(services.dataDir, 'out', 'film.mp4');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '');
    for (const path of ['/etc/passwd', `${services.dataDir}/out/../studio.db`, join(services.dataDir, 'studio.db')]) await expect(client.desktop.reveal({ path })).rejects.toMatchObject({ code: 'BAD_INPUT' });
    db.prepare<[]>("INSERT OR IGNORE INTO projects (id, name, document, created_ms, updated_ms) VALUES ('p', 'P', '{}', 1, 1)").run();
    db.prepare<[string]>("INSERT OR REPLACE INTO export_orders (id, project_id, order_data, out_dir, state, path, created_ms) VALUES ('e', 'p', '{}', '/', 'succeeded', ?, 1)").run(file);
    expect(await client.desktop.reveal({ path: file })).toEqual({ done: true });
    expect(await client.desktop.reveal({ path: services.dataDir })).toEqual({ done: true });
    const films = exportFolder(undefined, studio.engine); // where the first export will go
    expect(await client.desktop.reveal({ path: films })).toEqual({ done: true });
    expect(revealed).toEqual([file, services.dataDir, films]);
  });

  test('a sidecar that no host has is absent, and says so', async () => {
    expect(await client.sidecar.status()).toMatchObject({ state: 'absent', origin: 'none' });
    await expect(client.sidecar.install()).rejects.toMatchObject({ code: 'CONFLICT' });
    const news = [];
    for await (const each of await client.sidecar.watch()) news.push(each);
    expect(news).toMatchObject([{ status: { state: 'absent' }, tasks: [] }]);
  });
});
