import { useQuery } from '@tanstack/react-query';
import { engine } from '../../api/connection.ts';

/** Encoders of this machine as a real encode has shown them; probed once. */
export function useEncoders() {
  const { data } = useQuery({ queryKey: ['encoders'], queryFn: ({ signal }) => engine.exports.encoders(undefined, { signal }), staleTime: Infinity });
  return data ?? [];
}
