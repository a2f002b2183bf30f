/** A pointer that presses, goes somewhere in steps as a hand does, and lets go. */
import type { Locator, Page } from 'playwright';

interface Pull {
  readonly dx: number;
  readonly dy?: number;
  /** Where in the element it is taken hold of, from its left and top; else its middle. */
  readonly at?: { readonly x?: number; readonly y?: number };
  /** Held from the press to the end. */
  readonly key?: 'Shift' | 'Alt' | 'Control';
  /** Runs before the pointer lets go. */
  during?(): Promise<void>;
}

/** Drags an element by some pixels. */
export async function pull(page: Page, element: Locator, { dx, dy = 0, at = {}, key, during }: Pull): Promise<void> {
  const box = await element.boundingBox();
  if (!box) throw new Error('what shall be dragged is not there');
  const [x, y] = [box.x + (at.x ?? box.width / 2), box.y + (at.y ?? box.height / 2)];
  await page.mouse.move(x, y);
  await page.mouse.down();
  if (key) await page.keyboard.down(key);
  await page.mouse.move(x + dx / 2, y + dy / 2, { steps: 4 });
  await page.mouse.move(x + dx, y + dy, { steps: 4 });
  await during?.();
  await page.mouse.up();
  if (key) await page.keyboard.up(key);
}
