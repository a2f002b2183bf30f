/**
 * Installs with the network: what is pinned is fetched with our own downloads (resumed, hashed, through the proxy) and handed to uv,
 * which then only has to fetch what the lock could not name. Every archive is checked before anything of it is used.
 */
import { createHash } from 'node:crypto';
import { chmod, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AdgenError } from '#core/contract/errors.ts';
import { downloadFile } from '../download/download-file.ts';
import type { DownloadRequest, Network } from '../download/types.ts';
import { chooseVariant } from '../hardware/choose-variant.ts';
import { lookAtMachine } from '../hardware/look-at-machine.ts';
import { platformOf, systemFacts } from '../hardware/platform.ts';
import { makeFolder } from '../make-folder.ts';
import { lockFor } from '../packages/lock-index.ts';
import type { EngineLock } from '../packages/lock-index.ts';
import { runUv } from '../packages/run-uv.ts';
import { createEnvironmentCommand, installPackagesCommand, installPythonCommand } from '../packages/uv-command.ts';
import type { UvCommand, UvSetting } from '../packages/uv-command.ts';
import { checkComfySource, loadEngineRelease } from '../release/engine-release.ts';
import type { EngineRelease } from '../release/engine-release.ts';
import { renamePatiently } from '../rename-patiently.ts';
import { runSelfTest } from '../self-test/run-self-test.ts';
import type { Hardware, Platform, Variant } from '../types.ts';
import type { DeedContext, EnginePlan, InstallPlaces, InstallTools } from './install-tools.ts';
import { openZip } from './read-zip.ts';
import { storeError } from './store-errors.ts';
import { pythonIn } from './store-paths.ts';
import { unpackSource } from './unpack-source.ts';

export interface FetchingOptions {
  /** What is installed; the pinned release and its locks unless a test or a mirror says otherwise. */
  readonly release?: EngineRelease;
  lockFor?(platform: Platform, variant: Variant): EngineLock;
  look?(): Promise<Hardware>;
  /** In place of the self-test's own program. */
  readonly selfTestScript?: string;
  readonly network?: Network;
  readonly reserveBytes?: number;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Wheels under way at once; more has made slow and filtered networks fail. */
const PARALLEL = 2;

export function fetchingTools(options: FetchingOptions): InstallTools {
  const { release = loadEngineRelease(), lockFor: findLock = lockFor, look = lookAtMachine, env = process.env } = options;
  const { comfyui, python, uv } = release;
  const fetch = (request: Pick<DownloadRequest, 'url' | 'destination' | 'sha256' | 'bytes' | 'onProgress' | 'verify'>, places: InstallPlaces, signal: AbortSignal) =>
    downloadFile({ ...request, partsDir: join(places.downloads, 'parts'), network: options.network, reserveBytes: options.reserveBytes, signal });
  const uvPathIn = ({ tools }: InstallPlaces, { platform }: EnginePlan): string => join(tools, `uv-${uv.version}`, platform.startsWith('windows') ? 'uv.exe' : 'uv');
  const run = async (places: InstallPlaces, plan: EnginePlan, { signal, onProgress }: DeedContext, from: number, make: (setting: UvSetting) => UvCommand): Promise<void> => {
    const command = make({ uvPath: uvPathIn(places, plan), cacheDir: places.cache, env });
    await runUv(command, { signal, onLine: (line) => onProgress(from, line) });
  };

  return {
    platform: () => platformOf(systemFacts()),

    async plan({ variant, signal }) {
      const hardware = await look();
      signal.throwIfAborted();
      const choice = chooseVariant(hardware);
      const lock = findLock(hardware.platform, variant ?? choice.variant);
      return {
        platform: hardware.platform, variant: lock.variant, comfyVersion: comfyui.version, fingerprint: fingerprintOf(release, lock),
        downloadBytes: lock.downloadBytes + python.archiveBytes + comfyui.archiveBytes + (uv.wheels[hardware.platform]?.bytes ?? 0),
        engineBytes: lock.unpackedBytes + python.unpackedBytes + comfyui.unpackedBytes,
        passingBytes: 2 * lock.downloadBytes + python.archiveBytes + comfyui.archiveBytes, // once as fetched, once in uv's cache
        modelBytes: 0,
        notes: [...(variant === undefined ? [choice.reason, ...choice.warnings] : []), ...hardware.notes, ...(lock.reason === undefined ? [] : [lock.reason])],
      };
    },

    async getUv(plan, places, { signal }) {
      const wheel = uv.wheels[plan.platform];
      const archive = join(places.downloads, basename(new URL(wheel.url).pathname));
      await fetch({ url: wheel.url, destination: archive, sha256: wheel.sha256, bytes: wheel.bytes }, places, signal);
      await unpackProgram(archive, wheel.program, uvPathIn(places, plan), signal);
    },

    async installPython(plan, places, context) {
      const { url, sha256, mirrorPath } = python.archives[plan.platform];
      const mirrorDir = join(places.downloads, 'python');
      await fetch({ url, sha256, destination: join(mirrorDir, mirrorPath), onProgress: shareOf(context, 0, 0.8, 'Fetching Python') }, places, context.signal);
      await run(places, plan, context, 0.8, (setting) => installPythonCommand(setting, { version: python.version, folder: places.base, mirrorDir }));
    },

    async getSource(_plan, places, context) {
      const { archiveUrl, archiveFolder, archiveSha256, commit } = comfyui;
      const archive = join(places.downloads, `comfyui-${commit}.zip`);
      await fetch({ url: archiveUrl, destination: archive, sha256: archiveSha256 ?? undefined, onProgress: shareOf(context, 0, 0.6, 'Fetching ComfyUI') }, places, context.signal);
      try {
        await unpackSource(archive, archiveFolder, places.comfy, { signal: context.signal, onProgress: (fraction) => context.onProgress(0.6 + 0.4 * fraction, 'Unpacking ComfyUI') });
        await checkComfySource(places.comfy, release);
      } catch (error) {
        if (error instanceof AdgenError) await rm(archive, { force: true }); // what is damaged or another version is fetched anew
        throw error;
      }
    },

    async installPackages(plan, places, context) {
      const lock = findLock(plan.platform, plan.variant);
      const wheelsDir = join(places.downloads, 'wheels');
      await fetchWheels(lock, (wheel, signal, onProgress) => fetch({ ...wheel, destination: join(wheelsDir, wheel.file), onProgress }, places, signal), context);
      await makeFolder(wheelsDir); // also when the lock names none
      const pythonPath = await baseInterpreter(places.base, python.version);
      await run(places, plan, context, 0.6, (setting) => createEnvironmentCommand(setting, { pythonPath, folder: places.python }));
      await run(places, plan, context, 0.65, (setting) => installPackagesCommand(setting, { pythonPath: pythonIn(places.python), lock, wheelsDir }));
    },

    selfTest: ({ pythonPath, variant, signal }) => runSelfTest({ pythonPath, variant, env, signal, scriptPath: options.selfTestScript }),
  };
}

/** Another commit, Python or package makes another engine. Pure. */
function fingerprintOf({ comfyui, python }: EngineRelease, { platform, variant, packages }: EngineLock): string {
  const parts = [comfyui.commit, comfyui.treeDigest, python.version, python.build, platform, variant, ...packages.map(({ name, version, wheel }) => `${name} ${version} ${wheel?.sha256 ?? ''}`)];
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}

/** A part of a deed's progress, from bytes. */
function shareOf({ onProgress }: DeedContext, from: number, share: number, note: string): DownloadRequest['onProgress'] {
  return ({ receivedBytes, totalBytes }) => onProgress(from + share * (totalBytes ? receivedBytes / totalBytes : 0), note);
}

type FetchWheel = (wheel: EngineLock['wheels'][number], signal: AbortSignal, onProgress: DownloadRequest['onProgress']) => Promise<unknown>;

/** The first to fail ends the others; what they have is kept and goes on with the next try. */
async function fetchWheels({ wheels }: EngineLock, fetchWheel: FetchWheel, { signal, onProgress }: DeedContext): Promise<void> {
  const total = wheels.reduce((sum, { bytes }) => sum + bytes, 0);
  const received = new Map<string, number>();
  const waiting = [...wheels];
  const others = new AbortController();
  const work = async (): Promise<void> => {
    for (let wheel = waiting.shift(); wheel !== undefined; wheel = waiting.shift()) {
      const { file, bytes } = wheel;
      const tell = (receivedBytes: number): void => {
        received.set(file, receivedBytes);
        onProgress((0.6 * [...received.values()].reduce((sum, one) => sum + one, 0)) / Math.max(1, total), `Fetching ${file}`);
      };
      await fetchWheel(wheel, AbortSignal.any([signal, others.signal]), (progress) => tell(progress.receivedBytes));
      tell(bytes);
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: PARALLEL }, () => work().catch((error: unknown) => {
    others.abort(error);
    throw error;
  })));
  signal.throwIfAborted();
  if (ends.some(({ status }) => status === 'rejected')) throw others.signal.reason;
}

/** Under its name only when it is whole, so that what stands there can be run. */
async function unpackProgram(archive: string, program: string, target: string, signal: AbortSignal): Promise<void> {
  const zip = await openZip(archive, (sentence, cause) => storeError('SOURCE_BROKEN', sentence, { cause }));
  try {
    const entry = zip.entries.get(program);
    if (entry === undefined) throw storeError('SOURCE_BROKEN', `"${archive}" does not hold ${program}.`);
    const part = `${target}.part`;
    await makeFolder(join(target, '..'));
    await rm(part, { force: true });
    await zip.extract(entry, part, signal);
    await chmod(part, 0o755);
    await renamePatiently(part, target);
  } finally {
    zip.close();
  }
}

/** uv names the folder after version and system, and may lay links to it beside. */
async function baseInterpreter(base: string, version: string): Promise<string> {
  const folders = (await readdir(base, { withFileTypes: true })).filter((entry) => entry.isDirectory() && entry.name.startsWith('cpython-')).map(({ name }) => name);
  const [folder] = folders;
  if (folder === undefined || folders.length > 1) throw storeError('SOURCE_BROKEN', `One Python was expected in "${base}", ${folders.length} are there.`);
  return process.platform === 'win32' ? join(base, folder, 'python.exe') : join(base, folder, 'bin', `python${version.split('.').slice(0, 2).join('.')}`);
}
