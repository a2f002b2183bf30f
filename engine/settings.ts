/**
 * What a user can set from outside: environment variables, read once at the start of a process. Keys are passed on to
 * their provider and never written down.
 */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { findOnnxModel } from './cutout/onnx/find-model.ts';

export interface EngineSettings {
  readonly dataDir: string;
  /** A local cut-out model; without one the embedded method is used. */
  readonly onnxModelPath?: string;
  /** An OpenAI-compatible endpoint for planning. Missing = embedded planner only. */
  readonly planEndpoint?: { readonly baseUrl?: string; readonly apiKey?: string; readonly model: string };
}

/** Folder that holds database and artifacts: `ADGEN_DATA`, else the system's place for application data. */
export function defaultDataDir(environment: NodeJS.ProcessEnv = process.env): string {
  if (environment['ADGEN_DATA']) return resolve(environment['ADGEN_DATA']);
  if (process.platform === 'win32') return join(environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'AdGen Studio');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'AdGen Studio');
  return join(environment['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'adgen-studio');
}

/** Reads the environment: `ADGEN_ONNX_MODEL` (else the first model in `<data>/models/cutout`), `OPENAI_API_KEY`, `ADGEN_LLM_URL`, `ADGEN_LLM_MODEL`. */
export async function readSettings(dataDir: string, environment: NodeJS.ProcessEnv = process.env): Promise<EngineSettings> {
  const onnxModelPath = environment['ADGEN_ONNX_MODEL'] || (await findOnnxModel(dataDir));
  const apiKey = environment['OPENAI_API_KEY'];
  const baseUrl = environment['ADGEN_LLM_URL'];
  const model = environment['ADGEN_LLM_MODEL'] ?? 'gpt-4o-mini';
  return {
    dataDir: resolve(dataDir),
    ...(onnxModelPath ? { onnxModelPath } : {}),
    ...(apiKey || baseUrl ? { planEndpoint: { model, ...(apiKey ? { apiKey } : {}), ...(baseUrl ? { baseUrl } : {}) } } : {}),
  };
}
