/** How much room is left where engines and models live. */
import { forecastSpace, formatBytes, RESERVE_BYTES } from '#sidecar/provision/space.ts';
import type { Finding } from '../../view/findings.ts';

export async function diskFindings(paths: { readonly engineDir: string; readonly modelsDir: string }): Promise<Finding[]> {
  const volumes = await forecastSpace([{ path: paths.engineDir, bytes: 0 }, { path: paths.modelsDir, bytes: 0 }]);
  return volumes.map(({ path, freeBytes }): Finding => {
    const isShort = freeBytes < RESERVE_BYTES;
    return { name: 'disk', state: isShort ? 'problem' : 'ok', detail: `${formatBytes(freeBytes)} free for ${path}${isShort ? '. Make room there, or move engine and models (ADGEN_ENGINE_DIR, ADGEN_MODELS_DIR).' : ''}` };
  });
}
