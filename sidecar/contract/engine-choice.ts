/** Which engine the contract is run against, as data that can be handed to another process: our fake, or a ComfyUI in a folder. */
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { spawnFakeEngine } from '../fake/engine.ts';
import type { SupervisorOptions } from '../supervisor/supervisor.ts';

export type EngineChoice =
  /** `knownFlags`: of an old version; missing = all. */
  | { readonly kind: 'fake'; readonly version?: string; readonly knownFlags?: readonly string[] }
  | { readonly kind: 'folder'; readonly comfyDir: string; readonly pythonPath: string; readonly knownFlags: readonly string[] };

const FRONT_END = join(import.meta.dirname, '..', 'python', 'front-end');
const PROBE_NODES = join(import.meta.dirname, 'probe-nodes');
const PROBE_NAME = 'adgen_probe';

/** Makes what the engine needs in `root` and returns how to start it there. Always on the CPU, with our test nodes and no others. */
export async function prepareEngine(choice: EngineChoice, root: string): Promise<SupervisorOptions> {
  const [baseDir, folder] = [join(root, 'base'), join(root, 'supervisor')];
  await mkdir(baseDir, { recursive: true });
  if (choice.kind === 'fake') {
    const deviceFlags = choice.version === undefined ? [] : ['--fake-version', choice.version];
    return { folder, spawn: spawnFakeEngine, spec: { engineId: 'fake', pythonPath: process.execPath, mainPath: 'main.py', baseDir, deviceFlags, knownFlags: choice.knownFlags && new Set(choice.knownFlags) } };
  }
  await cp(PROBE_NODES, join(baseDir, 'custom_nodes', PROBE_NAME), { recursive: true });
  const { comfyDir, pythonPath, knownFlags } = choice;
  return {
    folder,
    spec: { engineId: 'contract', pythonPath, mainPath: join(comfyDir, 'main.py'), baseDir, frontEndDir: FRONT_END, ownNodes: [PROBE_NAME], deviceFlags: ['--cpu'], knownFlags: new Set(knownFlags) },
  };
}
