/** The owner of a server's process, played by a test: it says where the server is, that it is gone, and what becomes of jobs. */
import { unlessAborted } from '#sidecar/access/unless-aborted.ts';
import type { JobVerdict, SidecarAccess, SidecarConnection, SidecarListener } from '#sidecar/access/types.ts';
import type { ClientReport } from '#sidecar/supervisor/supervisor.ts';

export interface PlayedHost {
  readonly access: SidecarAccess;
  /** What was reported, as `type key`. */
  readonly reports: readonly string[];
  /** How often somebody asked where the server is. */
  connects(): number;
  /** Answers whoever asks, also those who wait. */
  serve(connection: SidecarConnection): void;
  refuse(error: Error): void;
  /** Whoever asks from now on waits. */
  lose(reason: string): void;
  tell(verdict: JobVerdict): void;
}

export function playHost({ kind = 'ours', usesTiledVae = () => false, onReport }: { kind?: SidecarAccess['kind']; usesTiledVae?(): boolean; onReport?(report: ClientReport, host: PlayedHost): void } = {}): PlayedHost {
  const listeners = new Set<SidecarListener>();
  const reports: string[] = [];
  let connects = 0;
  let answer = Promise.withResolvers<SidecarConnection>();
  const host: PlayedHost = {
    reports,
    connects: () => connects,
    serve: (connection) => answer.resolve(connection),
    refuse(error) {
      answer.promise.catch(() => {}); // perhaps nobody asks
      answer.reject(error);
    },
    lose(reason) {
      answer = Promise.withResolvers();
      listeners.forEach((listener) => listener.onLost?.(reason));
    },
    tell: (verdict) => listeners.forEach((listener) => listener.onJob?.(verdict)),
    access: {
      kind,
      needsNetwork: false,
      async connect(signal) {
        connects += 1;
        return await unlessAborted(answer.promise, signal);
      },
      report(report) {
        reports.push('jobId' in report ? `${report.type} ${report.jobId}` : report.type);
        onReport?.(report, host);
      },
      usesTiledVae,
      subscribe(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
  };
  return host;
}
