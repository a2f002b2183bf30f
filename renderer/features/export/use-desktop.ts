import { useQuery } from '@tanstack/react-query';
import { engine } from '../../api/connection.ts';

/** What the host of this window can do; undefined while that is asked. */
export function useDesktop() {
  return useQuery({ queryKey: ['desktop'], queryFn: ({ signal }) => engine.desktop.abilities(undefined, { signal }), staleTime: Infinity }).data;
}
