import { Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import { useConnection } from '../api/connection.ts';
import { useStrings } from '../strings/index.ts';
import { Spinner } from '../ui/button.tsx';
import { EmptyState, LoadingState } from '../ui/states.tsx';

/** Says calmly how the line to the engine is. The view stays while the line is made anew. */
export function ConnectionGate({ children }: { readonly children: ReactNode }) {
  const { state, generation } = useConnection();
  const { frame } = useStrings();
  if (state === 'refused') return <main className="h-full"><EmptyState icon={<Unplug aria-hidden className="size-8" />} title={frame.noToken} text={frame.noTokenText} /></main>;
  if (generation === 0) return <main className="h-full"><LoadingState text={frame.connecting} /></main>;
  return (
    <>
      {children}
      {state === 'lost' && (
        <div role="status" className="fixed inset-x-0 top-0 z-50 flex justify-center">
          <p className="mt-2 flex items-center gap-2 rounded-full border border-warning/40 bg-warning-soft px-4 py-1.5 text-warning shadow-pop"><Spinner />{frame.engineLost}</p>
        </div>
      )}
    </>
  );
}
