/** Whether the engine in use is there, whole, able to compute, and answering. */
import { AdgenError } from '#core/contract/errors.ts';
import type { SelfTestResult, StoreStatus } from '#sidecar/provision/types.ts';
import { verifyEngine } from '#sidecar/provision/verify-engine.ts';
import type { Finding } from '../../view/findings.ts';
import type { RunningReport } from '../report-running.ts';
import { sayCurrent, sayInterrupted, sayServer } from '../say-engine.ts';

/** So many damaged files are named. */
const MOST_NAMED = 3;

export function statusFindings(status: StoreStatus): Finding[] {
  const { current, engines, interrupted, problems } = status;
  const engine: Finding = current === undefined
    ? { name: 'engine', state: 'problem', detail: 'None is installed. "adgen sidecar install" installs one; "adgen sidecar adopt" takes your own ComfyUI.' }
    : { name: 'engine', state: 'ok', detail: sayCurrent(current, engines) };
  return [
    engine,
    ...(interrupted ? [{ name: 'engine', state: 'problem', detail: `${sayInterrupted(interrupted)}. "adgen sidecar ${interrupted.op}" goes on there.` } as const] : []),
    ...problems.map((detail): Finding => ({ name: 'engine', state: 'problem', detail })),
  ];
}

/** Compares the files of a managed engine with its lock: sizes, or every hash. Others have no lock of ours. */
export async function fileFindings({ current, engines }: StoreStatus, options: { readonly engineDir: string; readonly isDeep: boolean; readonly signal: AbortSignal; onProgress(fraction: number): void }): Promise<Finding[]> {
  const isWhole = current?.kind === 'managed' && engines.some(({ id }) => id === current.engineId); // else it is one of the problems of the status
  if (!isWhole) return [];
  const { engineDir: folder, ...rest } = options;
  const damages = await verifyEngine({ folder, engineId: current.engineId, ...rest });
  if (damages.length === 0) return [{ name: 'engine files', state: 'ok', detail: `as they were installed (compared ${options.isDeep ? 'hash by hash' : 'by size; --deep compares every hash'})` }];
  const named = damages.slice(0, MOST_NAMED).map(({ path, what }) => `${path} (${what})`).join(', ');
  return [{ name: 'engine files', state: 'problem', detail: `${damages.length} are damaged: ${named}${damages.length > MOST_NAMED ? ' …' : ''}. "adgen sidecar repair" restores them.` }];
}

export function selfTestFinding({ outcome, detail, device, torch }: SelfTestResult): Finding {
  const where = [device, torch === undefined ? undefined : `PyTorch ${torch}`].filter((part) => part !== undefined).join(', ');
  if (outcome === 'ok') return { name: 'self-test', state: 'ok', detail: `it computes right${where === '' ? '' : ` (${where})`}` };
  return { name: 'self-test', state: 'problem', detail: `${detail}${outcome === 'inconclusive' ? ' Nothing is known about whether it computes.' : ''}` };
}

export function serverFinding(running: RunningReport): Finding {
  const { state, url = '', server, problem } = running;
  switch (state) {
    case 'none': return { name: 'server', state: 'note', detail: 'not running; it is started when it is needed, or by "adgen sidecar start"' };
    case 'starting': return { name: 'server', state: 'note', detail: 'it is starting' };
    case 'leftover': return { name: 'server', state: 'problem', detail: 'A process is left over of an adgen that was killed. "adgen sidecar stop" ends it.' };
    case 'not-answering': return { name: 'server', state: 'problem', detail: `${problem} "adgen sidecar logs" may say why.` };
    case 'ready': case 'external': return server ? { name: 'server', state: 'ok', detail: `${url}: ${sayServer(server)}` } : { name: 'server', state: 'problem', detail: problem ?? `${url} does not answer.` };
  }
}

/** One examination that fails in a sentence does not hide the others. */
export async function findingsOf(name: string, work: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AdgenError)) throw error;
    return [{ name, state: 'problem', detail: error.message }];
  }
}
