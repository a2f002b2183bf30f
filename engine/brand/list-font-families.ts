import { BUNDLED_TEXT_FAMILIES } from '#engine/text/fonts.ts';
import { listInstalledFamilies } from '#engine/text/system-fonts.ts';

/** Bundled families first: they look the same on every machine. */
export async function listFontFamilies(): Promise<{ family: string; isBundled: boolean }[]> {
  const bundled = new Set(BUNDLED_TEXT_FAMILIES);
  const installed = (await listInstalledFamilies()).filter((family) => !bundled.has(family) && family.length <= 80);
  return [...BUNDLED_TEXT_FAMILIES.map((family) => ({ family, isBundled: true })), ...installed.map((family) => ({ family, isBundled: false }))];
}
