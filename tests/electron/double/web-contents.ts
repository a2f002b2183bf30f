/** Electron's WebContents over a page of Chromium: the preload script in a world of its own, messages and ports to and from it, the events of navigation. */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { BrowserContext, CDPSession, Page } from 'playwright';
import { preventable } from './app.ts';
import { launched } from './browser.ts';
import { ipcMain } from './ipc-main.ts';
import { relayPort } from './ports.ts';
import type { MessagePortMain, Relay } from './ports.ts';
import { fromChromium, serveRequests, session, toChromium } from './session.ts';
import { state } from './state.ts';

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
const ISOLATED = read('isolated-world.js');
const MAIN = read('main-world.js');
const WORLD = 'electron preload';

type Told = { readonly kind: 'ipc'; readonly channel: string; readonly args: unknown[] } | { readonly kind: 'port'; readonly id: number; readonly data: EncodedData };
interface EncodedData {
  readonly text?: string;
  readonly bytes?: string;
}

export class WebContents extends EventEmitter {
  page: Page | undefined;
  readonly mainFrame: { readonly url: string; readonly parent: null };
  #url = '';
  #context: BrowserContext | undefined;
  #cdp: CDPSession | undefined;
  #world: number | undefined;
  #isDestroyed = false;
  #isLoading = false;
  #openHandler: (details: { readonly url: string }) => { readonly action: 'allow' | 'deny' } = () => ({ action: 'allow' });
  readonly #preload: string;
  readonly #size: { readonly width: number; readonly height: number };
  readonly #relays = new Map<number, Relay>();

  constructor(preload: string, size: { readonly width: number; readonly height: number }) {
    super();
    this.#preload = preload;
    this.#size = size;
    const url = (): string => this.#url;
    this.mainFrame = { get url() { return url(); }, parent: null };
    state.app.emit('web-contents-created', {}, this);
  }

  isDestroyed = (): boolean => this.#isDestroyed;
  getURL = (): string => this.#url;
  setWindowOpenHandler(handler: (details: { readonly url: string }) => { readonly action: 'allow' | 'deny' }): void {
    this.#openHandler = handler;
  }

  /** As if the main frame had come to be elsewhere in spite of everything. */
  standAt(url: string): void {
    this.#url = url;
  }

  async loadURL(url: string): Promise<void> {
    this.#url = url;
    const page = await this.#openPage();
    this.#isLoading = true;
    await page.goto(toChromium(url));
    this.#isLoading = false;
  }

  reload(): void {
    void this.#replacePage().catch(() => {}); // a window that was closed meanwhile
  }

  send(channel: string, ...args: unknown[]): void {
    this.#receive(channel, structuredClone(args), []);
  }

  postMessage(channel: string, message: unknown, ports: readonly MessagePortMain[] = []): void {
    const ids = ports.map((port) => {
      const id = state.nextId();
      this.#relays.set(id, relayPort(port, (what) => 'data' in what && this.#evaluate(`electronPort(${id}, ${JSON.stringify(encode(what.data))})`)));
      return id;
    });
    this.#receive(channel, [structuredClone(message)], ids);
  }

  startDrag(item: (typeof state.drags)[number]): void {
    if (item.icon.isEmpty()) throw new Error('Must specify non-empty icon option');
    state.drags.push(item);
  }

  /** The page's process is gone. */
  crash(): void {
    void this.page?.close();
    this.#forgetPage();
    const details = { reason: 'crashed', exitCode: 5 };
    state.app.emit('render-process-gone', {}, this, details);
    this.emit('render-process-gone', {}, details);
  }

  async destroy(): Promise<void> {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.#forgetPage();
    this.emit('destroyed');
    await this.#context?.close();
  }

  async #openPage(): Promise<Page> {
    this.#context ??= await this.#openContext();
    const page = await this.#context.newPage();
    this.page = page;
    const cdp = await this.#context.newCDPSession(page);
    this.#cdp = cdp;
    cdp.on('Runtime.executionContextCreated', ({ context: { id, name, auxData } }) => {
      if (name === WORLD && (auxData as { readonly frameId: string }).frameId === mainFrameId) this.#enter(id);
    });
    cdp.on('Runtime.bindingCalled', ({ payload }) => this.#hear(JSON.parse(payload) as Told));
    await cdp.send('Page.enable');
    const { frameTree } = await cdp.send('Page.getFrameTree');
    const mainFrameId = frameTree.frame.id;
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: MAIN });
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: ISOLATED.replace('/*PRELOAD*/', () => this.#preload), worldName: WORLD });
    await cdp.send('Runtime.addBinding', { name: 'electronTell', executionContextName: WORLD });
    await cdp.send('Runtime.enable');
    page.on('framenavigated', (frame) => frame === page.mainFrame() && (this.#url = fromChromium(page.url())));
    page.on('popup', (popup) => void this.#judgePopup(popup));
    page.on('download', (download) => {
      const event = preventable();
      session.defaultSession.emit('will-download', event, { getURL: () => fromChromium(download.url()) }, this);
      if (event.defaultPrevented) void download.cancel();
      this.emit('double-download', { url: fromChromium(download.url()), isRefused: event.defaultPrevented });
    });
    return page;
  }

  async #openContext(): Promise<BrowserContext> {
    const browser = await launched();
    const context = await browser.newContext({ viewport: { ...this.#size }, acceptDownloads: true });
    await serveRequests(context, (url, isMainFrame) => this.#isLoading || this.#mayNavigate(url, isMainFrame));
    return context;
  }

  #mayNavigate(url: string, isMainFrame: boolean): boolean {
    const names = isMainFrame ? ['will-frame-navigate', 'will-navigate'] : ['will-frame-navigate'];
    return names.every((name) => {
      const event = preventable({ url, isMainFrame });
      this.emit(name, event, url);
      return !event.defaultPrevented;
    });
  }

  async #judgePopup(popup: Page): Promise<void> {
    const { action } = this.#openHandler({ url: fromChromium(popup.url()) });
    this.emit('double-popup', action);
    if (action === 'deny') await popup.close();
  }

  async #replacePage(): Promise<void> {
    const { page } = this;
    this.#forgetPage();
    await page?.close();
    await this.loadURL(this.#url);
  }

  #enter(world: number): void {
    this.#world = world;
    this.#relays.forEach((relay) => relay.close()); // a new document: the ports of the one before are gone
    this.#relays.clear();
    this.#evaluate(`electronPaths = ${JSON.stringify(state.filePaths)}`);
  }

  #forgetPage(): void {
    this.page = undefined;
    this.#world = undefined;
    this.#relays.forEach((relay) => relay.close());
    this.#relays.clear();
  }

  #receive(channel: string, args: readonly unknown[], ids: readonly number[]): void {
    this.#evaluate(`electronReceive(${JSON.stringify(channel)}, ${JSON.stringify(args)}, ${JSON.stringify(ids)})`);
  }

  /** What is said to a page that is going away is lost, as in Electron. */
  #evaluate(expression: string): void {
    if (this.#world === undefined) return;
    this.#cdp?.send('Runtime.evaluate', { expression, contextId: this.#world }).catch(() => {});
  }

  #hear(told: Told): void {
    if (told.kind === 'port') this.#relays.get(told.id)?.deliver(told.data.text ?? Buffer.from(told.data.bytes ?? '', 'base64'));
    else ipcMain.emit(told.channel, { sender: this, senderFrame: this.mainFrame, ports: [] }, ...told.args);
  }
}

function encode(data: unknown): EncodedData {
  return typeof data === 'string' ? { text: data } : { bytes: Buffer.from(data as Uint8Array).toString('base64') };
}
