import { useQuery } from '@tanstack/react-query';
import { engine } from '../../api/connection.ts';

/** The offline switch of the settings; off until it is known. */
export function useOffline(): boolean {
  const { data } = useQuery({ queryKey: ['settings'], queryFn: () => engine.settings.get() });
  return data?.isOffline ?? false;
}
