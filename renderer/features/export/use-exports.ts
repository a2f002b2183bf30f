/** Exports as they are: the list, and every change of one as the engine tells it. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { z } from 'zod';
import type { exportSchema } from '#core/contract/exports.ts';
import { engine, useConnection } from '../../api/connection.ts';

/** An export as the contract has it. */
export type ExportRow = z.infer<typeof exportSchema>;

/** @param projectId missing = of all projects */
export function useExports(projectId?: string) {
  const generation = useConnection((connection) => connection.generation);
  const queries = useQueryClient();
  const key = ['exports', projectId ?? 'all'];
  const list = useQuery({ queryKey: key, queryFn: ({ signal }) => engine.exports.list(projectId ? { projectId } : {}, { signal }) });
  useEffect(() => {
    const closing = new AbortController();
    const follow = async (): Promise<void> => {
      for await (const row of await engine.exports.watch(projectId ? { projectId } : {}, { signal: closing.signal })) queries.setQueryData<ExportRow[]>(key, (rows) => withRow(rows ?? [], row));
    };
    follow().catch(() => queries.invalidateQueries({ queryKey: key })); // the line is gone, or this screen is; the next line follows anew
    return () => closing.abort();
  }, [generation, projectId, queries]); // oxlint-disable-line react/exhaustive-deps -- the key is made of the project
  return list;
}

/** The list with a row that is new or has changed; newest first. */
export function withRow(rows: readonly ExportRow[], row: ExportRow): ExportRow[] {
  const isKnown = rows.some(({ id }) => id === row.id);
  return isKnown ? rows.map((other) => (other.id === row.id ? row : other)) : [row, ...rows];
}
