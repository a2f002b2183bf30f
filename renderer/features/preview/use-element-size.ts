import { useEffect, useState } from 'react';
import type { RefObject } from 'react';
import type { Size } from '#core/project/ratio.ts';

/** The inner size of an element, kept up to date; 0 × 0 before it is there. */
export function useElementSize(element: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useEffect(() => {
    const own = element.current;
    if (!own) return;
    const observer = new ResizeObserver(() => setSize({ width: own.clientWidth, height: own.clientHeight }));
    observer.observe(own);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
