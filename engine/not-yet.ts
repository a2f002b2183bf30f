import { AdgenError } from '#core/contract/errors.ts';

/** Scaffolding: a procedure whose feature is being built. Gone when the last of them is there. */
export function notYet(name: string): never {
  throw new AdgenError('INTERNAL', `${name} is not there yet.`);
}
