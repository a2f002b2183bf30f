import { expect, test } from 'vitest';
import { engineCommand, type EngineSpec } from './engine-command.ts';
import { engineEnvironment } from './environment.ts';

const SPEC: EngineSpec = { engineId: 'e1', pythonPath: '/e/python', mainPath: '/e/comfy/main.py', baseDir: '/data/my media' };
const OPTIONS = { run: 'nonce', flags: ['--vram-headroom', '1', '--cache-none'], stopGraceMs: 4800, env: {} };
const argumentsOf = (spec: EngineSpec): string => {
  const { args } = engineCommand(spec, OPTIONS);
  return args.slice(args.indexOf('--') + 1).join(' ');
};

test('ComfyUI is shut in: loopback, a port of the system’s choice, a nonce, no foreign nodes, no metadata', () => {
  expect(engineCommand(SPEC, OPTIONS).args.slice(0, 7)).toEqual(['-s', expect.stringMatching(/engine_boot\.py$/), '--run', 'nonce', '--stop-grace', '4.8', '--']);
  expect(argumentsOf({ ...SPEC, ownNodes: ['adgen_nodes'], deviceFlags: ['--cpu'], frontEndDir: '/e/page', modelPathFiles: ['/data/models.yaml'] })).toBe(
    '/e/comfy/main.py --listen 127.0.0.1 --port 0 --feature-flag adgen=nonce --base-directory /data/my media --front-end-root /e/page --database-url sqlite:///:memory: '
    + '--disable-all-custom-nodes --whitelist-custom-nodes adgen_nodes --disable-api-nodes --disable-metadata --disable-auto-launch --preview-method auto '
    + '--extra-model-paths-config /data/models.yaml --cpu --vram-headroom 1 --cache-none',
  );
});

test('an option that this version does not know is left out with its value', () => {
  expect(argumentsOf({ ...SPEC, knownFlags: new Set(['--listen', '--port', '--cache-none']) })).toBe('/e/comfy/main.py --listen 127.0.0.1 --port 0 --cache-none');
});

test('Python compiles into a folder of its own where the sources are somebody else’s', () => {
  expect(engineCommand({ ...SPEC, bytecodeDir: '/data/bytecode' }, OPTIONS).env).toMatchObject({ PYTHONPYCACHEPREFIX: '/data/bytecode' });
  expect(engineCommand(SPEC, { ...OPTIONS, env: { PYTHONPYCACHEPREFIX: '/tmp/x' } }).env).not.toHaveProperty('PYTHONPYCACHEPREFIX');
});

test('the environment bends no Python, loads nothing, and knows loopback without a proxy', () => {
  const env = engineEnvironment({
    PATH: '/bin', HOME: '/home/x', PYTHONHOME: '/a', PYTHONPATH: '/b', VIRTUAL_ENV: '/c', CONDA_PREFIX: '/d', PIP_INDEX_URL: 'x', NODE_OPTIONS: '-r x',
    ELECTRON_RUN_AS_NODE: '1', HTTP_PROXY: 'http://proxy', no_proxy: 'intranet, localhost', UNSET: undefined, CUDA_VISIBLE_DEVICES: '1',
  }, 'nonce');
  const noProxy = '127.0.0.1,localhost,::1,intranet';
  expect(env).toEqual({
    PATH: '/bin', HOME: '/home/x', HTTP_PROXY: 'http://proxy', CUDA_VISIBLE_DEVICES: '1', NO_PROXY: noProxy, no_proxy: noProxy, ADGEN_ENGINE_RUN: 'nonce',
    PYTHONUTF8: '1', PYTHONUNBUFFERED: '1', PYTHONNOUSERSITE: '1', HF_HUB_OFFLINE: '1', TRANSFORMERS_OFFLINE: '1', HF_HUB_DISABLE_TELEMETRY: '1', DO_NOT_TRACK: '1',
  });
});
