/** A folder that is a ComfyUI to whoever adopts it, with the fake server in its place: it starts, works, can be killed, and takes everything with it. */
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findPython } from '#sidecar/supervisor/testing/fixture-engine.ts';
import { root } from './adgen.ts';

/** @param stepMs how long a step of a job takes */
export async function makeServedComfy(folder: string, { stepMs }: { readonly stepMs: number }): Promise<void> {
  await mkdir(join(folder, '.venv', 'bin'), { recursive: true });
  await cp(join(root, 'tests', 'fixtures', 'served-comfy'), folder, { recursive: true });
  await writeFile(join(folder, 'comfyui_version.py'), '__version__ = "0.28.1"\n');
  await writeFile(join(folder, 'command.json'), JSON.stringify([process.execPath, '--disable-warning=ExperimentalWarning', join(root, 'sidecar', 'fake', 'main.ts'), '--step-ms', String(stepMs), '--version', '0.28.1']));
  await symlink(findPython() ?? '', join(folder, '.venv', 'bin', 'python'));
}
