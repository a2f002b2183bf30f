import { readFile } from 'node:fs/promises';
import { isDefinedError } from '@orpc/client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { applyDiff, diffProject } from '#core/project/diff.ts';
import type { AdProject } from '#core/project/schema.ts';
import { exampleProject } from '#core/project/testing/example-project.ts';
import { importProject } from '#engine/projects/project-store.ts';
import type { EngineClient } from './message-port.ts';
import { openTestEngine } from './testing/test-engine.ts';
import type { TestEngine } from './testing/test-engine.ts';
import { transports } from './testing/transports.ts';

let host: TestEngine;
beforeAll(async () => void (host = await openTestEngine()));
afterAll(async () => await host.close());

/** What a call is refused with. */
async function refusal(call: Promise<unknown>): Promise<{ code: string; isDefined: boolean; message: string }> {
  const error = await call.then(() => undefined, (reason: unknown) => reason as Error & { code: string });
  if (!error) throw new Error('the call was not refused');
  return { code: error.code, isDefined: isDefinedError(error), message: error.message };
}

type WireDiff = Parameters<EngineClient['projects']['edit']>[0]['diff'];
const wireDiff = (before: AdProject, after: AdProject): WireDiff => structuredClone(diffProject(before, after)) as WireDiff;

describe.each(transports)('projects and brands over $name', ({ connect }) => {
  let client: EngineClient;
  let disconnect: () => void;
  beforeEach(() => {
    ({ client, disconnect } = connect(host));
    host.engine.db.transaction(() => ['projects', 'brand_kits'].forEach((table) => host.engine.db.prepare(`DELETE FROM ${table}`).run()));
    importProject(host.engine.db, exampleProject());
  });
  afterEach(() => disconnect());

  test('a document is edited, undone, made again and is what it was, byte for byte', async () => {
    const opened = await client.projects.open({ projectId: 'advert' });
    expect(opened).toMatchObject({ revision: 0, history: [], notice: null, card: { id: 'advert', name: 'Fizzo', runState: null } });
    const edited: AdProject = { ...opened.document, name: 'Lemon', markers: [{ id: 'm', frame: 3, label: 'Beat' }] };
    const diff = wireDiff(opened.document, edited);
    const { revision, editId } = await client.projects.edit({ projectId: 'advert', revision: 0, label: 'rename', mergeKey: 'k', diff });
    expect(await client.projects.open({ projectId: 'advert' })).toMatchObject({ revision: 1, history: [{ id: editId, label: 'rename', isUndone: false, diff }], document: edited, card: { name: 'Lemon' } });
    const undone = await client.projects.undo({ projectId: 'advert', revision });
    expect(undone).toMatchObject({ revision: 2, edit: { id: editId, isUndone: true } });
    expect(JSON.stringify((await client.projects.open({ projectId: 'advert' })).document)).toBe(JSON.stringify(opened.document));
    const redone = await client.projects.redo({ projectId: 'advert', revision: 2 });
    expect(applyDiff(opened.document, redone.edit.diff)).toEqual((await client.projects.open({ projectId: 'advert' })).document);
  });

  test('what does not fit is refused with the code that says so', async () => {
    const { document } = await client.projects.open({ projectId: 'advert' });
    const diff = wireDiff(document, { ...document, durationFrames: 31 });
    expect(await refusal(client.projects.edit({ projectId: 'advert', revision: 0, label: 'x', diff }))).toMatchObject({ code: 'BAD_INPUT', isDefined: true, message: expect.stringContaining('durationFrames') });
    expect(await refusal(client.projects.edit({ projectId: 'advert', revision: 7, label: 'x', diff }))).toMatchObject({ code: 'CONFLICT', isDefined: true });
    expect(await refusal(client.projects.undo({ projectId: 'advert', revision: 0 }))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal(client.projects.rename({ projectId: 'advert', name: '  ' }))).toMatchObject({ code: 'BAD_INPUT' });
    expect(await refusal(client.projects.archive({ projectIds: [], isArchived: true }))).toMatchObject({ code: 'BAD_INPUT' });
    expect(await refusal(client.projects.duplicate({ projectId: 'nothing' }))).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('projects are listed, found, tagged, copied, varied, put away and brought back', async () => {
    const { projectId } = await client.projects.duplicate({ projectId: 'advert', name: 'Zitrone' });
    expect(await client.projects.setTags({ projectId, tags: ['sale'] })).toEqual({ changed: 1 });
    expect(await client.projects.tags()).toEqual([{ tag: 'sale', count: 1 }]);
    expect(await client.projects.list({ query: 'zitr', limit: 5, sort: 'name' })).toMatchObject({ total: 1, items: [{ id: projectId, tags: ['sale'] }] });
    expect(await client.projects.rename({ projectId, name: 'Limette' })).toEqual({ changed: 1 });
    const { projectIds } = await client.projects.vary({ projectId: 'advert', axis: 'look', count: 2 });
    expect((await client.projects.list({})).items.filter(({ variantOf }) => variantOf === 'advert').map(({ id }) => id).sort()).toEqual([...projectIds].sort());
    expect(await client.projects.archive({ projectIds: [projectId], isArchived: true })).toEqual({ changed: 1 });
    expect((await client.projects.list({ show: 'archived' })).items).toMatchObject([{ name: 'Limette', isArchived: true }]);
    expect(await client.projects.remove({ projectIds })).toEqual({ changed: 2 });
    expect((await client.projects.list({ show: 'deleted' })).total).toBe(2);
    expect(await client.projects.restore({ projectIds })).toEqual({ changed: 2 });
  });

  test('brand kits are kept, changed and removed; a logo gives its colours', async () => {
    const logo = await host.engine.services.store.putBytes(await readFile(new URL('../../renderer/public/icon.svg', import.meta.url)), 'logo.svg', 'image/svg+xml');
    const { colors } = await client.brands.colorsOf({ logo });
    expect(colors[0]).toMatch(/^#[0-9a-f]{6}$/);
    const kit = { name: ' Fizzo ', colors: { primary: '#102030' }, fonts: {}, guidelines: '', logo };
    const kept = await client.brands.save({ kit });
    expect(kept.kit).toEqual({ ...kit, name: 'Fizzo' });
    expect(await client.brands.save({ id: kept.id, kit: { ...kit, name: 'Acme' } })).toMatchObject({ id: kept.id, createdMs: kept.createdMs });
    expect((await client.brands.list()).map((brand) => brand.kit.name)).toEqual(['Acme']);
    expect(await refusal(client.brands.save({ kit: { ...kit, name: ' ' } }))).toMatchObject({ code: 'BAD_INPUT' });
    expect(await refusal(client.brands.save({ id: 'b_gone', kit }))).toMatchObject({ code: 'NOT_FOUND' });
    const nothing = { ...logo, hash: '0'.repeat(64) };
    expect(await refusal(client.brands.save({ kit: { ...kit, logo: nothing } }))).toMatchObject({ code: 'BAD_INPUT' });
    expect(await refusal(client.brands.colorsOf({ logo: nothing }))).toMatchObject({ code: 'NOT_FOUND' });
    const letter = await host.engine.services.store.putBytes(Buffer.from('Dear customer'), 'letter.png', 'image/png');
    expect(await refusal(client.brands.colorsOf({ logo: letter }))).toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('letter.png') });
    expect([await client.brands.remove({ id: kept.id }), await client.brands.remove({ id: kept.id })]).toEqual([{ changed: 1 }, { changed: 0 }]);
    expect((await client.brands.fonts())[0]).toEqual({ family: 'Inter', isBundled: true });
  });
});
