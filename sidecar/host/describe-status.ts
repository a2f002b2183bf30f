/** What a user sees of the sidecar, from what is installed, what runs and what is being done. Pure. */
import type { z } from 'zod';
import type { sidecarStatusSchema } from '#core/contract/sidecar.ts';
import { isLoopbackHost } from '#core/lib/loopback.ts';
import type { ServerFacts } from '#sidecar/client/ask-server.ts';
import type { StoreStatus } from '#sidecar/provision/types.ts';
import type { EngineState } from '#sidecar/supervisor/states.ts';

export type SidecarStatus = z.infer<typeof sidecarStatusSchema>;

/** What is known at one moment. */
export interface SidecarFacts {
  readonly store: StoreStatus;
  /** A server that this start was told to use; what is installed does not matter then. */
  readonly fixedUrl?: string;
  /** Of our own process. */
  readonly engine?: EngineState;
  /** Another program of ours runs one. */
  readonly shared?: { readonly hostPid: number; readonly url: string | undefined };
  /** The last answer of the server in use, or why there is none. */
  readonly server?: { readonly facts: ServerFacts } | { readonly problem: string; readonly name?: string };
  readonly isInstalling: boolean;
  readonly isStoreBusy: boolean;
  readonly isOffline: boolean;
}

export function describeStatus(facts: SidecarFacts): SidecarStatus {
  const { store, fixedUrl, isStoreBusy } = facts;
  const { state, message, url, activity = null, problem = null } = judge(facts);
  const origin = originOf(facts);
  const installed = origin === 'managed' && store.current?.kind === 'managed' ? store.engines.find(({ id }) => store.current?.kind === 'managed' && id === store.current.engineId) : undefined;
  const server = facts.server && 'facts' in facts.server ? facts.server.facts : undefined;
  const device = server?.devices[0];
  return {
    state, message, origin, url, activity, problem,
    version: server?.version ?? installed?.comfyVersion ?? null,
    device: device?.name ?? installed?.selfTest.device ?? null,
    vramTotalBytes: device?.vramTotal ?? null,
    vramFreeBytes: device?.vramFree ?? null,
    folder: installed?.folder ?? (origin === 'adopted' && store.current?.kind === 'adopted' ? store.current.folder : null),
    sizeBytes: installed?.bytes ?? null,
    problems: fixedUrl === undefined ? [...store.problems, ...(store.interrupted && !isStoreBusy ? [`${OPERATIONS[store.interrupted.op]} was cut off. Begin it again: it goes on where it stopped.`] : [])] : [],
    canInstall: fixedUrl === undefined && !isStoreBusy && origin !== 'shared',
    canGoBack: fixedUrl === undefined && !isStoreBusy && origin !== 'shared' && store.previous !== undefined,
  };
}

const OPERATIONS = { install: 'An installation', repair: 'A repair', uninstall: 'A removal', bundle: 'A bundle' } as const;

function originOf({ store, fixedUrl, shared }: SidecarFacts): SidecarStatus['origin'] {
  if (fixedUrl !== undefined) return 'external';
  return shared ? 'shared' : (store.current?.kind ?? 'none');
}

/** Asking it does not leave this machine. */
export const isLocal = (url: string): boolean => URL.canParse(url) && isLoopbackHost(new URL(url).hostname);

type Judgement = Pick<SidecarStatus, 'state' | 'message' | 'url'> & Partial<Pick<SidecarStatus, 'activity' | 'problem'>>;

function judge(facts: SidecarFacts): Judgement {
  const { store, fixedUrl, shared, isInstalling, engine } = facts;
  if (isInstalling) return { state: 'installing', message: 'ComfyUI is being installed. Adverts are made without it meanwhile.', url: null };
  if (fixedUrl !== undefined) return judgeServer(fixedUrl, facts);
  if (shared) return { state: shared.url === undefined ? 'starting' : 'running', message: `Another window or terminal of this program (process ${shared.hostPid}) runs ComfyUI; it is used from here.`, url: shared.url ?? null };
  if (store.current === undefined) return { state: 'absent', message: 'No ComfyUI is set up. Backdrops and music are made by what is built in.', url: null };
  if (store.current.kind === 'external') return judgeServer(store.current.url, facts);
  return judgeEngine(engine ?? { name: 'stopped' });
}

function judgeServer(url: string, { server, isOffline }: SidecarFacts): Judgement {
  if (server === undefined) return { state: 'external', message: isOffline && !isLocal(url) ? 'Offline: this server is on another machine and is not asked.' : 'Asking the server …', url };
  return 'problem' in server ? { state: 'failed', message: server.problem, url, problem: server.name ?? null } : { state: 'external', message: 'Your server answers. It is used as it is, never started or stopped.', url };
}

function judgeEngine(state: EngineState): Judgement {
  const at = 'serving' in state ? `http://127.0.0.1:${state.serving.port}` : null;
  switch (state.name) {
    case 'stopped': return { state: 'stopped', message: 'ComfyUI is installed and starts by itself when an advert needs it.', url: null };
    case 'starting': return { state: 'starting', message: state.activity === '' ? 'ComfyUI is starting.' : `ComfyUI is starting: ${state.activity}`, url: null, activity: state.activity === '' ? null : state.activity };
    case 'ready': return { state: 'running', message: 'ComfyUI is ready.', url: at };
    case 'busy': return { state: 'busy', message: 'ComfyUI is working on a picture.', url: at };
    case 'degraded': return { state: 'busy', message: state.cause === 'unresponsive' ? 'ComfyUI does not answer at the moment; it may be loading a model.' : 'ComfyUI works; its messages do not come through, so it is asked instead.', url: at, problem: state.cause === 'unresponsive' ? 'ENGINE_SILENT' : 'ENGINE_UNHEARD' };
    case 'stopping': return { state: 'stopping', message: state.next === 'restart' ? 'ComfyUI is being started again.' : 'ComfyUI is being stopped.', url: null };
    case 'crashed': return { state: 'starting', message: `${state.problem.message} It is started again.`, url: null, problem: state.problem.code };
    case 'restarting': return { state: 'starting', message: `${state.problem.message} It is started again (try ${state.attempt}).`, url: null, problem: state.problem.code };
    case 'broken': return { state: 'failed', message: `${state.problem.message} ${state.problem.action}`, url: null, problem: state.problem.code };
    case 'external': return { state: 'external', message: 'Your server is used.', url: state.url };
  }
}
