/** A look at a server: who it is, what it computes on, and which workflows it could run now. */
import { loadCatalogue } from '#sidecar/models/catalogue.ts';
import type { ComfyClient } from '#sidecar/client/comfy-types.ts';
import { engineError, reasonOf } from '#sidecar/protocol/failures.ts';
import type { EngineDevice, EngineIdentity } from '#sidecar/protocol/system.ts';
import { checkWorkflow } from '#workflows/check-workflow.ts';
import type { WorkflowReport } from '#workflows/checking/report.ts';
import { loadWorkflows } from '#workflows/load-workflows.ts';
import type { Workflow } from '#workflows/load-workflows.ts';
import { isObjectInfo } from '#workflows/object-info.ts';
import type { Session } from './sessions.ts';

export interface CheckedWorkflow {
  readonly workflow: Workflow;
  readonly report: WorkflowReport;
}

/** What a look at the server found. */
export interface StationView {
  readonly identity: EngineIdentity;
  /** The device it computes on. */
  readonly device: EngineDevice | undefined;
  readonly workflows: readonly CheckedWorkflow[];
  /** The server can decode images in tiles, when memory is short. */
  readonly hasTiledDecoder: boolean;
}

export interface ViewOptions {
  /** Folder with the user's own workflows. */
  readonly workflowsDir?: string;
  /** Ends all looks. */
  readonly signal: AbortSignal;
  readonly readyMs: number;
  now(): number;
}

/** A user may add models at any time. */
const VIEW_MS = 60_000;
/** An answer may be cut on its way; a second one that is cut is no accident. */
const ATTEMPTS = 2;

/** Looks at the server of a session. A view is renewed now and then; one that cannot be had does not take the last one away, for a busy server may be slow to answer. */
export function createViews(options: ViewOptions): (session: Session) => Promise<StationView> {
  const views = new WeakMap<Session, { readonly view: StationView; readonly atMs: number }>();
  const looks = new WeakMap<Session, Promise<StationView>>();

  const look = async (session: Session): Promise<StationView> => {
    const last = views.get(session);
    const view = await examine(session, options).catch((error: unknown) => {
      if (last === undefined || options.signal.aborted) throw error;
      return last.view;
    });
    views.set(session, { view, atMs: options.now() });
    return view;
  };

  return async (session) => {
    const last = views.get(session);
    if (last && options.now() - last.atMs < VIEW_MS) return last.view;
    const looking = looks.get(session) ?? look(session).finally(() => looks.delete(session));
    looks.set(session, looking);
    return await looking;
  };
}

async function examine(session: Session, options: ViewOptions, attempt = 1): Promise<StationView> {
  const { client } = session;
  try {
    const identity = await untilReady(session, options);
    const [objectInfo, { workflows }] = await Promise.all([client.objectInfo(options.signal), loadWorkflows(options.workflowsDir)]);
    return describe(identity, objectInfo, workflows);
  } catch (error) {
    if (reasonOf(error) !== 'BAD_ANSWER' || attempt >= ATTEMPTS) throw error;
    return await examine(session, options, attempt + 1);
  }
}

/** Jobs wait long for a server that they were sent to; whoever only asks what there is does not. */
async function untilReady({ client, url }: Session, { signal, readyMs }: ViewOptions): Promise<EngineIdentity> {
  const limit = AbortSignal.timeout(readyMs);
  try {
    return await client.ready(AbortSignal.any([signal, limit]));
  } catch (error) {
    if (!limit.aborted || signal.aborted) throw error;
    throw engineError('ENGINE_UNREACHABLE', `${url} did not answer within ${readyMs / 1000} s.`, { cause: error });
  }
}

function describe(identity: EngineIdentity, objectInfo: Awaited<ReturnType<ComfyClient['objectInfo']>>, workflows: readonly Workflow[]): StationView {
  if (!isObjectInfo(objectInfo)) throw engineError('BAD_ANSWER', 'The engine did not tell which nodes it has.');
  const models = loadCatalogue();
  return {
    identity,
    device: identity.devices.find(({ type }) => type !== 'cpu') ?? identity.devices[0],
    workflows: workflows.map((workflow) => ({ workflow, report: checkWorkflow(workflow.graph, { objectInfo, manifest: workflow.manifest, models, serverVersion: identity.version }) })),
    hasTiledDecoder: Object.hasOwn(objectInfo, 'VAEDecodeTiled'),
  };
}
