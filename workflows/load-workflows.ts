/**
 * Reads workflow folders: ours, and one that the user drops folders into. A folder holds `workflow.json` (API format) and
 * `manifest.json`; a user's may do without the manifest. One bad folder never hides the others.
 */
import { createHash } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AdgenError } from '#core/contract/errors.ts';
import { MAX_GRAPH_BYTES, parseGraph, parseGraphText } from './graph.ts';
import type { Graph } from './graph.ts';
import { manifestSchema } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { manifestFromTitles } from './titles-to-manifest.ts';

export interface Workflow {
  readonly manifest: Manifest;
  readonly graph: Graph;
  readonly source: 'ours' | 'user';
  readonly folder: string;
  /** SHA-256 of graph and manifest, for cache keys and provenance. */
  readonly hash: string;
}

export interface LoadedWorkflows {
  readonly workflows: readonly Workflow[];
  /** One sentence per folder that could not be used. */
  readonly faults: readonly { readonly folder: string; readonly message: string }[];
}

/** Folders that are looked at in a user's folder; a whole disk dropped in by mistake must not be read. */
const MAX_FOLDERS = 500;

const OUR_FOLDER = import.meta.dirname;

/** All workflows, ours first, each source by id. A user's workflow never takes the id of one of ours. */
export async function loadWorkflows(userFolder?: string): Promise<LoadedWorkflows> {
  const ours = await loadFolder(OUR_FOLDER, 'ours');
  const users = userFolder === undefined ? { workflows: [], faults: [] } : await loadFolder(userFolder, 'user');
  const taken = new Set(ours.workflows.map(({ manifest }) => manifest.id));
  const faults = [...ours.faults, ...users.faults];
  const kept = users.workflows.filter(({ manifest, folder }) => {
    const isFree = !taken.has(manifest.id);
    if (!isFree) faults.push({ folder, message: `The id "${manifest.id}" is in use already; give this workflow another one in its manifest.json.` });
    taken.add(manifest.id);
    return isFree;
  });
  return { workflows: [...ours.workflows, ...kept], faults };
}

async function loadFolder(folder: string, source: Workflow['source']): Promise<LoadedWorkflows> {
  const workflows: Workflow[] = [];
  const faults: { folder: string; message: string }[] = [];
  for (const name of await subfolders(folder, faults)) {
    const place = join(folder, name);
    try {
      const workflow = await loadWorkflow(place, name, source);
      if (workflow) workflows.push(workflow);
    } catch (error) {
      faults.push({ folder: place, message: error instanceof AdgenError ? error.message : `${place} cannot be read (${(error as Error).message}); check its permissions.` });
    }
  }
  return { workflows, faults };
}

async function subfolders(folder: string, faults: { folder: string; message: string }[]): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const names = entries.filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('.')).map((entry) => entry.name).sort();
    if (names.length > MAX_FOLDERS) faults.push({ folder, message: `${folder} holds ${names.length} folders; only the first ${MAX_FOLDERS} are read, so move the others away.` });
    return names.slice(0, MAX_FOLDERS);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') faults.push({ folder, message: `${folder} cannot be read (${(error as Error).message}); check its permissions.` });
    return [];
  }
}

async function loadWorkflow(folder: string, name: string, source: Workflow['source']): Promise<Workflow | undefined> {
  const graphFile = join(folder, 'workflow.json');
  const graphText = await readLimited(graphFile);
  // A folder without a graph is none of ours.
  if (graphText === undefined) return undefined;
  const graph = parseGraph(parseGraphText(graphText, graphFile), graphFile);
  const manifestFile = join(folder, 'manifest.json');
  const manifestText = await readLimited(manifestFile);
  const manifest = manifestText === undefined ? manifestFromTitles(graph, idFrom(name), name) : parseManifest(parseGraphText(manifestText, manifestFile), manifestFile);
  const hash = createHash('sha256').update(JSON.stringify([graph, manifest])).digest('hex');
  return { manifest, graph, source, folder, hash };
}

async function readLimited(file: string): Promise<string | undefined> {
  try {
    const { size } = await stat(file);
    if (size > MAX_GRAPH_BYTES) throw new AdgenError('BAD_INPUT', `${file} is larger than ${MAX_GRAPH_BYTES / 1_000_000} MB; take embedded images and data out of the workflow.`);
    return await readFile(file, 'utf8');
  } catch (error) {
    // A file in the place of a folder is as good as no folder.
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

function parseManifest(value: unknown, file: string): Manifest {
  const result = manifestSchema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new AdgenError('BAD_INPUT', `${file} is not a manifest: ${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'unreadable'}. Correct it.`);
}

function idFrom(name: string): string {
  const id = name.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 70);
  // A name without a latin letter still gets an id of its own.
  return id === '' ? `workflow-${createHash('sha256').update(name).digest('hex').slice(0, 12)}` : `user-${id}`;
}
