/**
 * The line between pages and the engine of the moment. Every page gets one end of a channel when it is ready, and another one for every
 * engine after that; the page keeps its view meanwhile.
 */
import { MessageChannelMain } from 'electron';
import type { MessagePortMain, WebContents } from 'electron';
import { TO_PAGE } from './channels.ts';

export interface PageLine {
  /** An engine serves. @param hand gives it its end of a channel */
  open(engine: object, hand: (port: MessagePortMain) => void): void;
  /** That engine is gone. Nothing happens when there is another one already. */
  lose(engine: object): void;
  /** A page listens, perhaps after a reload. */
  join(page: WebContents): void;
}

export function createPageLine(): PageLine {
  const pages = new Set<WebContents>();
  let current: { readonly engine: object; hand(port: MessagePortMain): void } | undefined;
  const connect = (page: WebContents): void => {
    if (!current || page.isDestroyed()) return;
    const { port1, port2 } = new MessageChannelMain();
    current.hand(port1);
    page.postMessage(TO_PAGE.port, null, [port2]);
  };
  return {
    open(engine, hand) {
      current = { engine, hand };
      pages.forEach(connect);
    },
    lose(engine) {
      if (current?.engine !== engine) return;
      current = undefined;
      for (const page of pages) if (!page.isDestroyed()) page.send(TO_PAGE.lost);
    },
    join(page) {
      if (!pages.has(page)) page.once('destroyed', () => pages.delete(page));
      pages.add(page);
      connect(page);
    },
  };
}
