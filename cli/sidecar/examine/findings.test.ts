import { describe, expect, it } from 'vitest';
import type { Hardware, InstalledEngine, StoreStatus, VariantChoice } from '#sidecar/provision/types.ts';
import { AdgenError } from '#core/contract/errors.ts';
import { findingsOf, selfTestFinding, serverFinding, statusFindings } from './engine-findings.ts';
import { machineFindings, variantFinding } from './machine-findings.ts';

const hardware: Hardware = { platform: 'linux-x64', ramBytes: 32e9, notes: [], gpus: [{ vendor: 'nvidia', name: 'GeForce RTX 4090', memoryBytes: 24e9, driver: '580.65' }] };
const choice: VariantChoice = { variant: 'cu130', reason: 'It fits.', warnings: [] };
const engine: InstalledEngine = { id: '0.28.1-cpu-1', folder: '/e', comfyVersion: '0.28.1', variant: 'cpu', platform: 'linux-x64', installedMs: 0, bytes: 5e9, selfTest: { outcome: 'ok', detail: '' } };
const status: StoreStatus = { folder: '/e', modelsDir: '/m', engines: [engine], problems: [], current: { kind: 'managed', engineId: engine.id } };
const server = { version: '0.28.1', isNewerThanKnown: false, devices: [{ name: 'cuda:0 RTX', type: 'cuda', vramTotal: 24e9 }] };

describe('what the hardware means', () => {
  it('is well when a GPU can be used', () => {
    expect(machineFindings(hardware, choice)).toEqual([
      { name: 'GPU', state: 'ok', detail: 'GeForce RTX 4090, 24.0 GB, driver 580.65' },
      { name: 'PyTorch', state: 'ok', detail: 'cu130 (NVIDIA, CUDA 13.0). It fits.' },
      { name: 'memory', state: 'ok', detail: '32.0 GB' },
    ]);
  });

  it.each<[string, Partial<VariantChoice>, Partial<Hardware>, string[]]>([
    ['no GPU is a note, for it cannot be mended', { variant: 'cpu', problem: 'GPU_NONE' }, { gpus: [] }, ['PyTorch note', 'memory ok']],
    ['an old driver is a problem, for it can', { problem: 'GPU_DRIVER', warnings: ['Driver 566 is too old.'] }, {}, ['GPU ok', 'PyTorch note', 'GPU driver problem', 'memory ok']],
    ['also when only the reason says so', { problem: 'GPU_DRIVER' }, {}, ['GPU ok', 'PyTorch problem', 'memory ok']],
    ['what could not be found out is a note', {}, { notes: ['Windows did not list its cards.'] }, ['GPU ok', 'PyTorch ok', 'GPU note', 'memory ok']],
  ])('%s', (_what, choiceChange, hardwareChange, expected) => {
    expect(machineFindings({ ...hardware, ...hardwareChange }, { ...choice, ...choiceChange }).map(({ name, state }) => `${name} ${state}`)).toEqual(expected);
  });

  it('tells when the engine is made for less than the machine has, or for something else', () => {
    expect(variantFinding({ ...engine, variant: 'cu130' }, choice)).toBeUndefined();
    expect(variantFinding(engine, choice)).toMatchObject({ state: 'problem', detail: expect.stringMatching(/"adgen sidecar install" installs it/) });
    expect(variantFinding({ ...engine, variant: 'cu126' }, choice)).toMatchObject({ state: 'note' });
  });
});

describe('what there is to say about an engine', () => {
  it.each<[string, Partial<StoreStatus>, string[]]>([
    ['one that is in use', {}, ['ok 0.28.1-cpu-1: ComfyUI 0.28.1, cpu (processor only), 5.0 GB']],
    ['none', { current: undefined }, ['problem None is installed. "adgen sidecar install" installs one; "adgen sidecar adopt" takes your own ComfyUI.']],
    ['an installation that was cut off', { interrupted: { op: 'install', engineId: 'b', stage: 'packages', attempt: 2, startedMs: 0 } }, [expect.stringMatching(/^ok /) as string, 'problem install of b stopped at "packages" (try 2). "adgen sidecar install" goes on there.']],
    ['what the store complains of', { problems: ['It is damaged.'] }, [expect.stringMatching(/^ok /) as string, 'problem It is damaged.']],
  ])('%s', (_what, change, expected) => {
    expect(statusFindings({ ...status, ...change }).map(({ state, detail }) => `${state} ${detail}`)).toEqual(expected);
  });

  it.each<[Parameters<typeof serverFinding>[0], string, RegExp]>([
    [{ state: 'none' }, 'note', /^not running/],
    [{ state: 'starting', pid: 1, hostPid: 2 }, 'note', /^it is starting$/],
    [{ state: 'leftover', pid: 1, hostPid: 2 }, 'problem', /"adgen sidecar stop" ends it\.$/],
    [{ state: 'not-answering', url: 'http://x', problem: 'It is silent.' }, 'problem', /^It is silent\. .*logs/],
    [{ state: 'ready', url: 'http://x', server }, 'ok', /^http:\/\/x: ComfyUI 0\.28\.1 on cuda:0 RTX, 24\.0 GB$/],
    [{ state: 'external', url: 'http://x', server }, 'ok', /^http:\/\/x: /],
    [{ state: 'external', url: 'http://x', problem: 'Nobody is there.' }, 'problem', /^Nobody is there\.$/],
  ])('a server: %j', (report, state, detail) => {
    expect(serverFinding(report)).toEqual({ name: 'server', state, detail: expect.stringMatching(detail) });
  });

  it('takes only a computation for a proof', () => {
    expect(selfTestFinding({ outcome: 'ok', detail: 'Fine.', device: 'cuda:0', torch: '2.11' })).toMatchObject({ state: 'ok', detail: 'it computes right (cuda:0, PyTorch 2.11)' });
    expect(selfTestFinding({ outcome: 'cpu-only', detail: 'The driver is too old.' })).toMatchObject({ state: 'problem', detail: 'The driver is too old.' });
    expect(selfTestFinding({ outcome: 'inconclusive', detail: 'It crashed.' })).toMatchObject({ state: 'problem', detail: 'It crashed. Nothing is known about whether it computes.' });
  });

  it('turns a sentence into a finding, and leaves a bug a bug', async () => {
    expect(await findingsOf('engine', async () => { throw new AdgenError('BAD_INPUT', 'It is gone.'); })).toEqual([{ name: 'engine', state: 'problem', detail: 'It is gone.' }]);
    await expect(findingsOf('engine', async () => { throw new TypeError('a bug'); })).rejects.toThrow('a bug');
  });
});
