/** Who answers, and what it has. */
import assert from 'node:assert/strict';
import { objectInfoSchema } from '#sidecar/protocol/object-info.ts';
import { parseVersion } from '#sidecar/protocol/version.ts';
import type { ServedCase } from '../case.ts';
import { pictureGraph } from '../graphs.ts';
import { reasonFor } from '../served-kit.ts';

export const identityCases: readonly ServedCase[] = [
  {
    name: 'it says its version and its devices',
    async run({ client, target }) {
      const identity = await client().ready();
      assert.equal(identity.version, target.version);
      assert.ok(parseVersion(identity.version), `${identity.version} is a version`);
      assert.ok(identity.devices.length > 0 && identity.devices.every((device) => device.type !== 'unknown'), 'it names a device');
      assert.equal(identity.features['supports_preview_metadata'], true);
    },
  },
  {
    name: 'a server with another nonce is not used, and nothing is sent to it',
    lacks: ({ nonce }) => (nonce === undefined ? 'it shows no nonce' : undefined),
    async run({ client, job, countPosts }) {
      const posts = await countPosts(async () => {
        const stranger = client({ nonce: 'of-another-one' });
        assert.equal(await reasonFor(stranger.ready()), 'ENGINE_FOREIGN');
        assert.equal(await reasonFor(stranger.run(job('a', pictureGraph(1)))), 'ENGINE_FOREIGN');
      });
      assert.equal(posts, 0);
    },
  },
  {
    name: 'it lists its nodes',
    async run({ client, note }) {
      const nodes = await client().objectInfo();
      assert.ok(objectInfoSchema.safeParse(nodes).success);
      for (const name of ['EmptyImage', 'SaveImage', 'LoadImage', 'KSampler']) assert.ok(Object.hasOwn(nodes, name), `it has ${name}`);
      note(`${Object.keys(nodes).length} nodes, ${Math.round(JSON.stringify(nodes).length / 1024)} kB`);
    },
  },
  {
    name: 'it gives its memory back and goes on',
    async run({ client, job }) {
      const one = client();
      await one.free();
      await one.run(job('a', pictureGraph(2)));
    },
  },
];
