/** The `cutouts` procedures of the contract: products without a project. */
import { os } from '#engine/api.ts';
import type { ApiTools } from '#engine/api.ts';
import { AdgenError } from '#core/contract/errors.ts';
import type { AssetRef } from '#core/project/schema.ts';
import { cutOutPhoto } from '#engine/pipeline/cut-out-photo.ts';
import type { PhotoToCutOut } from '#engine/pipeline/cut-out-photo.ts';
import { withHiddenRun } from '#engine/pipeline/hidden-run.ts';
import { taskModule } from '#engine/pipeline/task-module.ts';
import { readStudioSettings } from '#engine/settings/studio-settings.ts';

/** The `cutouts` procedures of the contract. */
export function cutoutsApi({ engine }: ApiTools) {
  const { services } = engine;
  /** Whoever is at hand cuts out; the run that follows asks the same and finds the result. */
  const wishes = () => ({ isOffline: readStudioSettings(engine.db).isOffline, engine: 'auto', workflows: [] }) as const;
  const cutOut = async (photo: PhotoToCutOut['photo'], provider: PhotoToCutOut['provider'], signal: AbortSignal = new AbortController().signal) =>
    await withHiddenRun(wishes(), engine, signal, async (run) => ({ ...(await cutOutPhoto({ productId: 'product_1', photo, provider, fallbackName: '' }, run)), notices: run.notices }));
  const assertStored = (asset: AssetRef, noun: string): void => {
    if (!services.store.has(asset.hash)) throw new AdgenError('NOT_FOUND', `The ${noun} is no longer in the store. Add it again.`);
  };
  return {
    make: os.cutouts.make.handler(async ({ input: { photo, name, provider }, signal }) => {
      assertStored(photo, 'photo');
      return await cutOut({ asset: photo, name }, provider, signal);
    }),
    correct: os.cutouts.correct.handler(async ({ input: { photo, mask, featherPx }, signal }) => {
      assertStored(photo, 'photo');
      assertStored(mask, 'mask');
      const final = await services.viewPool.run<Uint8Array>({ module: taskModule('cutout/tasks/feather-mask.ts'), payload: { maskPath: services.store.pathOf(mask), featherPx } }, signal ? { signal } : {});
      return await cutOut({ asset: photo, name: '', mask: await services.store.putBytes(final, 'product_mask.png', 'image/png') }, 'auto', signal);
    }),
  };
}
