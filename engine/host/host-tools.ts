/**
 * What the engine asks of the process that started it (DESIGN §3: the host owns the sidecar, the dialogs and the keys). The shapes are the
 * contract's own, so the engine only hands them on. A terminal, a browser host and Electron each bring what they have.
 */
import type { ContractRouterClient } from '@orpc/contract';
import type { desktop } from '#core/contract/desktop.ts';
import type { KEY_NAMES } from '#core/contract/settings.ts';
import type { z } from 'zod';
import type { sidecar, sidecarTaskSchema } from '#core/contract/sidecar.ts';

export type KeyName = (typeof KEY_NAMES)[number];
export type KeyOrigin = 'none' | 'keychain' | 'session' | 'environment';

/** Where keys lie. They are handed to providers in memory and written nowhere else. */
export interface KeyKeeper {
  readonly kind: 'keychain' | 'session' | 'environment';
  origin(name: KeyName): Promise<KeyOrigin>;
  read(name: KeyName): Promise<string | undefined>;
  /** Empty = forget. */
  write(name: KeyName, value: string): Promise<void>;
}

type SidecarClient = ContractRouterClient<typeof sidecar>;

/** What a watcher of the sidecar sees. */
export interface SidecarNews {
  readonly status: Awaited<ReturnType<SidecarClient['status']>>;
  readonly tasks: z.infer<typeof sidecarTaskSchema>[];
}

/** A host's abilities. */
export interface HostTools {
  readonly desktop: ContractRouterClient<typeof desktop>;
  readonly sidecar: Omit<SidecarClient, 'watch'> & { watch(input: unknown, options?: { readonly signal?: AbortSignal }): Promise<AsyncIteratorObject<SidecarNews, void, void>> };
  readonly keys: KeyKeeper;
  /** The user's switch, told at the engine's start and at every change: a host that is offline fetches nothing and asks no other machine. */
  setOffline(isOffline: boolean): Promise<void>;
}
