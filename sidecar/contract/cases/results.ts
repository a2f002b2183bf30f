/** Jobs that go well: files, progress, previews, uploads, and what the server remembers of them. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { PreviewFrame } from '#sidecar/protocol/binary-frames.ts';
import { folderOf } from '#sidecar/protocol/graph.ts';
import type { CollectedFile } from '../../client/collect.ts';
import type { ServedCase } from '../case.ts';
import { assertPicture } from '../check-files.ts';
import { hasNode, pictureGraph, smokeGraph, workGraph } from '../graphs.ts';
import type { ServedKit } from '../served-kit.ts';

const kinds = (files: readonly CollectedFile[]): string[] => files.map(({ nodeId, kind }) => `${nodeId} ${kind}`).toSorted();

async function makeProduct(): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await sharp({ create: { width: 300, height: 200, channels: 4, background: { r: 200, g: 60, b: 20, alpha: 0.5 } } }).png().toBuffer());
}

async function runSmoke({ client, job, target, note }: ServedKit, name: Parameters<typeof smokeGraph>[0], product?: string): Promise<string[]> {
  const smoke = await smokeGraph(name, target.nodes, note);
  const graph = product === undefined ? smoke : { ...smoke, product: { class_type: 'LoadImage', inputs: { image: product } } };
  const startedMs = performance.now();
  const files = await client().run(job(name, graph));
  note(`${Math.round(performance.now() - startedMs)} ms, ${files.reduce((sum, file) => sum + file.bytes, 0)} bytes in ${files.length} files`);
  return kinds(files);
}

export const resultCases: readonly ServedCase[] = [
  {
    name: 'the smoke graph of all outputs gives a picture, two clips and a sound, and all can be decoded',
    async run(kit) {
      assert.deepEqual(await runSmoke(kit, 'smoke-all-outputs'), ['clip video', 'music audio', 'still image', 'webm video']);
    },
  },
  {
    name: 'the smoke graph of a product takes an uploaded picture and gives scene and cut-out',
    async run(kit) {
      const name = await kit.client().upload(await makeProduct(), 'mein schönes Produkt (1).png', 'contract');
      assert.deepEqual(await runSmoke(kit, 'smoke-product-composite', name), ['cutout image', 'scene image']);
    },
  },
  {
    name: 'the slow smoke graph gives its clip',
    async run(kit) {
      assert.deepEqual(await runSmoke(kit, 'smoke-slow-interruptible'), ['clip video']);
    },
  },
  {
    name: 'progress only grows, in steps, and says 1 once, at the end',
    async run({ client, job, target }) {
      const values: number[] = [];
      await assertPicture(await client().run(job('a', workGraph(target.nodes, 0x405060, target.workSeconds), { onProgress: (value) => values.push(value) })), 0x405060);
      assert.deepEqual(values, values.toSorted((a, b) => a - b));
      assert.equal(values.filter((value) => value === 1).length, 1);
      assert.ok(new Set(values).size >= 4, `progress in ${new Set(values).size} steps`);
    },
  },
  {
    name: 'each preview belongs to the job that is shown, and is a picture',
    lacks: ({ nodes }) => (hasNode(nodes, 'AdgenProbeWork') ? undefined : 'without weights only our test nodes show previews, and it has none of them'),
    async run({ client, job, target }) {
      const one = client();
      const previews: Record<string, PreviewFrame[]> = { a: [], b: [] };
      const run = async (key: 'a' | 'b', color: number) => await one.run(job(key, workGraph(target.nodes, color, target.workSeconds / 2, 5), { onPreview: (preview) => previews[key]?.push(preview) }));
      await one.ready();
      await Promise.all([run('a', 0x0a0b0c), run('b', 0x0d0e0f)]);
      const owners = Object.values(previews).map((own) => [...new Set(own.map((preview) => preview.promptId))]);
      assert.ok(owners.every((ids) => ids.length === 1 && ids[0] !== undefined), 'previews of one job carry one id');
      assert.notEqual(owners[0]?.[0], owners[1]?.[0]);
      // The server may drop some of quickly following ones; the last always comes.
      for (const preview of Object.values(previews).flat()) await sharp(preview.image).raw().toBuffer();
    },
  },
  {
    name: 'the same graph twice gives its files twice',
    async run({ client, job, journal }) {
      const one = client();
      const graph = pictureGraph(0x778899);
      const [first, second] = [await one.run(job('a', graph)), await one.run(job('b', graph))];
      await assertPicture(first, 0x778899);
      await assertPicture(second, 0x778899);
      assert.notEqual(first[0]?.path, second[0]?.path);
      assert.deepEqual(await readFile(first[0]?.path ?? ''), await readFile(second[0]?.path ?? ''));
      assert.notEqual(journal.entries.get('a')?.promptIds[0], journal.entries.get('b')?.promptIds[0]);
    },
  },
  {
    name: 'a job can be looked up while it waits, while it runs, and when it is done; one that never was cannot',
    async run({ client, job, journal, calls, target }) {
      const one = client();
      const seen: (string | undefined)[] = [];
      const idOf = (key: string): string => journal.entries.get(key)?.promptIds[0] ?? '';
      await one.ready();
      let looks: Promise<unknown> = Promise.resolve();
      const first = one.run(job('a', workGraph(target.nodes, 5, target.workSeconds), { onRunning: () => { looks = look(); } }));
      const look = async (): Promise<void> => {
        while (!journal.entries.has('b')) await new Promise((resolve) => setTimeout(resolve, 10));
        for (let found = await calls.look(idOf('b')); ; found = await calls.look(idOf('b'))) {
          if (found !== undefined) return void seen.push((await calls.look(idOf('a')))?.state, found.state);
        }
      };
      const second = one.run(job('b', pictureGraph(6)));
      await Promise.all([first, second]);
      await looks;
      assert.deepEqual(seen, ['running', 'pending']);
      const done = await calls.look(idOf('a'));
      assert.equal(done?.state, 'completed');
      assert.deepEqual(done.outputs.map(({ nodeId, subfolder, kind }) => ({ nodeId, subfolder, kind })), [{ nodeId: 'still', subfolder: folderOf(idOf('a')), kind: 'image' }]);
      assert.equal(await calls.look(crypto.randomUUID()), undefined);
    },
  },
];
