import { expect, test } from 'vitest';
import { describeStatus } from './describe-status.ts';
import type { SidecarFacts } from './describe-status.ts';

const engine = { id: '0.28.1-cu130-aaaaaaaa', folder: '/e/one', comfyVersion: '0.28.1', variant: 'cu130' as const, platform: 'linux-x64' as const, installedMs: 1, bytes: 5e9, selfTest: { outcome: 'ok' as const, device: 'cuda:0 RTX', detail: 'fine' } };
const empty: SidecarFacts = { store: { folder: '/e', modelsDir: '/m', engines: [], problems: [] }, isInstalling: false, isStoreBusy: false, isOffline: false };
const managed: SidecarFacts = { ...empty, store: { ...empty.store, engines: [engine], current: { kind: 'managed', engineId: engine.id }, previous: { kind: 'external', url: 'http://127.0.0.1:1' } } };
const external: SidecarFacts = { ...empty, store: { ...empty.store, current: { kind: 'external', url: 'http://10.0.0.2:8188' } } };
const problem = { code: 'BOOT_EXIT' as const, message: 'It ended (code 1).', action: 'Repair it.' };
const facts = { version: '0.33.0', isNewerThanKnown: false, devices: [{ name: 'cuda:0 RTX 4090', type: 'cuda', vramTotal: 24e9, vramFree: 20e9 }] };
const serving = { port: 4242, isWsDown: false, refusals: 0, misses: 0 };

test.each<[string, SidecarFacts, Record<string, unknown>]>([
  ['nothing is set up', empty, { state: 'absent', origin: 'none', canInstall: true, canGoBack: false, problems: [] }],
  ['one was cut off', { ...empty, store: { ...empty.store, interrupted: { op: 'install', engineId: 'x', stage: 'packages', attempt: 1, startedMs: 1 } } }, { state: 'absent', problems: ['An installation was cut off. Begin it again: it goes on where it stopped.'] }],
  ['one is being installed', { ...empty, isInstalling: true, isStoreBusy: true }, { state: 'installing', canInstall: false, problems: [] }],
  ['it is installed', managed, { state: 'stopped', origin: 'managed', version: '0.28.1', device: 'cuda:0 RTX', folder: '/e/one', sizeBytes: 5e9, url: null, canGoBack: true }],
  ['it starts', { ...managed, engine: { name: 'starting', phase: 'importing', activity: 'loading PyTorch', startedMs: 1 } }, { state: 'starting', message: 'ComfyUI is starting: loading PyTorch', activity: 'loading PyTorch', problem: null }],
  ['it runs', { ...managed, engine: { name: 'ready', serving }, server: { facts } }, { state: 'running', url: 'http://127.0.0.1:4242', version: '0.33.0', device: 'cuda:0 RTX 4090', vramTotalBytes: 24e9, vramFreeBytes: 20e9 }],
  ['it works', { ...managed, engine: { name: 'busy', serving: { ...serving, jobId: 'a' } } }, { state: 'busy' }],
  ['it is broken', { ...managed, engine: { name: 'broken', problem } }, { state: 'failed', message: 'It ended (code 1). Repair it.', problem: 'BOOT_EXIT' }],
  ['it comes back', { ...managed, engine: { name: 'restarting', attempt: 2, problem } }, { state: 'starting', message: 'It ended (code 1). It is started again (try 2).', problem: 'BOOT_EXIT', activity: null }],
  ['a server answers', { ...external, server: { facts } }, { state: 'external', origin: 'external', url: 'http://10.0.0.2:8188', canInstall: true }],
  ['a server does not answer', { ...external, server: { problem: 'It cannot be reached.', name: 'ENGINE_UNREACHABLE' } }, { state: 'failed', message: 'It cannot be reached.', problem: 'ENGINE_UNREACHABLE', url: 'http://10.0.0.2:8188' }],
  ['a server is not asked', { ...external, isOffline: true }, { state: 'external', message: 'Offline: this server is on another machine and is not asked.' }],
  ['one on this machine is not asked yet', { ...external, fixedUrl: 'http://localhost:8188', isOffline: true }, { state: 'external', message: 'Asking the server …' }],
  ['the command line names one', { ...managed, fixedUrl: 'http://127.0.0.1:8188', server: { facts } }, { state: 'external', origin: 'external', folder: null, canInstall: false, canGoBack: false, problems: [] }],
  ['another program runs it', { ...managed, shared: { hostPid: 7, url: 'http://127.0.0.1:9' } }, { state: 'running', origin: 'shared', canInstall: false, url: 'http://127.0.0.1:9' }],
])('%s', (_name, given, wanted) => expect(describeStatus(given)).toMatchObject(wanted));
