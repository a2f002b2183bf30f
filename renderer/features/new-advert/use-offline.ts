import { useSettings } from '../settings/use-settings.ts';

/** The offline switch of the settings; off until it is known. */
export function useOffline(): boolean {
  return useSettings().data?.isOffline ?? false;
}
