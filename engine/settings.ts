/**
 * What a user can set from outside: environment variables, read once at the start of a process. Keys are passed on to
 * their provider and never written down.
 */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { AdgenError } from '#core/contract/errors.ts';
import { findOnnxModel } from './cutout/onnx/find-model.ts';

export interface EngineSettings {
  readonly dataDir: string;
  /** A local cut-out model; without one the embedded method is used. */
  readonly onnxModelPath?: string;
  /** An OpenAI-compatible endpoint for planning. Missing = embedded planner only. */
  readonly planEndpoint?: { readonly baseUrl?: string; readonly apiKey?: string; readonly model: string; readonly timeoutMs?: number };
}

/** Folder that holds database and artifacts: `ADGEN_DATA`, else the system's place for application data. */
export function defaultDataDir(environment: NodeJS.ProcessEnv = process.env): string {
  if (environment['ADGEN_DATA']) return resolve(environment['ADGEN_DATA']);
  if (process.platform === 'win32') return join(environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'AdGen Studio');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'AdGen Studio');
  return join(environment['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'adgen-studio');
}

/** Reads the environment: `ADGEN_ONNX_MODEL` (else the first model in `<data>/models/cutout`), `OPENAI_API_KEY`, `ADGEN_LLM_URL`, `ADGEN_LLM_MODEL`, `ADGEN_LLM_TIMEOUT_S`. Throws BAD_INPUT. */
export async function readSettings(dataDir: string, environment: NodeJS.ProcessEnv = process.env): Promise<EngineSettings> {
  const onnxModelPath = environment['ADGEN_ONNX_MODEL'] || (await findOnnxModel(dataDir));
  const apiKey = environment['OPENAI_API_KEY'];
  const baseUrl = environment['ADGEN_LLM_URL'];
  const model = environment['ADGEN_LLM_MODEL'] ?? 'gpt-4o-mini';
  const timeoutMs = readTimeoutMs(environment['ADGEN_LLM_TIMEOUT_S']);
  return {
    dataDir: resolve(dataDir),
    ...(onnxModelPath ? { onnxModelPath } : {}),
    ...(apiKey || baseUrl ? { planEndpoint: { model, ...(timeoutMs ? { timeoutMs } : {}), ...(apiKey ? { apiKey } : {}), ...(baseUrl ? { baseUrl } : {}) } } : {}),
  };
}

function readTimeoutMs(text: string | undefined): number | undefined {
  if (!text) return undefined;
  const seconds = /^\d{1,3}(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (seconds > 0) return seconds * 1000;
  throw new AdgenError('BAD_INPUT', `ADGEN_LLM_TIMEOUT_S takes seconds, at most 999, not ${JSON.stringify(text.slice(0, 40))}.`);
}
