/** The environment of the engine's process: nothing that bends its Python, no telemetry, no downloads, loopback without a proxy. */
export const RUN_VARIABLE = 'ADGEN_ENGINE_RUN';

const DROPPED = /^(?:PYTHON\w+|VIRTUAL_ENV\w*|CONDA_\w+|_CE_CONDA|_CE_M|PIP_\w+|UV_\w+|PYENV_\w+|PIPENV_\w+|POETRY_\w+|NODE_OPTIONS|NODE_CHANNEL_FD|ELECTRON_\w+|__PYVENV_LAUNCHER__)$/i;

const SET: Readonly<Record<string, string>> = {
  PYTHONUTF8: '1', // Windows' code pages, and paths with any letter
  PYTHONUNBUFFERED: '1',
  PYTHONNOUSERSITE: '1',
  HF_HUB_OFFLINE: '1',
  TRANSFORMERS_OFFLINE: '1',
  HF_HUB_DISABLE_TELEMETRY: '1',
  DO_NOT_TRACK: '1',
};
const LOOPBACK = ['127.0.0.1', 'localhost', '::1'];

/** `run` marks the process and all that it starts, so that what is left of it can be found. */
export function engineEnvironment(env: Readonly<Record<string, string | undefined>>, run: string): Record<string, string> {
  const kept = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && !DROPPED.test(entry[0]) && !/^no_proxy$/i.test(entry[0]));
  const direct = Object.entries(env).filter(([name]) => /^no_proxy$/i.test(name)).flatMap(([, value]) => value?.split(',') ?? []).map((host) => host.trim());
  const noProxy = [...new Set([...LOOPBACK, ...direct.filter((host) => host !== '')])].join(',');
  return { ...Object.fromEntries(kept), ...SET, NO_PROXY: noProxy, no_proxy: noProxy, [RUN_VARIABLE]: run };
}
