/** SQLite gives Node no timing hook, so every prepared statement of a connection is timed where it is called. */
import type { SqliteConnection } from './open.ts';

type Call = (...parameters: unknown[]) => unknown;

/** Calls `onSlow` with the SQL text and its duration for each statement over `slowMs`. */
export function timeStatements(connection: SqliteConnection, slowMs: number, onSlow?: (statement: string, durationMs: number) => void): void {
  if (onSlow === undefined) return;
  const prepare = connection.prepare.bind(connection);
  const timed = (source: string) => {
    const statement = prepare(source) as unknown as Record<'run' | 'get' | 'all', Call> & { reader: boolean };
    for (const method of ['run', 'get', 'all'] as const) {
      const call = statement[method].bind(statement);
      statement[method] = (...parameters) => {
        const startedMs = performance.now();
        try {
          return call(...parameters);
        } finally {
          const durationMs = performance.now() - startedMs;
          if (durationMs > slowMs) onSlow(source, durationMs);
        }
      };
    }
    return statement;
  };
  connection.prepare = timed as unknown as typeof connection.prepare;
}
