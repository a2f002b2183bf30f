/**
 * Finds out which GPUs, driver and memory this machine has, before anything is downloaded. Nothing is installed, and a missing tool is
 * no error: what could not be found out stands in `notes`.
 */
import { totalmem } from 'node:os';
import type { Gpu, Hardware } from '../types.ts';
import { lookForAmd } from './amd.ts';
import { lookForApple } from './apple.ts';
import { intelGpus } from './intel.ts';
import { lookForNvidia, type NvidiaAnswer } from './nvidia.ts';
import { listPciCards, PCI_VENDORS } from './pci-cards.ts';
import { platformOf, systemFacts, type SystemFacts } from './platform.ts';
import { createRunTool, type RunTool } from './run-tool.ts';
import { lookForWindowsVideo } from './windows-video.ts';

export interface LookOptions {
  readonly run?: RunTool;
  readonly facts?: SystemFacts;
  /** Before /sys and /dev; `/` unless a test says otherwise. */
  readonly root?: string;
  readonly ramBytes?: number;
}

interface Found {
  readonly gpus: readonly Gpu[];
  readonly notes: readonly string[];
}

/** Throws BAD_INPUT for a system that ComfyUI cannot be installed on; nothing else. */
export async function lookAtMachine(options: LookOptions = {}): Promise<Hardware> {
  const { run = createRunTool(), facts = systemFacts(), root = '/', ramBytes = availableMemory() } = options;
  const platform = platformOf(facts);
  const found = await lookForGpus(run, facts.system, root);
  return { platform, ramBytes, gpus: found.gpus, notes: found.notes };
}

function lookForGpus(run: RunTool, system: NodeJS.Platform, root: string): Promise<Found> {
  if (system === 'darwin') return lookOnMac(run);
  return system === 'win32' ? lookOnWindows(run) : lookOnLinux(run, root);
}

async function lookOnMac(run: RunTool): Promise<Found> {
  return { gpus: await lookForApple(run), notes: [] };
}

async function lookOnWindows(run: RunTool): Promise<Found> {
  const nvidia = await lookForNvidia(run, 'win32');
  const listed = await lookForWindowsVideo(run);
  const fromTools = nvidia.gpus.length > 0;
  // The driver's tool knows more; without its answer, Windows at least names the card and its driver.
  const others = (listed ?? []).filter(({ vendor }) => !(fromTools && vendor === 'nvidia'));
  const unasked = listed === undefined ? ['Windows did not list its graphics cards; only NVIDIA\'s were looked for.'] : [];
  return { gpus: [...nvidia.gpus, ...others.map((gpu) => withoutBrokenDriver(gpu, nvidia))], notes: [...notesOf(nvidia), ...unasked] };
}

/** A driver that is listed but does not run is as good as none. */
function withoutBrokenDriver(gpu: Gpu, nvidia: NvidiaAnswer): Gpu {
  return gpu.vendor === 'nvidia' && nvidia.note !== undefined ? { ...gpu, driver: undefined } : gpu;
}

async function lookOnLinux(run: RunTool, root: string): Promise<Found> {
  const cards = await listPciCards(root);
  const nvidia = await lookForNvidia(run, 'linux');
  const amd = await lookForAmd(run, root, cards);
  const silent = nvidia.gpus.length > 0 ? [] : cards.filter(({ vendorId }) => vendorId === PCI_VENDORS.nvidia);
  // A card without a working driver: named, so that nobody is told that there is none.
  const unusable = silent.map(({ deviceId }): Gpu => ({ vendor: 'nvidia', name: `NVIDIA GPU 10de:${deviceId.toString(16).padStart(4, '0')}` }));
  const missing = silent.length > 0 && !nvidia.hasTools ? ['An NVIDIA GPU is there, but NVIDIA\'s driver is not installed. Install it, then try again.'] : [];
  return { gpus: [...nvidia.gpus, ...unusable, ...amd.gpus, ...intelGpus(cards)], notes: [...notesOf(nvidia), ...missing, ...notesOf(amd)] };
}

const notesOf = ({ note }: { readonly note?: string }): string[] => (note === undefined ? [] : [note]);

/** What this process may use: a container's limit counts, if there is one. */
function availableMemory(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
