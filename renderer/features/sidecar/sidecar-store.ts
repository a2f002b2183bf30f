/**
 * The sidecar as the engine tells it: one stream for the whole page, begun by whoever looks first and begun anew when the line to the engine
 * was lost.
 */
import { useEffect } from 'react';
import type { z } from 'zod';
import type { modelSchema, sidecarStatusSchema, sidecarTaskSchema, workflowSchema } from '#core/contract/sidecar.ts';
import { create } from 'zustand';
import { engine, useConnection } from '../../api/connection.ts';

/** What is known of the sidecar. */
export type SidecarStatus = z.infer<typeof sidecarStatusSchema>;
/** Something that is being done with it, or has ended. */
export type SidecarTask = z.infer<typeof sidecarTaskSchema>;
/** A model of the catalogue. */
export type Model = z.infer<typeof modelSchema>;
/** A workflow. */
export type ShownWorkflow = z.infer<typeof workflowSchema>;

interface SidecarState {
  /** Ended tasks that the user has put away, by id. */
  readonly hidden: ReadonlySet<string>;
  /** Undefined until the first news. */
  readonly status: SidecarStatus | undefined;
  readonly tasks: readonly SidecarTask[];
}

/** The newest news. */
export const useSidecar = create<SidecarState>(() => ({ status: undefined, tasks: [], hidden: new Set() }));

const AGAIN_MS = 1500;

/** Keeps the news coming while the component is there. Mounted once, by the rail. */
export function useSidecarNews(): void {
  const generation = useConnection((connection) => connection.generation);
  useEffect(() => {
    const leaving = new AbortController();
    void follow(leaving.signal);
    return () => leaving.abort();
  }, [generation]);
}

async function follow(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const { status, tasks } of await engine.sidecar.watch(undefined, { signal })) useSidecar.setState({ status, tasks });
    } catch {
      // the line or the host is gone for a moment; what is shown stays until there is news
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

/** Takes a task that has ended out of sight. */
export function hideTask(taskId: string): void {
  useSidecar.setState(({ hidden }) => ({ hidden: new Set([...hidden, taskId]) }));
}

/** The task of a kind that is under way, or ended last. */
export function taskOf(tasks: readonly SidecarTask[], place: 'store' | 'models'): SidecarTask | undefined {
  return tasks.find(({ kind }) => (kind === 'pull') === (place === 'models'));
}
