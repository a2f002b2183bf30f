/** A scratch folder, a fault server and a download that tries again at once, for tests. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadFile } from '../download-file.ts';
import type { DownloadRequest, DownloadResult, Network } from '../types.ts';
import { startFaultServer } from './fault-server.ts';
import type { FaultServer } from './fault-server.ts';

/** No pauses between tries; a stall is noticed soon, but not before a busy machine had its chance. */
export const QUICK: Network = { proxyEnv: {}, stallMs: 20_000, tries: 3, retryFirstMs: 1 };

export interface DownloadFolder {
  readonly path: string;
  readonly partsDir: string;
  readonly server: FaultServer;
  at(name: string): string;
  /** Downloads `/file` to `name`, with the tests' rules. */
  get(change?: Partial<DownloadRequest>): Promise<DownloadResult>;
  /** Names in the parts folder. */
  parts(): Promise<string[]>;
  remove(): Promise<void>;
}

export async function makeDownloadFolder(): Promise<DownloadFolder> {
  const path = await mkdtemp(join(tmpdir(), 'download '));
  const server = await startFaultServer();
  const at = (name: string): string => join(path, name);
  const partsDir = at('parts');
  return {
    path, partsDir, server, at,
    get: (change) => downloadFile({ url: server.url('/file'), destination: at('file.bin'), partsDir, network: QUICK, reserveBytes: 0, signal: new AbortController().signal, ...change }),
    parts: async () => (await readdir(partsDir).catch(() => [])).sort(), // none when nothing was begun
    async remove() {
      await server.close();
      await rm(path, { recursive: true, force: true });
    },
  };
}

/** Random bytes with their hash. */
export function sample(bytes: number): { readonly content: Buffer; readonly sha256: string } {
  const content = randomBytes(bytes);
  return { content, sha256: sha256Of(content) };
}

export function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
