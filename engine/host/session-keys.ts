/**
 * Keys of a host that has no keychain: from the environment, and what the user enters for this session only. They are held in the memory of
 * the host and written nowhere; an engine that starts anew asks again.
 */
import { AdgenError } from '#core/contract/errors.ts';
import type { KeyKeeper, KeyName } from './host-tools.ts';
import { keyVariable } from './plain-host-tools.ts';

/** @param environment what a user has set there counts unless something is entered */
export function createSessionKeys(environment: NodeJS.ProcessEnv = process.env): KeyKeeper {
  const entered = new Map<KeyName, string>();
  const given = (name: KeyName): string | undefined => environment[keyVariable(name)] || undefined;
  return {
    kind: 'session',
    origin: async (name) => (entered.has(name) ? 'session' : given(name) ? 'environment' : 'none'),
    read: async (name) => entered.get(name) ?? given(name),
    async write(name, value) {
      if (value !== '') return void entered.set(name, value);
      if (!entered.delete(name) && given(name)) throw new AdgenError('CONFLICT', `This key comes from the variable ${keyVariable(name)}. Take it out of the environment and start the program again.`);
    },
  };
}
