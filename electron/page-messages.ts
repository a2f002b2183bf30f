/**
 * The one file that talks to `ipcMain`. Before anything else it checks who speaks: a window of ours, its main frame, our origin. Then what
 * was said is parsed. What does not pass is dropped without an answer; a page that is ours never sends it.
 */
import { ipcMain } from 'electron';
import type { IpcMainEvent, WebContents } from 'electron';
import { z } from 'zod';
import type { PageDescription } from '#core/contract/desktop-bridge.ts';
import { FROM_PAGE } from './channels.ts';
import { isOwnUrl } from './origin.ts';

/** What the page may ask of the shell. */
export interface PageListener {
  onReady(page: WebContents): void;
  onDragOut(page: WebContents, exportId: string): void;
  onBusy(page: WebContents, progress: number | null): void;
  onNotify(page: WebContents, title: string, body: string): void;
  onDescribe(page: WebContents, description: PageDescription): void;
}

const commandSchema = z.object({
  id: z.string().min(1).max(120), label: z.string().min(1).max(200), group: z.string().min(1).max(80),
  keys: z.array(z.string().min(1).max(40)).max(8).optional(), isDisabled: z.boolean().optional(), isGlobal: z.boolean().optional(),
});
const words = {
  ready: z.tuple([]),
  dragOut: z.tuple([z.string().min(1).max(80)]),
  busy: z.tuple([z.number().min(0).max(1).nullable()]),
  notify: z.tuple([z.string().min(1).max(120), z.string().max(400)]),
  describe: z.tuple([z.object({ language: z.enum(['en', 'de']), isDark: z.boolean(), commands: z.array(commandSchema).max(500) })]),
};

/** @param isOurs whether a window of the studio has these contents */
export function listenToPages(isOurs: (contents: WebContents) => boolean, listener: PageListener): void {
  const on = <T extends unknown[]>(channel: string, schema: z.ZodType<T>, act: (page: WebContents, ...args: T) => void): void => {
    ipcMain.on(channel, (event, ...args: unknown[]) => {
      if (!isFromOurPage(event, isOurs)) return;
      const said = schema.safeParse(args);
      if (said.success) act(event.sender, ...said.data);
    });
  };
  on(FROM_PAGE.ready, words.ready, listener.onReady);
  on(FROM_PAGE.dragOut, words.dragOut, listener.onDragOut);
  on(FROM_PAGE.busy, words.busy, listener.onBusy);
  on(FROM_PAGE.notify, words.notify, listener.onNotify);
  on(FROM_PAGE.describe, words.describe, listener.onDescribe);
}

/** A frame inside the page, a page that navigated away, or contents that are no window of ours may not speak. */
function isFromOurPage({ sender, senderFrame }: IpcMainEvent, isOurs: (contents: WebContents) => boolean): boolean {
  return senderFrame !== null && isOurs(sender) && senderFrame === sender.mainFrame && isOwnUrl(senderFrame.url);
}
