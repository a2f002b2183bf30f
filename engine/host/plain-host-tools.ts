/**
 * The host tools of an engine that no host helps (a test, an engine inside a command): no dialogs, no sidecar to look after, and keys
 * only from the environment.
 */
import { AdgenError } from '#core/contract/errors.ts';
import type { HostTools, KeyName } from './host-tools.ts';

const VARIABLES: Readonly<Record<KeyName, string>> = { openai: 'OPENAI_API_KEY', replicate: 'REPLICATE_API_TOKEN', huggingface: 'HF_TOKEN' };

/** Name of the environment variable that holds a key. */
export function keyVariable(name: KeyName): string {
  return VARIABLES[name];
}

/** @param environment where keys are read */
export function createPlainHostTools(environment: NodeJS.ProcessEnv = process.env): HostTools {
  const refuse = async (): Promise<never> => {
    throw new AdgenError('CONFLICT', 'This engine was started without a host that could do that. Open the studio with "npm start".');
  };
  const absent = {
    state: 'absent' as const, message: 'This engine was started without a sidecar.', activity: null, problem: null, version: null, device: null, vramTotalBytes: null, vramFreeBytes: null, url: null, folder: null, origin: 'none' as const, sizeBytes: null, problems: [], canInstall: false, canGoBack: false,
  };
  return {
    desktop: {
      abilities: async () => ({ kind: 'browser', canPick: false, canReveal: false, canDragOut: false, canNotify: false, platform: process.platform }),
      pickFolder: async () => ({ path: null }),
      reveal: async () => ({ done: false }),
      openExternal: async () => ({ done: false }),
    },
    sidecar: {
      status: async () => absent,
      watch: async () => once({ status: absent, tasks: [] }),
      start: refuse, stop: refuse, plan: refuse, install: refuse, repair: refuse, uninstall: refuse, adopt: refuse, goBack: refuse, pull: refuse,
      log: async () => ({ lines: [], path: null }),
      cancel: async () => ({ changed: 0 }),
      models: async () => [],
      workflows: async () => [],
    },
    keys: {
      kind: 'environment',
      origin: async (name) => (environment[keyVariable(name)] ? 'environment' : 'none'),
      read: async (name) => environment[keyVariable(name)] || undefined,
      write: refuse,
    },
    setOffline: async () => {},
  };
}

async function* once<T>(value: T): AsyncGenerator<T, void, void> {
  yield value;
}
