/**
 * The embedded backdrop provider: procedural studio sets, the last link of the backdrop chain. It needs no network, no
 * model and no GPU, so it cannot be unavailable. Called by the pipeline's backdrop step, once per scene and ratio.
 */
import type { BackdropManifest } from '#core/composition/backdrop-manifest.ts';
import type { BackdropRequest, ProviderCall, ProviderInfo } from '#engine/providers/types.ts';
import { buildSet } from './build-set.ts';
import { encodePicture } from './encode-picture.ts';
import type { SetLayer } from './set-types.ts';

/** Enters the step key: raise it whenever a set's pixels change. */
const VERSION = '3';

/** A provider that answers every request on this machine; it rejects only when it is canceled or the store fails. */
export function createSetBackdropProvider(): ProviderInfo & { isReady(): Promise<boolean>; makeBackdrop: typeof makeBackdrop } {
  return {
    id: 'embedded',
    version: VERSION,
    needsNetwork: false,
    isReady: async () => true,
    makeBackdrop,
  };
}

async function makeBackdrop(request: BackdropRequest, call: ProviderCall): Promise<BackdropManifest> {
  call.signal.throwIfAborted();
  const { layers, ...look } = buildSet(request);
  const stored: BackdropManifest['layers'] = [];
  for (const [index, layer] of layers.entries()) {
    call.report(0.5 + (0.5 * index) / layers.length, layer.name);
    stored.push(await storeLayer(layer, request, call));
    call.signal.throwIfAborted();
  }
  call.report(1);
  return { kind: 'layers', layers: stored, ...look };
}

async function storeLayer({ name, picture, ...fields }: SetLayer, request: BackdropRequest, call: ProviderCall): Promise<BackdropManifest['layers'][number]> {
  const bytes = await encodePicture(picture);
  const file = `${request.scene.id}_${request.scene.backdrop.set}_${request.ratio.replace(':', 'x')}_${name}.png`;
  const asset = await call.putBytes(bytes, file, 'image/png');
  return { ...fields, picture: { ...asset, width: picture.width, height: picture.height } };
}
