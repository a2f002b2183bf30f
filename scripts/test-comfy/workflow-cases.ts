/** What `workflows/` says of a server, held against the server itself: the reader of its nodes, the check before queueing, our own graphs. */
import assert from 'node:assert/strict';
import type { ServedCase } from '#sidecar/contract/case.ts';
import { graphSchema } from '#sidecar/protocol/graph.ts';
import { checkWorkflow } from '#workflows/check-workflow.ts';
import { loadWorkflows } from '#workflows/load-workflows.ts';
import type { Workflow } from '#workflows/load-workflows.ts';
import { readNodeClass } from '#workflows/object-info.ts';
import { patchWorkflow } from '#workflows/patch-workflow.ts';
import { isOlder } from '#workflows/checking/versions.ts';

const ours = (await loadWorkflows()).workflows;
const weightless = ours.filter(({ manifest }) => manifest.models.length === 0);

export const workflowCases: readonly ServedCase[] = [
  {
    name: 'every node of the server is read: its inputs, its outputs, whether it saves',
    async run({ target, note }) {
      const read = Object.keys(target.nodes).map((name) => [name, readNodeClass(target.nodes, name)] as const);
      assert.deepEqual(read.filter(([, node]) => node === undefined).map(([name]) => name), []);
      const kinds = Map.groupBy(read.flatMap(([, node]) => [...(node?.inputs.values() ?? [])]), ({ kind }) => kind);
      assert.ok(kinds.has('choice') && kinds.has('link') && kinds.has('int'));
      note(`${read.length} nodes; inputs: ${[...kinds].map(([kind, some]) => `${some.length} ${kind}`).join(', ')}`);
    },
  },
  {
    name: 'every workflow of ours is judged: nothing is wrong with it but models that are not there, or the server is too old',
    async run({ target, note }) {
      const unfit: string[] = [];
      for (const { graph, manifest } of ours) {
        if (isOlder(target.version, manifest.minServerVersion)) {
          note(`${manifest.id}: not on this version, it needs ${manifest.minServerVersion}`);
          continue;
        }
        const report = checkWorkflow(graph, { objectInfo: target.nodes, manifest, serverVersion: target.version });
        unfit.push(...report.problems.filter(({ code }) => code !== 'MODEL_MISSING').map(({ code, message }) => `${manifest.id}: ${code} ${message}`));
      }
      assert.deepEqual(unfit, []);
    },
  },
  ...weightless.map((workflow): ServedCase => ({
    name: `the workflow ${workflow.manifest.id} runs and gives what its manifest says`,
    lacks: ({ version }) => (isOlder(version, workflow.manifest.minServerVersion) ? `it needs ${workflow.manifest.minServerVersion}` : undefined),
    async run({ client, job }) {
      const one = client();
      const graph = graphSchema.parse(patchWorkflow({ ...workflow, values: await uploads(workflow, one.upload), jobId: crypto.randomUUID() }));
      const files = await one.run(job('a', graph));
      const wanted = Object.values(workflow.manifest.outputs).map(({ node, kind }) => `${node} ${kind}`);
      assert.deepEqual(files.map(({ nodeId, kind }) => `${nodeId} ${kind}`).toSorted(), wanted.toSorted());
    },
  })),
];

/** A picture for every input that takes one. */
async function uploads({ manifest }: Workflow, upload: (bytes: Uint8Array<ArrayBuffer>, name: string, group: string) => Promise<string>): Promise<Record<string, string>> {
  const names = Object.entries(manifest.inputs).filter(([, input]) => input.type === 'image').map(([name]) => name);
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await upload(PIXEL, `${name}.png`, 'contract-workflows')])));
}

/** One red pixel as PNG. */
const PIXEL = new Uint8Array(Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC', 'base64'));
