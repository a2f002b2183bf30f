/** Which files the shell may hand out: those that exports wrote and that are still there. The engine keeps the list; a page only names them. */
import { existsSync } from 'node:fs';
import type { EngineClient } from '#engine/host/message-port.ts';

export interface ExportedFiles {
  /** The file of an export; undefined when there is none, or it is gone. */
  ofExport(exportId: string): Promise<string | undefined>;
}

export function createExportedFiles(client: EngineClient): ExportedFiles {
  return {
    async ofExport(exportId) {
      const found = (await client.exports.list({ limit: 500 })).find(({ id }) => id === exportId);
      return found?.state === 'succeeded' && found.path !== null && existsSync(found.path) ? found.path : undefined;
    },
  };
}
