/** Jobs that cannot go well: each ends with the name of what is wrong, and the next one is none the worse for it. */
import assert from 'node:assert/strict';
import type { Graph } from '#sidecar/protocol/graph.ts';
import { queueSchema } from '#sidecar/protocol/jobs.ts';
import type { EngineHttp } from '../../client/http.ts';
import type { ServedCase } from '../case.ts';
import { assertPicture } from '../check-files.ts';
import { failGraph, hasNode, pictureGraph } from '../graphs.ts';
import { reasonFor, until } from '../served-kit.ts';

const save = (from: string, index = 0) => ({ class_type: 'SaveImage', inputs: { images: [from, index], filename_prefix: 'x' } });
const decoded = (vae: string): Graph => ({
  vae: { class_type: 'VAELoader', inputs: { vae_name: vae } },
  latent: { class_type: 'EmptyLatentImage', inputs: { width: 64, height: 64, batch_size: 1 } },
  image: { class_type: 'VAEDecode', inputs: { vae: ['vae', 0], samples: ['latent', 0] } },
  still: save('image'),
});
const scaled = (inputs: Record<string, unknown>): Graph => ({
  base: { class_type: 'EmptyImage', inputs: { width: 64, height: 48, batch_size: 1, color: 1 } },
  fit: { class_type: 'ImageScale', inputs: { image: ['base', 0], upscale_method: 'lanczos', width: 64, height: 48, crop: 'center', ...inputs } },
  still: save('fit'),
});

const REFUSED: readonly (readonly [what: string, graph: Graph, reason: string])[] = [
  ['a node that is not there', { ...pictureGraph(1), x: { class_type: 'NodeThatNobodyHas', inputs: {} } }, 'NODE_MISSING'],
  ['a model that is not there', decoded('nobody-has-this.safetensors'), 'MODEL_MISSING'],
  ['a number below its range', scaled({ width: -5 }), 'JOB_INVALID'],
  ['a word that is none of the choices', scaled({ upscale_method: 'by hand' }), 'JOB_INVALID'],
  ['text where a number should be', scaled({ width: 'wide' }), 'JOB_INVALID'],
  ['a link of the wrong kind', { ...scaled({ image: ['latent', 0] }), latent: { class_type: 'EmptyLatentImage', inputs: { width: 64, height: 64, batch_size: 1 } } }, 'JOB_INVALID'],
  ['nothing to save', { base: { class_type: 'EmptyImage', inputs: { width: 64, height: 48, batch_size: 1, color: 1 } } }, 'JOB_INVALID'],
  ['an uploaded file that is not there', { load: { class_type: 'LoadImage', inputs: { image: 'nobody-uploaded-this.png' } }, still: save('load') }, 'JOB_INVALID'],
  ['one good output and one bad one', { ...pictureGraph(1), ...decoded('nobody-has-this.safetensors'), bad: save('image') }, 'MODEL_MISSING'],
];

async function isIdle(http: EngineHttp): Promise<boolean> {
  const { queue_running: running, queue_pending: pending } = queueSchema.parse((await http.request('GET', 'api/queue', { timeoutMs: 5000 })).body);
  return running.length + pending.length === 0;
}

export const failureCases: readonly ServedCase[] = [
  ...REFUSED.map(([what, graph, reason]): ServedCase => ({
    name: `${what} is refused as ${reason}, and nothing of it is left`,
    async run({ client, job, http }) {
      const one = client();
      assert.equal(await reasonFor(one.run(job('a', graph))), reason);
      await until(async () => await isIdle(http), 'nothing is queued');
      await assertPicture(await one.run(job('b', pictureGraph(0x123456))), 0x123456);
    },
  })),
  {
    name: 'a damaged picture fails in the node that opens it',
    async run({ client, job }) {
      const one = client();
      const name = await one.upload(new TextEncoder().encode('this is no picture'), 'damaged.png', 'contract-damaged');
      const error = await one.run(job('a', { load: { class_type: 'LoadImage', inputs: { image: name } }, still: save('load') })).then(() => undefined, (thrown: unknown) => thrown as Error);
      assert.ok(error && /in LoadImage/.test(error.message), `it says where: ${error?.message}`);
      assert.equal(await reasonFor(Promise.reject(error)), 'JOB_FAILED');
      await assertPicture(await one.run(job('b', pictureGraph(0x654321))), 0x654321);
    },
  },
  ...([['exception', 'JOB_FAILED'], ['out-of-memory', 'JOB_OOM']] as const).map(([kind, reason]): ServedCase => ({
    name: `a node that ends with ${kind} is ${reason}, and the server goes on`,
    lacks: ({ nodes }) => (hasNode(nodes, 'AdgenProbeFail') ? undefined : 'it has none of our test nodes'),
    async run({ client, job }) {
      const one = client();
      assert.equal(await reasonFor(one.run(job('a', failGraph(kind)))), reason);
      await assertPicture(await one.run(job('b', pictureGraph(0x335577))), 0x335577);
    },
  })),
];
