/** What comes between: cancelling, cut connections, lost answers, and clients that come after one another. */
import assert from 'node:assert/strict';
import type { ServedCase } from '../case.ts';
import { assertPicture } from '../check-files.ts';
import { pictureGraph, workGraph } from '../graphs.ts';
import { moment, reasonFor, until } from '../served-kit.ts';

export const interruptionCases: readonly ServedCase[] = [
  {
    name: 'cancelling takes out the job that is meant, running or waiting, and no other',
    async run({ client, job, journal, calls, target, note }) {
      const one = client();
      await one.ready();
      const [first, third] = [new AbortController(), new AbortController()];
      const running = moment();
      const runs = [
        reasonFor(one.run(job('a', workGraph(target.nodes, 1, target.workSeconds * 4, 40), { signal: first.signal, onProgress: running.reach }))),
        one.run(job('b', pictureGraph(0x00bb00))),
        reasonFor(one.run(job('c', workGraph(target.nodes, 2, target.workSeconds), { signal: third.signal }))),
      ] as const;
      await running.reached;
      const idOf = (key: string): string => journal.entries.get(key)?.promptIds[0] ?? '';
      await until(async () => (await calls.look(idOf('b')))?.state === 'pending', 'the second job waits on the server');
      const [aId, canceledMs] = [idOf('a'), performance.now()];
      third.abort();
      first.abort();
      assert.equal(await runs[0], 'AbortError');
      note(`gone after ${Math.round(performance.now() - canceledMs)} ms`);
      assert.equal(await runs[2], 'AbortError');
      await assertPicture(await runs[1], 0x00bb00);
      assert.equal((await calls.look(aId))?.state, 'canceled');
    },
  },
  {
    name: 'a job that waits on the server is taken out of its queue',
    async run({ client, job, journal, calls, target }) {
      const one = client();
      await one.ready();
      const ending = new AbortController();
      const running = moment();
      const first = one.run(job('a', workGraph(target.nodes, 0x111111, target.workSeconds), { onRunning: running.reach }));
      const second = reasonFor(one.run(job('b', workGraph(target.nodes, 2, target.workSeconds), { signal: ending.signal })));
      await running.reached;
      await until(async () => (await calls.look(journal.entries.get('b')?.promptIds[0] ?? ''))?.state === 'pending', 'the second job waits on the server');
      const id = journal.entries.get('b')?.promptIds[0] ?? '';
      ending.abort();
      assert.equal(await second, 'AbortError');
      assert.equal(await calls.look(id), undefined);
      await assertPicture(await first, 0x111111);
    },
  },
  {
    name: 'a WebSocket that is cut in the middle of a job costs nothing but events',
    async run({ client, job, proxy, target, countPosts, note }) {
      const wire = await proxy();
      const posts = await countPosts(async () => {
        const one = client({ url: wire.url });
        await one.ready();
        let cuts = 0;
        const files = await one.run(job('a', workGraph(target.nodes, 0x998877, target.workSeconds), { onProgress: () => { if (cuts++ === 1) wire.cutSockets(); } }));
        await assertPicture(files, 0x998877);
        assert.ok(cuts > 1, 'it was cut');
      });
      assert.equal(posts, 1);
      assert.ok(wire.sockets() > 1, 'it was opened again');
      note(`${wire.sockets()} connections`);
    },
  },
  {
    name: 'an answer that is lost does not make the server work twice',
    async run({ client, job, proxy, countPosts }) {
      const wire = await proxy();
      const posts = await countPosts(async () => {
        const one = client({ url: wire.url });
        await one.ready();
        wire.loseReplies(2);
        const files = await Promise.all(['a', 'b', 'c'].map(async (key, i) => [await one.run(job(key, pictureGraph(0x102030 * (i + 1)))), 0x102030 * (i + 1)] as const));
        for (const [own, color] of files) await assertPicture(own, color);
      });
      assert.equal(wire.lost(), 2);
      assert.equal(posts, 3);
    },
  },
  {
    name: 'the same key is one job: twice at once is refused, later it is answered from here',
    async run({ client, job, countPosts }) {
      const posts = await countPosts(async () => {
        const one = client();
        const first = one.run(job('a', pictureGraph(0x121212)));
        assert.equal(await reasonFor(one.run(job('a', pictureGraph(0x121212)))), 'CONFLICT');
        const files = await first;
        assert.deepEqual(await client().run(job('a', pictureGraph(0x121212))), files);
      });
      assert.equal(posts, 1);
    },
  },
  {
    name: 'a client that comes after another takes up its job instead of sending it again',
    async run({ client, job, target, countPosts }) {
      const posts = await countPosts(async () => {
        const graph = workGraph(target.nodes, 0x445566, target.workSeconds);
        const first = client();
        await first.ready();
        const running = moment();
        const left = reasonFor(first.run(job('a', graph, { onRunning: running.reach })));
        await running.reached;
        await first.close();
        assert.equal(await left, 'AbortError');
        await assertPicture(await client().run(job('a', graph)), 0x445566);
      });
      assert.equal(posts, 1);
    },
  },
];
