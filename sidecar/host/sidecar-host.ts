/**
 * The sidecar as a host owns it: which engine is used, its process, and everything that a user does with it, as the procedures of the
 * contract. One for every program with a window; it outlives the engine process and the pages. What is installed is looked at anew when it
 * changes on disk, for a terminal may work on the same folder.
 */
import { statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { AdgenError } from '#core/contract/errors.ts';
import { externalSidecar } from '#sidecar/access/external-sidecar.ts';
import { openSidecar } from '#sidecar/access/open-sidecar.ts';
import type { OpenSidecar } from '#sidecar/access/open-sidecar.ts';
import { findShared } from '#sidecar/access/shared-sidecar.ts';
import { createSwitchableSidecar } from '#sidecar/access/switchable-sidecar.ts';
import type { SidecarAccess } from '#sidecar/access/types.ts';
import { createEngineStore } from '#sidecar/provision/engine-store.ts';
import type { EngineStoreOptions } from '#sidecar/provision/engine-store.ts';
import { forecastSpace, formatBytes } from '#sidecar/provision/space.ts';
import type { EngineStore, ProvisionProgress } from '#sidecar/provision/types.ts';
import { sidecarPaths } from '#sidecar/sidecar-paths.ts';
import type { SidecarPaths } from '#sidecar/sidecar-paths.ts';
import type { Hub } from '#sidecar/models/hub.ts';
import { describeStatus, isLocal } from './describe-status.ts';
import type { SidecarStatus } from './describe-status.ts';
import { modelPlaces, pullAsTask, showModels } from './model-list.ts';
import type { ShownModel } from './model-list.ts';
import { readLog } from './read-log.ts';
import { createServerWatch } from './server-watch.ts';
import { createTaskBoard } from './task-board.ts';
import type { SidecarTask, TaskTools } from './task-board.ts';
import { createNews } from './news.ts';

export interface SidecarHostOptions {
  readonly dataDir: string;
  /** A server that this start uses whatever is installed. */
  readonly fixedUrl?: string;
  /** Where models come from, with the token of the moment. */
  hub(): Promise<Hub>;
  onNote(text: string): void;
  readonly paths?: SidecarPaths;
  /** For tests: what is installed and from where, patience. */
  readonly store?: Partial<EngineStoreOptions>;
}

export interface SidecarNews {
  readonly status: SidecarStatus;
  readonly tasks: SidecarTask[];
}

export type SidecarHost = Awaited<ReturnType<typeof createSidecarHost>>;

/** Reads what is installed; starts nothing. */
export async function createSidecarHost(options: SidecarHostOptions) {
  const { fixedUrl, onNote } = options;
  const paths = options.paths ?? sidecarPaths(options.dataDir);
  const store: EngineStore = createEngineStore({ folder: paths.engineDir, modelsDir: paths.modelsDir, ...options.store });
  const switchable = createSwitchableSidecar(fixedUrl === undefined ? undefined : externalSidecar(fixedUrl));
  let isOffline = false;
  let opened: OpenSidecar | undefined;
  let known = await store.status();
  let seen = traceOf(paths);

  const news = createNews<SidecarNews>(() => ({ status: statusNow(), tasks: board.tasks() }));
  const board = createTaskBoard(news.tell);
  const server = createServerWatch({ onChange: news.tell });

  const statusNow = (): SidecarStatus => {
    const shared = fixedUrl === undefined ? findShared(paths.engineDir) : undefined;
    const answer = server.last();
    return describeStatus({
      store: known, isOffline,
      ...(fixedUrl === undefined ? {} : { fixedUrl }),
      ...(opened?.supervisor ? { engine: opened.supervisor.state } : {}),
      ...(shared ? { shared: { hostPid: shared.hostPid, url: shared.port === undefined ? undefined : `http://127.0.0.1:${shared.port}` } } : {}),
      ...(answer ? { server: answer } : {}),
      isInstalling: board.tasks().some(({ kind, state }) => kind === 'install' && state === 'running'),
      isStoreBusy: board.isBusy('store'),
    });
  };

  /** Where the server is that may be asked now. */
  const addressNow = (): { url: string; nonce?: string } | undefined => {
    const { url, origin } = statusNow();
    if (url === null || (isOffline && !isLocal(url))) return undefined;
    const nonce = origin === 'shared' ? findShared(paths.engineDir)?.run : opened?.supervisor?.nonce;
    return nonce === undefined || origin === 'external' ? { url } : { url, nonce };
  };

  const look = async (): Promise<void> => {
    await server.ask(addressNow());
  };

  /** Takes the engine that is current on disk now; one that ran before it is ended. */
  const reopen = async (): Promise<void> => {
    known = await store.status();
    seen = traceOf(paths);
    if (fixedUrl !== undefined) return;
    const former = opened;
    opened = undefined;
    switchable.switchTo(undefined);
    await former?.close();
    opened = await openSidecar({ engineDir: paths.engineDir, store, onNote });
    opened?.supervisor?.subscribe({ onState: () => {
      news.tell();
      void look();
    } });
    if (opened) switchable.switchTo(opened.access);
    news.tell();
    await look();
  };

  const refresh = async (): Promise<void> => {
    const trace = traceOf(paths);
    if (trace !== seen && !board.isBusy('store')) {
      seen = trace;
      const before = JSON.stringify(known.current);
      known = await store.status();
      const isIdle = opened?.supervisor === undefined || opened.supervisor.state.name === 'stopped';
      const isOthers = findShared(paths.engineDir) !== undefined;
      const isOther = JSON.stringify(known.current) !== before || isOthers !== (opened?.access.kind === 'shared');
      if (fixedUrl === undefined && isOther && isIdle) return await reopen();
      news.tell();
    }
    await look();
  };

  const requireOnline = (): void => {
    if (isOffline) throw new AdgenError('CONFLICT', 'The studio is offline, so nothing is fetched. Switch "Offline" off in the settings first.');
  };
  const requireChoice = (): void => {
    if (fixedUrl !== undefined) throw new AdgenError('CONFLICT', `This start uses the ComfyUI at ${fixedUrl} (--comfy-url). Start the program without it to change that.`);
  };
  /** Files of an engine that runs are in use; it is started again when somebody wants it. */
  const atRest = async (): Promise<void> => {
    await opened?.supervisor?.stop();
  };
  const onStore = (kind: Exclude<SidecarTask['kind'], 'pull'>, work: (tools: TaskTools) => Promise<string | undefined>): { taskId: string } => {
    requireChoice();
    return { taskId: board.begin(kind, (tools) => work(tools).finally(reopen)) };
  };
  const progressTo = ({ report }: TaskTools) => ({ stage, fraction, note }: ProvisionProgress): void => report({ fraction, label: note, stage: stage === 'bundle' || stage === 'models' ? null : stage });

  await reopen();
  const procedures = {
    async status(): Promise<SidecarStatus> {
      await refresh();
      return statusNow();
    },
    async watch(_input?: unknown, watching: { readonly signal?: AbortSignal | undefined } = {}): Promise<AsyncGenerator<SidecarNews, void, void>> {
      await refresh();
      return news.watch(refresh, watching.signal);
    },
    async start(): Promise<SidecarStatus> {
      const { supervisor } = opened ?? {};
      if (!supervisor) throw new AdgenError('CONFLICT', statusNow().origin === 'none' ? 'There is no ComfyUI to start yet. Install or adopt one first.' : 'This ComfyUI is not started from here.');
      supervisor.start().catch(() => {}); // its state says what became of it
      return statusNow();
    },
    async stop(): Promise<SidecarStatus> {
      const { supervisor } = opened ?? {};
      if (!supervisor) throw new AdgenError('CONFLICT', 'This ComfyUI is not stopped from here.');
      supervisor.stop().catch((error: unknown) => onNote(error instanceof Error ? error.message : String(error)));
      return statusNow();
    },
    log: async ({ lines }: { readonly lines?: unknown }) => await readLog(paths.engineDir, Number(lines ?? 200)),
    async plan() {
      requireOnline();
      const plan = await store.plan({ signal: AbortSignal.timeout(30_000) });
      const [volume] = await forecastSpace([{ path: paths.engineDir, bytes: plan.engineBytes + plan.passingBytes }]);
      const isShort = volume !== undefined && !volume.isEnough;
      return {
        downloadBytes: plan.downloadBytes, diskBytes: plan.engineBytes, freeBytes: volume?.freeBytes ?? null, variant: plan.variant, version: plan.comfyVersion, folder: paths.engineDir, notes: [...plan.notes],
        problems: isShort ? [`${formatBytes(volume.needBytes)} have to be free at ${volume.path} while it is installed; ${formatBytes(volume.freeBytes)} are.`] : [],
      };
    },
    async install() {
      requireOnline();
      return onStore('install', async (tools) => {
        await atRest();
        const { selfTest } = await store.install({ signal: tools.signal, onProgress: progressTo(tools) });
        return selfTest.detail;
      });
    },
    async repair() {
      requireOnline();
      if (known.current?.kind !== 'managed') throw new AdgenError('CONFLICT', 'Only a ComfyUI that this program has installed can be repaired by it.');
      const { engineId } = known.current;
      return onStore('repair', async (tools) => {
        await atRest();
        const { selfTest } = await store.repair({ engineId, signal: tools.signal, onProgress: progressTo(tools) });
        return `Every file is as it was installed. ${selfTest.detail}`;
      });
    },
    async uninstall() {
      const { current } = known;
      if (current === undefined) throw new AdgenError('NOT_FOUND', 'There is no ComfyUI to remove.');
      return onStore('uninstall', async () => {
        await atRest();
        if (current.kind !== 'managed') return void (await store.forget());
        const { removedFiles, left } = await store.uninstall(current.engineId);
        return left.length === 0 ? `${removedFiles} files were removed. Models and media are untouched.` : `${removedFiles} files were removed. ${left.length} that this program did not install were left in ${left[0]} and beside it.`;
      });
    },
    async adopt({ folder, python, url }: { readonly folder?: string | undefined; readonly python?: string | undefined; readonly url?: string | undefined }) {
      if ((folder === undefined) === (url === undefined)) throw new AdgenError('BAD_INPUT', 'Name either the folder of a ComfyUI or the address of a running one.');
      if (folder !== undefined && !isAbsolute(folder)) throw new AdgenError('BAD_INPUT', `"${folder.slice(0, 200)}" is not a whole path. Give the folder from the root of its disk on.`);
      if (url !== undefined && isOffline && !isLocal(url)) requireOnline();
      return onStore('adopt', async ({ signal }) => {
        await atRest();
        await (url === undefined ? store.adoptFolder(folder ?? '', python, signal) : store.adoptUrl(url));
        return undefined;
      });
    },
    async goBack() {
      return onStore('goBack', async ({ signal }) => {
        await atRest();
        await store.goBack(signal);
        return undefined;
      });
    },
    cancel: async ({ taskId }: { readonly taskId: string }) => ({ changed: board.cancel(taskId) }),
    models: async (): Promise<ShownModel[]> => await showModels(modelPlaces(paths, known)),
    async pull({ ids, acceptsLicenses }: { readonly ids: readonly string[]; readonly acceptsLicenses: boolean }) {
      requireOnline();
      const hub = await options.hub();
      return { taskId: board.begin('pull', (tools) => pullAsTask({ ids, acceptsLicenses, places: modelPlaces(paths, known), hub }, tools)) };
    },
  };
  return {
    procedures,
    paths,
    access: switchable.access satisfies SidecarAccess,
    /** The server of the moment, for those who want to ask it what it can do. */
    addressNow,
    isRemote: () => known.current?.kind === 'external' || fixedUrl !== undefined,
    setOffline(next: boolean): void {
      isOffline = next;
      if (next) board.cancelFetching();
      server.forget();
      news.tell();
      void look();
    },
    /** Cancels what is under way, ends the process, and waits until it is gone. */
    async close(): Promise<void> {
      news.close();
      await board.close();
      await opened?.close();
    },
  };
}

/** Changes when another process has changed what is installed or what runs. */
function traceOf({ engineDir }: SidecarPaths): string {
  return ['current.json', 'op.json', 'run.json', 'engines'].map((name) => statSync(join(engineDir, name), { throwIfNoEntry: false })?.mtimeMs ?? 0).join(' ');
}
