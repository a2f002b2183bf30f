/** Brings a finished job's files here: streamed into a `.part`, looked at by the caller, and only then under their names. */
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AdgenError } from '#core/contract/errors.ts';
import { engineError } from '#sidecar/protocol/failures.ts';
import type { OutputFile, OutputKind } from '#sidecar/protocol/outputs.ts';
import { unreachable } from './http.ts';
import type { EngineHttp } from './http.ts';

export interface CollectedFile {
  readonly nodeId: string;
  readonly kind: OutputKind;
  readonly path: string;
  readonly bytes: number;
}

export interface CollectOptions {
  readonly folder: string;
  readonly mostBytes: number;
  /** A transfer that stands still for this long is given up. */
  readonly idleMs: number;
  readonly signal: AbortSignal;
  /** Throws when the file is not what it should be. */
  readonly verify?: (file: CollectedFile) => Promise<void>;
}

/** All or nothing as far as the caller is concerned: it hears of files only when every one is good. */
export async function collectFiles(http: EngineHttp, outputs: readonly OutputFile[], options: CollectOptions): Promise<CollectedFile[]> {
  await mkdir(options.folder, { recursive: true });
  const collected: CollectedFile[] = [];
  let left = options.mostBytes;
  for (const output of outputs) {
    const file = await collectFile(http, output, { ...options, mostBytes: left });
    left -= file.bytes;
    collected.push(file);
  }
  return collected;
}

async function collectFile(http: EngineHttp, output: OutputFile, options: CollectOptions): Promise<CollectedFile> {
  const path = join(options.folder, `${safe(output.nodeId)}-${safe(output.filename)}`);
  const part = `${path}.part`;
  try {
    const bytes = await download(http, output, part, options);
    const file = { nodeId: output.nodeId, kind: output.kind, path: part, bytes };
    if (options.verify) await verify(options.verify, file, output.filename);
    await rename(part, path);
    return { ...file, path };
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function verify(check: (file: CollectedFile) => Promise<void>, file: CollectedFile, name: string): Promise<void> {
  try {
    await check(file);
  } catch (error) {
    throw engineError('RESULT_BROKEN', `The engine's file ${name} is damaged.`, { cause: error });
  }
}

async function download(http: EngineHttp, output: OutputFile, part: string, { mostBytes, idleMs, signal }: CollectOptions): Promise<number> {
  const query = new URLSearchParams({ filename: output.filename, subfolder: output.subfolder, type: output.type });
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(), idleMs);
  const target = await openPart(part);
  try {
    const response = await fetch(http.url(`api/view?${query.toString()}`), { redirect: 'manual', signal: AbortSignal.any([signal, stalled.signal]) });
    if (response.status === 404) throw engineError('RESULT_GONE', `The engine no longer has the file ${output.filename}.`);
    if (response.status !== 200) throw engineError('BAD_ANSWER', `The engine answered a request for ${output.filename} with status ${response.status}.`);
    let bytes = 0;
    for await (const chunk of response.body ?? []) {
      timer.refresh();
      bytes += chunk.byteLength;
      if (bytes > mostBytes) throw engineError('RESULT_TOO_LARGE', `The engine's file ${output.filename} is larger than the ${Math.round(mostBytes / 1e6)} MB that are allowed.`);
      await target.writeFile(chunk);
    }
    if (bytes === 0) throw engineError('RESULT_BROKEN', `The engine's file ${output.filename} is empty.`);
    await target.sync();
    return bytes;
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof AdgenError ? error : (diskError(error, part) ?? unreachable(http.baseUrl, error, stalled.signal.aborted ? idleMs : undefined));
  } finally {
    clearTimeout(timer);
    await target.close();
  }
}

async function openPart(part: string) {
  try {
    return await open(part, 'w');
  } catch (error) {
    throw diskError(error, part) ?? error;
  }
}

function diskError(error: unknown, path: string): AdgenError | undefined {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new AdgenError('DISK_FULL', `There is no space left for ${path}. Make room, then try again.`, { cause: error });
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return new AdgenError('READ_ONLY', `${path} cannot be written. Choose another folder.`, { cause: error });
  return undefined;
}

/** Names from a server never become paths. */
function safe(name: string): string {
  return name.replaceAll(/[^\w.-]/g, '_').replaceAll(/^\.+/g, '_').slice(-120);
}
