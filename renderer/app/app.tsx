/** The whole page: connection first, then settings (theme, language), then the frame with the screen of the moment. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Tooltip } from 'radix-ui';
import { useEffect, useState } from 'react';
import { Toaster } from 'sonner';
import { openMedia } from '../api/media-url.ts';
import { useConnection } from '../api/connection.ts';
import { ConnectionGate } from './connection-gate.tsx';
import { Frame } from './frame.tsx';
import { loadPreferences, useTheme } from './preferences.ts';

const queries = new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 2000, refetchOnWindowFocus: false } } });

/** The studio. */
export function App() {
  const theme = useTheme();
  return (
    <QueryClientProvider client={queries}>
      <Tooltip.Provider delayDuration={400}>
        <ConnectionGate><Opened /></ConnectionGate>
        <Toaster theme={theme} position="bottom-right" closeButton />
      </Tooltip.Provider>
    </QueryClientProvider>
  );
}

/** Once the engine answers; again for every new line, for it may be another engine with other keys. */
function Opened() {
  const generation = useConnection((connection) => connection.generation);
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    const open = async (): Promise<void> => {
      await Promise.all([openMedia(), loadPreferences()]);
      setReady(true);
      await queries.invalidateQueries();
    };
    open().catch(() => useConnection.setState({ state: 'lost' })); // the line is gone again; the next one opens anew
  }, [generation]);
  return isReady ? <Frame /> : null;
}
