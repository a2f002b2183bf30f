import { useEffect, useState } from 'react';

/** The time, looked at every so often; stands still when `isMoving` is false. */
export function useNow(everyMs: number, isMoving: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!isMoving) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, isMoving]);
  return now;
}
