/** Dropping files on a page as the system does it: drag events with a DataTransfer that holds them. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Page } from 'playwright';

export interface DroppedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly type?: string;
}

/** A file of the disk, to be dropped. */
export async function fileToDrop(path: string, type = ''): Promise<DroppedFile> {
  return { name: basename(path), bytes: await readFile(path), type };
}

/** Drops files on whatever stands in the middle of the window, or of what `selector` finds first. */
export async function dropFiles(page: Page, files: readonly DroppedFile[], selector = 'body'): Promise<void> {
  const data = files.map(({ name, bytes, type = '' }) => ({ name, type, base64: Buffer.from(bytes).toString('base64') }));
  const transfer = await page.evaluateHandle((items) => {
    const made = new DataTransfer();
    for (const { name, type, base64 } of items) made.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name, { type }));
    return made;
  }, data);
  await page.locator(selector).first().evaluate((element, dataTransfer) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const [clientX, clientY] = [left + width / 2, top + height / 2];
    const target = document.elementFromPoint(clientX, clientY) ?? element;
    for (const type of ['dragenter', 'dragover', 'drop']) target.dispatchEvent(new DragEvent(type, { dataTransfer, clientX, clientY, bubbles: true, cancelable: true }));
  }, transfer);
}
