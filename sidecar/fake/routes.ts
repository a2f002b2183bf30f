/** The fake server's routes: which request is answered how. Faults of the transport are added by the server around it. */
import { readFile, readdir, writeFile, mkdir } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { graphSchema } from '#sidecar/protocol/graph.ts';
import { NONCE_FLAG } from '#sidecar/protocol/system.ts';
import { compareVersions, parseVersion } from '#sidecar/protocol/version.ts';
import type { Faults } from './faults.ts';
import { tellEndedJob, tellHistory, tellJob, tellQueued } from './records.ts';
import type { Folders } from './saving.ts';
import { tellObjectInfo } from './signatures.ts';
import type { Signatures } from './signatures.ts';
import { validatePrompt } from './validate.ts';
import type { Complaint } from './validate.ts';
import type { FakeWorker } from './worker.ts';

export interface Answer {
  readonly status: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly bytes?: Buffer;
  /** The request was carried out, but nobody will hear of it. */
  readonly isLost?: boolean;
}

export interface RouteContext {
  readonly version: string;
  readonly nonce?: string;
  readonly argv: readonly string[];
  readonly signatures: Signatures;
  readonly folders: Folders;
  readonly faults: Faults;
  readonly worker: FakeWorker;
  nextNumber(): number;
  onFree(): void;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const NOT_FOUND: Answer = { status: 404, text: '404: Not Found' };
const EMPTY: Answer = { status: 200, text: '' };

/** `read`: the body, as a Request so that forms can be read. */
export async function answer(context: RouteContext, method: string, url: URL, read: Request): Promise<Answer> {
  const path = url.pathname.replace(/^\/api(?=\/(?!jobs))/, '');
  const [, first = '', second] = path.split('/');
  if (path.startsWith('/api/jobs')) return await answerJobs(context, method, path, url);
  switch (`${method} /${first}`) {
    case 'GET /system_stats': return { status: 200, json: tellSystem(context) };
    case 'GET /features': return { status: 200, json: { supports_preview_metadata: true, max_upload_size: 104_857_600, ...(context.nonce === undefined ? {} : { [NONCE_FLAG]: context.faults.take('wrong-nonce') ? 'somebody-else' : context.nonce }) } };
    case 'GET /object_info': return await tellNodes(context, second);
    case 'GET /prompt': return { status: 200, json: { exec_info: { queue_remaining: context.worker.remaining() } } };
    case 'POST /prompt': return await takePrompt(context, read);
    case 'GET /queue': return { status: 200, json: { queue_running: [context.worker.running()].flatMap((it) => (it ? [tellQueued(it)] : [])), queue_pending: context.worker.pending.map(tellQueued) } };
    case 'POST /queue': return editQueue(context, await readJson(read));
    case 'POST /interrupt': return interrupt(context, await readJson(read));
    case 'GET /history': return tellHistories(context, second, url);
    case 'POST /history': return editHistory(context, await readJson(read));
    case 'GET /view': return await view(context, url);
    case 'POST /upload': return await upload(context, read);
    case 'POST /free': context.onFree(); return EMPTY;
    default: return NOT_FOUND;
  }
}

function tellSystem({ version, argv }: RouteContext): unknown {
  const gb = 1024 ** 3;
  return {
    system: { os: 'linux', ram_total: 32 * gb, ram_free: 20 * gb, comfyui_version: version, required_frontend_version: '0', python_version: '3.13.0', pytorch_version: '2.13.0', embedded_python: false, argv: ['main.py', ...argv] },
    devices: [{ name: 'cuda:0 Fake', type: 'cuda', index: 0, vram_total: 12 * gb, vram_free: 11 * gb, torch_vram_total: 0, torch_vram_free: 0 }],
  };
}

async function tellNodes({ signatures, folders }: RouteContext, name: string | undefined): Promise<Answer> {
  const all = tellObjectInfo(signatures, await listInputs(folders));
  if (name === undefined) return { status: 200, json: all };
  const wanted = decodeURIComponent(name);
  return { status: 200, json: wanted in all ? { [wanted]: all[wanted] } : {} };
}

async function takePrompt(context: RouteContext, read: Request): Promise<Answer> {
  const { faults, worker } = context;
  const body = await readJson(read);
  if (body === undefined) return { status: 500, text: '<html><head><title>500 Internal Server Error</title></head></html>' };
  const graph = graphSchema.safeParse(body['prompt']);
  if (!graph.success) return refuse('no_prompt', 'No prompt provided');
  const promptId = body['prompt_id'] ?? crypto.randomUUID();
  if (typeof promptId !== 'string' || !UUID.test(promptId)) return refuse('invalid_prompt_id', 'prompt_id must be a canonical UUID');
  const verdict = validatePrompt(graph.data, context.signatures, await listInputs(context.folders));
  if (!verdict.isValid) return { status: 400, json: { error: isBefore(context.version, '0.14.0') ? tellInOldWords(verdict.error) : verdict.error, node_errors: verdict.nodeErrors } };
  const number = context.nextNumber();
  const prompt = {
    number: body['front'] === true ? -number : number, promptId, graph: graph.data, outputs: verdict.outputs, createMs: Date.now(),
    extraData: (body['extra_data'] as Record<string, unknown> | undefined) ?? {}, clientId: typeof body['client_id'] === 'string' ? body['client_id'] : undefined,
  };
  worker.enqueue(prompt);
  if (faults.take('duplicate')) worker.enqueue(prompt);
  const nodeErrors = faults.take('node-errors') ? { fake: { errors: [{ type: 'value_not_in_list', message: 'Value not in list', details: '', extra_info: { input_name: 'method' } }], dependent_outputs: ['fake'], class_type: 'SaveImage' } } : verdict.nodeErrors;
  return { status: 200, json: { prompt_id: promptId, number, node_errors: nodeErrors }, isLost: faults.take('lose-reply') };
}

/** 0.3.64 spoke so, 0.28 does not; the version between is where nodes began to be replaced. */
function tellInOldWords(error: Complaint): Complaint {
  return error.type === 'missing_node_type' ? { ...error, type: 'invalid_prompt', message: `Cannot execute because node ${String(error.extra_info['class_type'])} does not exist.`, extra_info: {} } : error;
}

function refuse(type: string, message: string): Answer {
  return { status: 400, json: { error: { type, message, details: message, extra_info: {} }, node_errors: {} } };
}

function editQueue({ worker }: RouteContext, body: Record<string, unknown> | undefined): Answer {
  const ids = Array.isArray(body?.['delete']) ? (body['delete'] as unknown[]) : [];
  worker.removePending((prompt) => body?.['clear'] === true || ids.includes(prompt.promptId));
  return EMPTY;
}

function interrupt({ worker }: RouteContext, body: Record<string, unknown> | undefined): Answer {
  worker.interrupt(typeof body?.['prompt_id'] === 'string' ? body['prompt_id'] : undefined);
  return EMPTY;
}

function tellHistories({ worker }: RouteContext, id: string | undefined, url: URL): Answer {
  const most = Number(url.searchParams.get('max_items') ?? 10_000);
  const entries = [...worker.history].filter(([promptId]) => id === undefined || promptId === id).slice(-most);
  return { status: 200, json: Object.fromEntries(entries.map(([promptId, entry]) => [promptId, tellHistory(entry)])) };
}

function editHistory({ worker }: RouteContext, body: Record<string, unknown> | undefined): Answer {
  worker.forget(body?.['clear'] === true ? undefined : ((body?.['delete'] as string[] | undefined) ?? []));
  return EMPTY;
}

/** The jobs API came with 0.6, its cancel with 0.26. */
async function answerJobs({ version, worker, faults }: RouteContext, method: string, path: string, url: URL): Promise<Answer> {
  if (isBefore(version, '0.6.0')) return NOT_FOUND;
  const [, , , id, action] = path.split('/');
  const knowsCanceled = !isBefore(version, '0.9.0');
  const ended = [...worker.history.values()].map((entry) => tellEndedJob(entry, knowsCanceled));
  const jobs = [...ended, ...[worker.running()].flatMap((it) => (it ? [tellJob(it, 'in_progress')] : [])), ...worker.pending.map((it) => tellJob(it, 'pending'))];
  if (id === undefined) {
    const statuses = url.searchParams.get('status')?.split(',');
    const wanted = jobs.filter((job) => statuses?.includes(String(job['status'])) ?? true);
    return { status: 200, json: { jobs: wanted, pagination: { offset: 0, limit: null, total: wanted.length, has_more: false } } };
  }
  if (method === 'POST' && action === 'cancel') {
    if (isBefore(version, '0.26.0')) return NOT_FOUND;
    if (!UUID.test(id)) return { status: 400, json: { error: 'Invalid job id' } };
    const isRemoved = worker.removePending((prompt) => prompt.promptId === id) > 0;
    return { status: 200, json: { cancelled: worker.interrupt(id) || isRemoved } };
  }
  const job = jobs.find((it) => it['id'] === id);
  return job === undefined || faults.take('jobs-404') ? { status: 404, json: { error: 'Job not found' } } : { status: 200, json: job };
}

async function view({ folders, faults }: RouteContext, url: URL): Promise<Answer> {
  const type = url.searchParams.get('type') ?? 'output';
  const root = type === 'input' || type === 'temp' ? folders[type] : folders.output;
  const path = resolve(root, url.searchParams.get('subfolder') ?? '', url.searchParams.get('filename') ?? '');
  if (!path.startsWith(resolve(root) + sep)) return { status: 403, text: '403: Forbidden' };
  if (faults.take('file-gone')) return NOT_FOUND;
  return await readFile(path).then((bytes): Answer => ({ status: 200, bytes: faults.take('short-file') ? bytes.subarray(0, bytes.length >> 1) : bytes }), () => NOT_FOUND);
}

async function upload({ folders }: RouteContext, read: Request): Promise<Answer> {
  const form = await read.formData();
  const file = form.get('image');
  if (!(file instanceof File)) return { status: 400, text: '' };
  const subfolder = String(form.get('subfolder') ?? '');
  const path = resolve(folders.input, subfolder, file.name);
  if (!path.startsWith(resolve(folders.input) + sep)) return { status: 400, text: '' };
  await mkdir(resolve(path, '..'), { recursive: true });
  await writeFile(path, Buffer.from(await file.arrayBuffer()));
  return { status: 200, json: { name: file.name, subfolder, type: 'input' } };
}

async function listInputs({ input }: Folders): Promise<string[]> {
  const entries = await readdir(input, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(input, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

async function readJson(read: Request): Promise<Record<string, unknown> | undefined> {
  try {
    return (await read.json()) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function isBefore(version: string, other: string): boolean {
  const [a, b] = [parseVersion(version), parseVersion(other)];
  return a !== undefined && b !== undefined && compareVersions(a, b) < 0;
}
