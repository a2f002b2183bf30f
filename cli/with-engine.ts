/** Opens the engine for a command and closes it whatever happens; turns Ctrl-C into cancel. */
import { resolve } from 'node:path';
import { openEngine } from '#engine/main.ts';
import type { Engine } from '#engine/main.ts';
import type { RunEvent } from '#engine/jobs/run-events.ts';
import { defaultDataDir, readSettings } from '#engine/settings.ts';
import { openSidecarFor } from './engine-options.ts';
import type { EngineChoice } from './engine-options.ts';
import { listenForInterrupts } from './listen-for-interrupts.ts';
import { printNote } from './terminal.ts';

/** What a command does with events and with Ctrl-C while the engine is open. */
export interface Session {
  /** Called for every event of every run of this process. */
  onEvent(listener: (event: RunEvent) => void): void;
  /** Called on the first Ctrl-C; the second ends the process at once. */
  onInterrupt(listener: () => void): void;
}

/** @param options `data`: the data folder, missing = the default one; `engine` and `comfyUrl` for commands that generate: others open no sidecar */
export async function withEngine<T>(options: EngineChoice & { readonly data?: string }, work: (engine: Engine, session: Session) => Promise<T>): Promise<T> {
  const listeners: ((event: RunEvent) => void)[] = [];
  const interrupts: (() => void)[] = [];
  const sidecar = options.engine === undefined ? undefined : await openSidecarFor(options);
  const engine = await openEngine(await readSettings(resolve(options.data ?? defaultDataDir())), (event) => listeners.forEach((listener) => listener(event)), sidecar && { sidecar: sidecar.access }).catch(async (error: unknown) => {
    await sidecar?.close();
    throw error;
  });
  engine.notices.forEach(printNote);
  const stopListening = listenForInterrupts(() => {
    printNote('Canceling … (press Ctrl-C again to stop at once)');
    interrupts.forEach((interrupt) => interrupt());
  });
  try {
    return await work(engine, { onEvent: (listener) => listeners.push(listener), onInterrupt: (listener) => interrupts.push(listener) });
  } finally {
    await engine.close();
    await sidecar?.close();
    stopListening();
  }
}
