/** The options by which a command that makes pictures is told who makes the generated ones. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Option } from 'commander';
import type { Command } from 'commander';
import { defaultDataDir } from '#engine/settings.ts';
import { externalSidecar } from '#sidecar/access/external-sidecar.ts';
import type { OpenSidecar } from '#sidecar/access/open-sidecar.ts';
import { sidecarPaths } from '#sidecar/sidecar-paths.ts';
import { usage } from './parse-options.ts';
import { printNote } from './terminal.ts';

export interface EngineChoice {
  readonly engine?: 'auto' | 'comfyui' | 'embedded';
  readonly comfyUrl?: string;
  readonly workflow?: readonly string[];
}

export function addEngineOptions(command: Command): Command {
  return command
    .addOption(new Option('--engine <name>', 'who makes backdrops and music').choices(['auto', 'comfyui', 'embedded']).default('auto'))
    .option('--comfy-url <url>', 'use this running ComfyUI, e.g. http://127.0.0.1:8188; it is never stopped')
    .option('--workflow <id>', 'use this ComfyUI workflow before others; give it again for further ones', (id: string, ids: string[]) => [...ids, id], []);
}

/** The user's address, checked for its form. Throws BAD_INPUT. */
export function comfyUrlOf({ comfyUrl = process.env['ADGEN_COMFY_URL'] || undefined }: EngineChoice): string | undefined {
  if (comfyUrl === undefined) return undefined;
  const url = URL.parse(comfyUrl);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) throw usage(`--comfy-url takes an address such as http://127.0.0.1:8188, not "${comfyUrl}".`);
  url.search = '';
  url.hash = '';
  return url.href.replace(/\/+$/, '');
}

/** The ComfyUI of this command, not started yet; undefined when there is none, or none is wanted. Everything of the sidecar is loaded only when one was set up. */
export async function openSidecarFor(options: EngineChoice & { readonly data?: string }): Promise<OpenSidecar | undefined> {
  if (options.engine === 'embedded') return undefined;
  const url = comfyUrlOf(options);
  const { engineDir, modelsDir } = sidecarPaths(resolve(options.data ?? defaultDataDir()));
  if (url !== undefined) return { access: externalSidecar(url), close: async () => {} };
  const wasSetUp = ['current.json', 'run.json'].some((name) => existsSync(join(engineDir, name)));
  if (!wasSetUp) return undefined;
  const [{ openSidecar }, { createEngineStore }] = await Promise.all([import('#sidecar/access/open-sidecar.ts'), import('#sidecar/provision/engine-store.ts')]);
  return await openSidecar({ engineDir, store: createEngineStore({ folder: engineDir, modelsDir }), onNote: printNote });
}
