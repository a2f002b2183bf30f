/** What a look at a server finds, from a description of it: its GPU, the model files it has, the nodes it lacks. */
import { loadCatalogue } from '#sidecar/models/catalogue.ts';
import type { EngineDevice } from '#sidecar/protocol/system.ts';
import { checkWorkflow } from '#workflows/check-workflow.ts';
import { loadWorkflows } from '#workflows/load-workflows.ts';
import type { Workflow } from '#workflows/load-workflows.ts';
import { objectInfo } from '#workflows/testing/object-info.ts';
import type { StationView } from '../station-view.ts';

export interface ServerDescription {
  /** 0: it computes on the CPU. */
  readonly vramGb?: number;
  /** Ids of the catalogue; default all. */
  readonly models?: readonly string[];
  /** Node classes that it lacks. */
  readonly without?: readonly string[];
  readonly version?: string;
  /** Besides ours. */
  readonly more?: readonly Workflow[];
}

export async function viewOf({ vramGb = 12, models, without = [], version = '0.33.0', more = [] }: ServerDescription = {}): Promise<StationView> {
  const catalogue = loadCatalogue();
  const modelFiles = catalogue.filter(({ id }) => models?.includes(id) ?? true).map(({ file }) => file);
  const nodes = objectInfo({ spelling: 'combo', modelFiles, without });
  const { workflows } = await loadWorkflows();
  const gpu: EngineDevice = { name: 'cuda:0 Test', type: 'cuda', vramTotal: vramGb * 2 ** 30, vramFree: vramGb * 2 ** 30 };
  const device: EngineDevice = vramGb === 0 ? { name: 'cpu', type: 'cpu', vramTotal: 64 * 2 ** 30, vramFree: 32 * 2 ** 30 } : gpu;
  return {
    identity: { version, isNewerThanKnown: false, torch: '2.13.0', devices: [device], features: {} },
    device,
    workflows: [...workflows, ...more].map((workflow) => ({ workflow, report: checkWorkflow(workflow.graph, { objectInfo: nodes, manifest: workflow.manifest, models: catalogue, serverVersion: version }) })),
    hasTiledDecoder: !without.includes('VAEDecodeTiled'),
  };
}
