/** A finished file leaves the window by drag, into Finder, Explorer or another program. */
import { nativeImage } from 'electron';
import type { WebContents } from 'electron';
import { unpackedPath } from '#core/lib/unpacked-path.ts';
import { fileURLToPath } from 'node:url';
import type { ExportedFiles } from './exported-files.ts';

/** What is seen under the pointer; some systems refuse a drag without one. */
const ICON = unpackedPath(fileURLToPath(new URL('../resources/icons/drag.png', import.meta.url)));

/** Returns whether a drag began: only files that an export wrote may leave. */
export async function dragOut(page: WebContents, exportId: string, files: ExportedFiles): Promise<boolean> {
  const file = await files.ofExport(exportId).catch(() => undefined); // no engine at this moment: nothing can be dragged
  if (file === undefined || page.isDestroyed()) return false;
  page.startDrag({ file, icon: nativeImage.createFromPath(ICON) });
  return true;
}
