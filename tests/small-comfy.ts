/** Folders that are a ComfyUI to whoever adopts them, with a small program in its place; and engines started from them by `adgen`. */
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findPython } from '#sidecar/supervisor/testing/fixture-engine.ts';
import { objectInfo } from '#workflows/testing/object-info.ts';
import { root, startAdgen } from './adgen.ts';
import type { Adgen } from './processes.ts';

export const python = findPython();

/** @param without node classes that it does not have */
export async function makeSmallComfy(folder: string, { without = [], modelFiles = [] }: { without?: readonly string[]; modelFiles?: readonly string[] } = {}): Promise<void> {
  await mkdir(join(folder, '.venv', 'bin'), { recursive: true });
  await cp(join(root, 'tests', 'fixtures', 'small-comfy'), folder, { recursive: true });
  await writeFile(join(folder, 'comfyui_version.py'), '__version__ = "0.28.1"\n');
  await writeFile(join(folder, 'object_info.json'), JSON.stringify(objectInfo({ spelling: 'combo', without, modelFiles })));
  await symlink(python ?? '', join(folder, '.venv', 'bin', 'python'));
}

export interface StartedEngine {
  readonly program: Adgen;
  readonly report: { readonly state: string; readonly url: string; readonly pid: number; readonly hostPid: number; readonly server: { readonly version: string } };
}

/** `adgen sidecar start --json`, up to its document. Throws with its stderr when it ends before. */
export async function startEngine(dataDir: string): Promise<StartedEngine> {
  const program = startAdgen(['sidecar', 'start', '--json', '--data', dataDir]);
  let text = '';
  const report = await new Promise<StartedEngine['report']>((resolve, reject) => {
    program.stdout.on('data', (chunk: Buffer) => {
      text += String(chunk);
      if (text.endsWith('\n}\n')) resolve(JSON.parse(text) as StartedEngine['report']);
    });
    void program.then(({ exitCode, stderr }) => reject(new Error(`it ended with ${exitCode}:\n${stderr}`)));
  });
  return { program, report };
}
