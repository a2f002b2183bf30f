/** One Ctrl-C may arrive twice: from the terminal and from `npm start`. */
const ECHO_MS = 150;

/**
 * Calls `onFirst` at the first Ctrl-C (or SIGTERM); the second ends the process at once, and its children with it. Returns what stops
 * listening; call it when there is nothing left to interrupt.
 */
export function listenForInterrupts(onFirst: () => void): () => void {
  let firstMs: number | undefined;
  const onSignal = (): void => {
    const sinceMs = firstMs === undefined ? undefined : performance.now() - firstMs;
    if (sinceMs !== undefined && sinceMs >= ECHO_MS) process.exit(130);
    if (sinceMs !== undefined) return;
    firstMs = performance.now();
    onFirst();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return () => {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  };
}
