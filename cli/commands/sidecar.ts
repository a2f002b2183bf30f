/** `adgen sidecar`: the ComfyUI that makes backdrops, music and upscales on this machine's GPU; installed, started, examined, mended. What they do is loaded when it is used. */
import type { Command } from 'commander';
import type { BundleOptions } from '../sidecar/bundle-engine.ts';
import { addCommonOptions } from '../sidecar/common-options.ts';
import type { CommonOptions } from '../sidecar/common-options.ts';
import type { ExamineOptions } from '../sidecar/examine-sidecar.ts';
import type { InstallOptions } from '../sidecar/install-engine.ts';
import type { LogOptions } from '../sidecar/show-logs.ts';
import type { StopOptions } from '../sidecar/stop-engine.ts';
import type { AdoptOptions, UseOptions } from '../sidecar/switch-engine.ts';

export function addSidecarCommand(program: Command): void {
  const sidecar = program.command('sidecar').description('the ComfyUI engine: install, start, stop, examine, repair');
  const add = (name: string, description: string): Command => addCommonOptions(sidecar.command(name).description(description));
  addRunning(add);
  addKeeping(add);
}

type Add = (name: string, description: string) => Command;

function addRunning(add: Add): void {
  add('status', 'what is installed, what runs, what was cut off').action(async (options: CommonOptions) => await (await import('../sidecar/show-status.ts')).showStatus(options));
  add('start', 'start the engine and keep it running until Ctrl-C').action(async (options: CommonOptions) => await (await import('../sidecar/run-engine.ts')).runEngine(options));
  add('stop', 'stop the engine that another adgen keeps running')
    .option('--force', 'end that adgen at once; its engine ends with it')
    .action(async (options: StopOptions) => await (await import('../sidecar/stop-engine.ts')).stopEngine(options));
  add('logs', 'the newest lines of the engine')
    .option('--lines <n>', 'how many', '100')
    .option('--follow', 'and what comes, until Ctrl-C')
    .option('--export <file>', 'into a file, without tokens and user paths')
    .action(async (options: LogOptions) => await (await import('../sidecar/show-logs.ts')).showLogs(options));
  add('doctor', 'examine GPU, engine, server, models and disk')
    .option('--deep', 'compare every file of the engine with its hash')
    .action(async (options: ExamineOptions) => await (await import('../sidecar/examine-sidecar.ts')).examineSidecar(options));
}

function addKeeping(add: Add): void {
  add('install', 'install an engine, or go on with an installation that was cut off')
    .option('--variant <name>', 'cpu, cu126, cu130, rocm, xpu or mps; chosen from the GPU unless named')
    .option('--bundle <file>', 'from a file of "adgen sidecar bundle", without any network')
    .option('--yes', 'do not ask')
    .action(async (options: InstallOptions) => await (await import('../sidecar/install-engine.ts')).installEngine(options));
  add('repair', 'restore damaged and missing files of an engine; media and models are kept')
    .argument('[engine]', 'its id; the one in use unless named')
    .option('--bundle <file>', 'from a bundle, without any network')
    .action(async (engineId: string | undefined, options: InstallOptions) => await (await import('../sidecar/install-engine.ts')).repairEngine(engineId, options));
  add('adopt', 'use your own ComfyUI: its folder, or the address of a running one')
    .argument('<folder-or-url>', 'nothing in the folder is ever written, a server is never stopped')
    .option('--python <file>', 'of that folder, when it is not found in or beside it')
    .action(async (place: string, options: AdoptOptions) => await (await import('../sidecar/switch-engine.ts')).adoptEngine(place, options));
  add('use', 'switch to another installed engine')
    .argument('[engine]', 'its id, see "adgen sidecar status"')
    .option('--previous', 'the one before the last switch')
    .action(async (engineId: string | undefined, options: UseOptions) => await (await import('../sidecar/switch-engine.ts')).switchEngine(engineId, options));
  add('uninstall', 'remove an engine: exactly the files that were installed')
    .argument('<engine>', 'its id, see "adgen sidecar status"')
    .action(async (engineId: string, options: CommonOptions) => await (await import('../sidecar/switch-engine.ts')).uninstallEngine(engineId, options));
  add('bundle', 'engine and models in one file, to install where there is no network')
    .argument('<file>', 'is made, and replaced if it is there')
    .option('--models <ids>', 'ids of "adgen models list", separated by commas')
    .action(async (file: string, options: BundleOptions) => await (await import('../sidecar/bundle-engine.ts')).bundleEngine(file, options));
}
