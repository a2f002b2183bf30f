/** The few questions that the supervisor asks a server; each with a limit in time and size, and an answer for everything. */
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { z } from 'zod';
import { objectInfoSchema } from '#sidecar/protocol/object-info.ts';
import { NONCE_FLAG } from '#sidecar/protocol/system.ts';

export type JsonAnswer =
  | { readonly kind: 'json'; readonly value: unknown }
  /** It answers, but not what was asked for. */
  | { readonly kind: 'other' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'timeout' };

/** 633 nodes are 0.74 MB; choices of thousands of models come on top. */
const MAX_BYTES = 64 * 1024 * 1024;

const argvSchema = z.object({ system: z.object({ argv: z.array(z.string()) }) });

export interface EngineHttp {
  identity(port: number): Promise<'ours' | 'foreign' | 'none'>;
  objectInfo(port: number): Promise<'ok' | 'unreadable' | 'none'>;
  probe(port: number): Promise<'ok' | 'refused' | 'timeout' | 'foreign'>;
  probeUrl(url: string): Promise<'ok' | 'refused' | 'timeout' | 'foreign'>;
  free(port: number): Promise<void>;
}

/** `markInArgv`: an argument of ours by which engines without `--feature-flag` are known. */
export function createEngineHttp(options: { run: string; httpMs: number; objectInfoMs: number; markInArgv?: string }): EngineHttp {
  const { run, httpMs, objectInfoMs, markInArgv } = options;
  const local = (port: number, path: string): string => `http://127.0.0.1:${port}${path}`;
  const identity = async (port: number): Promise<'ours' | 'foreign' | 'refused' | 'timeout'> => {
    const answer = await askJson(local(port, markInArgv === undefined ? '/features' : '/system_stats'), httpMs);
    if (answer.kind === 'refused' || answer.kind === 'timeout') return answer.kind;
    if (answer.kind === 'other') return 'foreign';
    if (markInArgv !== undefined) return argvSchema.safeParse(answer.value).data?.system.argv.includes(markInArgv) ? 'ours' : 'foreign';
    return (answer.value as Record<string, unknown> | null)?.[NONCE_FLAG] === run ? 'ours' : 'foreign';
  };
  return {
    async identity(port) {
      const answer = await identity(port);
      return answer === 'refused' || answer === 'timeout' ? 'none' : answer;
    },
    async objectInfo(port) {
      const answer = await askJson(local(port, '/object_info'), objectInfoMs);
      if (answer.kind === 'refused' || answer.kind === 'timeout') return 'none';
      if (answer.kind === 'other') return 'unreadable';
      return objectInfoSchema.safeParse(answer.value).success ? 'ok' : 'unreadable';
    },
    async probe(port) {
      const answer = await identity(port);
      return answer === 'ours' ? 'ok' : answer;
    },
    async probeUrl(url) {
      const answer = await askJson(`${url.replace(/\/+$/, '')}/system_stats`, httpMs);
      if (answer.kind === 'refused' || answer.kind === 'timeout') return answer.kind;
      return answer.kind === 'json' && argvSchema.safeParse(answer.value).success ? 'ok' : 'foreign';
    },
    async free(port) {
      await askJson(local(port, '/free'), httpMs, { unload_models: true, free_memory: true });
    },
  };
}

/** GET, or POST when there is a body. No proxy, no kept connection, no redirect. Never throws. */
export function askJson(url: string, timeoutMs: number, body?: unknown): Promise<JsonAnswer> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const fail = (error: Error): void => resolve({ kind: signal.aborted ? 'timeout' : isNoConnection(error) ? 'refused' : 'other' });
    const ask = url.startsWith('https:') ? requestHttps : requestHttp;
    try {
      const request = ask(url, { method: body === undefined ? 'GET' : 'POST', signal, agent: false, headers: { accept: 'application/json', 'content-type': 'application/json' } }, (response) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on('error', fail);
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > MAX_BYTES) response.destroy(new Error('too large'));
          else chunks.push(chunk);
        });
        response.on('end', () => resolve(response.statusCode === 200 ? parse(Buffer.concat(chunks).toString('utf8')) : { kind: 'other' }));
      });
      request.on('error', fail);
      request.end(body === undefined ? undefined : JSON.stringify(body));
    } catch {
      resolve({ kind: 'other' }); // not an address at all
    }
  });
}

function parse(text: string): JsonAnswer {
  try {
    return { kind: 'json', value: JSON.parse(text) };
  } catch {
    return { kind: 'other' };
  }
}

const isNoConnection = (error: Error): boolean => ['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EPIPE'].includes((error as NodeJS.ErrnoException).code ?? '');
