/** The real ComfyUI that some figures need. It is named by whoever runs the benches; nothing is fetched or installed for them. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineChoice } from '#sidecar/contract/engine-choice.ts';
import { serveEngine } from '#sidecar/contract/serve-target.ts';
import type { OpenTarget } from '#sidecar/contract/serve-target.ts';
import { askKnownFlags } from '#sidecar/provision/store/known-flags.ts';

const comfyDir = process.env['ADGEN_BENCH_COMFY_DIR'];
const pythonPath = process.env['ADGEN_BENCH_COMFY_PYTHON'];

/** For `unavailable` of a question. */
export async function whyNoComfy(): Promise<string | undefined> {
  return comfyDir === undefined || pythonPath === undefined ? 'Not run: no ComfyUI given. Set ADGEN_BENCH_COMFY_DIR to its folder and ADGEN_BENCH_COMFY_PYTHON to its Python.' : undefined;
}

export async function chooseComfy(): Promise<EngineChoice> {
  if (comfyDir === undefined || pythonPath === undefined) throw new Error(await whyNoComfy());
  const knownFlags = await askKnownFlags({ pythonPath, mainPath: join(comfyDir, 'main.py'), workDir: tmpdir(), signal: new AbortController().signal });
  return { kind: 'folder', comfyDir, pythonPath, knownFlags };
}

/** On the CPU, under our supervisor; ends with `work`. */
export async function withComfy<T>(work: (target: OpenTarget['target']) => Promise<T>): Promise<T> {
  const server = await serveEngine(await chooseComfy(), 1);
  try {
    return await work(server.target);
  } finally {
    await server.close();
  }
}
