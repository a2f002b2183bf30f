/** Which files the shell may hand out: those that exports wrote and that are still there. The engine keeps the list; a page only names them. */
import { existsSync } from 'node:fs';
import type { EngineClient } from '#engine/host/message-port.ts';

export interface ExportedFiles {
  /** The file of an export; undefined when there is none, or it is gone. */
  ofExport(exportId: string): Promise<string | undefined>;
  isExported(path: string): Promise<boolean>;
}

export function createExportedFiles(client: EngineClient): ExportedFiles {
  const all = async (): Promise<{ readonly id: string; readonly path: string }[]> => {
    const exports = await client.exports.list({ limit: 500 });
    return exports.flatMap(({ id, path, state }) => (state === 'succeeded' && path !== null && existsSync(path) ? [{ id, path }] : []));
  };
  return {
    ofExport: async (exportId) => (await all()).find(({ id }) => id === exportId)?.path,
    isExported: async (wanted) => (await all()).some(({ path }) => path === wanted),
  };
}
