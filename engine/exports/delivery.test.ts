import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleProject } from '#core/composition/testing/sample-film.ts';
import { openTestDb } from '#engine/db/test-db.ts';
import { getProject } from '#engine/projects/project-store.ts';
import { openArtifactStore } from '#engine/storage/artifact-store.ts';
import { formatDocument, renditionFileName, sourceAssets } from './delivery-files.ts';
import { writeDeliveryZip } from './delivery-zip.ts';
import { importDelivery } from './import-delivery.ts';
import { openZip } from './open-zip.ts';
import { makeProvenance } from './provenance.ts';

let folder: string;
const bytes = new TextEncoder().encode('a photo');
const hash = createHash('sha256').update(bytes).digest('hex');
const project = JSON.parse(JSON.stringify(sampleProject()).replaceAll('a'.repeat(64), hash)) as ReturnType<typeof sampleProject>;

beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'adgen-delivery-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a delivery', () => {
  it('is the same bytes every time and comes back as the same project', async () => {
    const entries = [{ name: 'adproject.json', bytes: new TextEncoder().encode(formatDocument(project)) }, { name: `assets/${hash}.jpg`, bytes }];
    const [first, second] = [join(folder, 'a.zip'), join(folder, 'b.zip')];
    await writeDeliveryZip(entries, first);
    await writeDeliveryZip(entries, second);
    expect(await readFile(first)).toEqual(await readFile(second));
    const db = openTestDb();
    const store = openArtifactStore(join(folder, 'data'));
    const imported = await importDelivery(first, { db, services: { store } });
    expect(imported.assets).toBe(1);
    expect(await readFile(store.pathOf(hash))).toEqual(Buffer.from(bytes));
    expect(getProject(db, project.id)).toEqual(imported.project);
    await db.close();
  });

  it.each([
    ['no ZIP at all', Buffer.from('hello'), /cannot be read as a ZIP file/],
    ['an empty file', Buffer.alloc(0), /cannot be read as a ZIP file/],
  ])('refuses %s', async (_name, content, message) => {
    const path = join(folder, 'bad.zip');
    await writeFile(path, content);
    await expect(openZip(path)).rejects.toThrow(message);
  });

  it('refuses a ZIP without a document, with a damaged one, and one whose asset is not what its name says', async () => {
    const db = openTestDb();
    const store = openArtifactStore(join(folder, 'other'));
    const write = async (entries: Parameters<typeof writeDeliveryZip>[0]): Promise<string> => {
      await writeDeliveryZip(entries, join(folder, 'c.zip'));
      return join(folder, 'c.zip');
    };
    const document = { name: 'adproject.json', bytes: new TextEncoder().encode(formatDocument(project)) };
    await expect(importDelivery(await write([{ name: 'readme.txt', bytes }]), { db, services: { store } })).rejects.toThrow('not an AdGen delivery');
    await expect(importDelivery(await write([{ name: 'adproject.json', bytes }]), { db, services: { store } })).rejects.toThrow('is damaged');
    await expect(importDelivery(await write([document, { name: `assets/${hash}.jpg`, bytes: new TextEncoder().encode('other') }]), { db, services: { store } })).rejects.toThrow(/needs .*photo\.jpg|needs .*cutout\.png/);
    await db.close();
  });

  it('bounds what an entry may unpack to', async () => {
    const path = join(folder, 'bomb.zip');
    await writeDeliveryZip([{ name: 'big.json', bytes: new Uint8Array(5_000_000) }], path);
    const zip = await openZip(path);
    await expect(zip.readBytes(zip.entries[0]!, 1_000_000)).rejects.toThrow('no delivery has');
    await zip.close();
  });

  it('names files by kind and ratio, and further ones of a kind by their id', () => {
    const all = [{ rendition: { id: 'a', kind: 'video' as const, ratio: '9:16' as const } }, { rendition: { id: 'b', kind: 'video' as const, ratio: '9:16' as const } }, { rendition: { id: 'c', kind: 'still' as const, ratio: '1:1' as const } }];
    expect(all.map((finished) => renditionFileName(finished, all))).toEqual(['final_9x16.mp4', 'final_9x16_b.mp4', 'still_1x1.jpg']);
    expect(sourceAssets(project).map(({ asset }) => asset.hash)).toEqual([hash]);
  });

  it('tells photographs, drawings and generated pictures apart', () => {
    const made = (provider: string) => makeProvenance(project, [{ kind: 'backdrop', name: 'scene_1 backdrop', provider }]);
    expect(made('embedded')).toMatchObject({ result: expect.stringMatching(/\/composite$/) });
    expect(made('comfyui')).toMatchObject({ result: expect.stringMatching(/compositeWithTrainedAlgorithmicMedia$/) });
    expect(made('embedded').entries[0]?.digitalSourceType).toMatch(/digitalCapture$/);
    // The built-in synthesiser plays by rules; nothing in it was trained.
    const music = makeProvenance(project, [{ kind: 'music', name: 'music', provider: 'synth' }]);
    expect(music.result).toMatch(/\/composite$/);
    expect(music.entries.at(-1)?.digitalSourceType).toMatch(/\/algorithmicMedia$/);
  });
});
