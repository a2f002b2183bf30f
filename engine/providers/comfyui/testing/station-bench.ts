/** Stations with short waits over fake servers, with the real journal in a real database. */
import { join } from 'node:path';
import { AdgenError } from '#core/contract/errors.ts';
import { decode, pictureGraph, QUICK } from '#sidecar/client/testing/harness.ts';
import { startFakeServer } from '#sidecar/fake/server.ts';
import type { FakeOptions, FakeServer } from '#sidecar/fake/server.ts';
import { reasonOf } from '#sidecar/protocol/failures.ts';
import { openTestDb } from '#engine/db/test-db.ts';
import { createJobJournal, jobFolder } from '../job-journal.ts';
import { createStation } from '../station.ts';
import type { Station, StationJob, StationOptions } from '../station.ts';

export type StationBench = ReturnType<typeof openStationBench>;

export function openStationBench() {
  const db = openTestDb();
  const journal = createJobJournal(db);
  const stations: Station[] = [];
  const servers: FakeServer[] = [];
  let passedMs = 0;
  return {
    db, journal,
    /** Servers of one bench share a disk, as a server and its successor do. */
    async serve(options: Partial<FakeOptions> = {}): Promise<FakeServer> {
      const server = await startFakeServer({ folder: join(db.dataDir, 'fake'), stepMs: 3, steps: 4, rebootMs: 50, ...options });
      servers.push(server);
      return server;
    },
    station(options: Pick<StationOptions, 'access'> & Partial<StationOptions>): Station {
      const station = createStation({ journal, readyMs: 4000, now: () => passedMs, ...options, limits: { ...QUICK, ...options.limits } });
      stations.push(station);
      return station;
    },
    /** On the stations' clock. */
    pass(ms: number): void {
      passedMs += ms;
    },
    job: (key: string, color = 0x336699, more: Partial<StationJob> = {}): StationJob => ({ key, graph: pictureGraph(color), folder: jobFolder(db.dataDir, key), verify: decode, signal: new AbortController().signal, ...more }),
    async close(): Promise<void> {
      await Promise.all(stations.map((station) => station.close()));
      await Promise.all(servers.map((server) => server.close()));
      await db.close();
    },
  };
}

/** How it ended: `done`, a failure's name, or the error's. */
export async function endOf(work: Promise<unknown>): Promise<string> {
  return await work.then(() => 'done', (error: Error) => (error instanceof AdgenError ? (reasonOf(error) ?? error.code) : error.name));
}
