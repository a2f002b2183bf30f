/**
 * Keys of services, in the system's keychain through Electron's safeStorage: the file holds only what the keychain has encrypted. Without a
 * real keychain (on Linux `basic_text`, which anybody can read back) they are kept in memory for this session, and the screens say so.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { safeStorage } from 'electron';
import { z } from 'zod';
import { AdgenError } from '#core/contract/errors.ts';
import { KEY_NAMES } from '#core/contract/settings.ts';
import type { KeyKeeper, KeyName } from '#engine/host/host-tools.ts';
import { keyVariable } from '#engine/host/plain-host-tools.ts';

const fileSchema = z.partialRecord(z.enum(KEY_NAMES), z.base64());
type Ciphertexts = z.infer<typeof fileSchema>;

/** @param path the file with the ciphertexts. Ask for it when the app is ready. */
export function openKeyKeeper(path: string, environment: NodeJS.ProcessEnv = process.env): KeyKeeper {
  const hasKeychain = isKeychainReal();
  const session = new Map<KeyName, string>();
  const kept = (name: KeyName): string | undefined => (hasKeychain ? decrypt(readCiphertexts(path)[name]) : session.get(name));
  return {
    kind: hasKeychain ? 'keychain' : 'session',
    async origin(name) {
      if (kept(name) !== undefined) return hasKeychain ? 'keychain' : 'session';
      return environment[keyVariable(name)] ? 'environment' : 'none';
    },
    read: async (name) => kept(name) ?? (environment[keyVariable(name)] || undefined),
    async write(name, value) {
      if (hasKeychain) writeCiphertexts(path, { ...readCiphertexts(path), [name]: value === '' ? undefined : safeStorage.encryptString(value).toString('base64') });
      else if (value === '') session.delete(name);
      else session.set(name, value);
    },
  };
}

function isKeychainReal(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  return process.platform !== 'linux' || !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend());
}

/** Undefined for what another keychain has encrypted, e.g. after a move to another machine: the key is then as good as not set. */
function decrypt(ciphertext: string | undefined): string | undefined {
  if (ciphertext === undefined) return undefined;
  try {
    return safeStorage.decryptString(Buffer.from(ciphertext, 'base64'));
  } catch {
    return undefined; // said above
  }
}

function readCiphertexts(path: string): Ciphertexts {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return {}; // none yet, or damaged: keys are asked for again, which loses nothing that cannot be had
  }
}

function writeCiphertexts(path: string, ciphertexts: Ciphertexts): void {
  const part = `${path}.part`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    rmSync(part, { force: true }); // one that was left over may be open to others
    writeFileSync(part, JSON.stringify(ciphertexts), { mode: 0o600, flush: true });
    renameSync(part, path);
  } catch (cause) {
    throw new AdgenError('DISK_FULL', `The key could not be kept in ${path}. Check that the disk has room and can be written to.`, { cause });
  }
}
