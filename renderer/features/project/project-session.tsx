import type { ReactNode } from 'react';

/** Placeholder. */
export function ProjectSession({ children }: { readonly projectId: string; readonly children: ReactNode }) { return children; }
