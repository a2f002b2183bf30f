/** How ComfyUI is started: which Python, which arguments. Pure. */
import { join } from 'node:path';
import { unpackedPath } from '#core/lib/unpacked-path.ts';
import { NONCE_FLAG } from '#sidecar/protocol/system.ts';
import { engineEnvironment } from './environment.ts';

/** An installed (or adopted) engine, as the installer knows it. */
export interface EngineSpec {
  /** Names the installation in `run.json`. */
  readonly engineId: string;
  readonly pythonPath: string;
  /** ComfyUI's main.py. */
  readonly mainPath: string;
  /** Its folder for models, input, output, temp, user. */
  readonly baseDir: string;
  /** A folder with an index.html, so that no frontend package is needed. */
  readonly frontEndDir?: string;
  /** Our own node pack, by folder name; all others stay switched off. */
  readonly ownNodes?: readonly string[];
  /** YAML files that name models elsewhere. */
  readonly modelPathFiles?: readonly string[];
  /** For the device: `--cpu`, `--cuda-device 1` … */
  readonly deviceFlags?: readonly string[];
  /** From `main.py --help`; an option that this version does not know is left out, because it would end the start. */
  readonly knownFlags?: ReadonlySet<string>;
  /** Where Python keeps what it compiles, so that nothing is written beside the sources. */
  readonly bytecodeDir?: string;
}

export interface EngineCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** The nonce that tells this process from every other. */
  readonly run: string;
}

const BOOT_PATH = unpackedPath(join(import.meta.dirname, '..', 'python', 'engine_boot.py'));

export function engineCommand(spec: EngineSpec, options: { run: string; flags: readonly string[]; stopGraceMs: number; env: Readonly<Record<string, string | undefined>> }): EngineCommand {
  const { run, flags, stopGraceMs, env } = options;
  const groups = [
    ['--listen', '127.0.0.1'],
    ['--port', '0'], // the system picks one, so that none can be taken
    ['--feature-flag', `${NONCE_FLAG}=${run}`],
    ['--base-directory', spec.baseDir],
    ...(spec.frontEndDir === undefined ? [] : [['--front-end-root', spec.frontEndDir]]),
    ['--database-url', 'sqlite:///:memory:'], // a file would break when an older engine is switched back to
    ['--disable-all-custom-nodes'],
    ...(spec.ownNodes?.length ? [['--whitelist-custom-nodes', ...spec.ownNodes]] : []),
    ['--disable-api-nodes'],
    ['--disable-metadata'], // adverts must not carry prompts and paths
    ['--disable-auto-launch'],
    ['--preview-method', 'auto'],
    ...(spec.modelPathFiles?.length ? [['--extra-model-paths-config', ...spec.modelPathFiles]] : []),
    ...flagGroups(spec.deviceFlags ?? []),
    ...flagGroups(flags),
  ];
  const known = groups.filter(([flag = '']) => spec.knownFlags?.has(flag) ?? true);
  return {
    file: spec.pythonPath,
    args: ['-s', BOOT_PATH, '--run', run, '--stop-grace', String(stopGraceMs / 1000), '--', spec.mainPath, ...known.flat()],
    cwd: spec.baseDir,
    env: { ...engineEnvironment(env, run), ...(spec.bytecodeDir === undefined ? {} : { PYTHONPYCACHEPREFIX: spec.bytecodeDir }) },
    run,
  };
}

/** `--a 1 --b` to [['--a', '1'], ['--b']]. */
function flagGroups(words: readonly string[]): string[][] {
  const groups: string[][] = [];
  for (const word of words) {
    if (word.startsWith('--') || groups.length === 0) groups.push([word]);
    else groups.at(-1)?.push(word);
  }
  return groups;
}
