/** Dropping files and folders of the disk as the desktop does it: the browser itself makes the drag, so folders are folders. */
import type { Page } from 'playwright';

/** Drops in the middle of the window, or of what `selector` finds first. */
export async function dropPaths(page: Page, paths: readonly string[], selector = 'body'): Promise<void> {
  const box = await page.locator(selector).first().boundingBox();
  if (!box) throw new Error(`nothing is shown at ${selector}`);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', { type, x, y, data });
  await session.detach();
}
