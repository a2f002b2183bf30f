/** A generator over a fake server: real database, artifact store and ffmpeg; what a step would be told is kept. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { externalSidecar } from '#sidecar/access/external-sidecar.ts';
import type { SidecarAccess } from '#sidecar/access/types.ts';
import { QUICK } from '#sidecar/client/testing/harness.ts';
import type { ClientLimits } from '#sidecar/client/comfy-types.ts';
import { startFakeServer } from '#sidecar/fake/server.ts';
import type { FakeOptions, FakeServer } from '#sidecar/fake/server.ts';
import { locateFfmpeg } from '#engine/compositing/ffmpeg/locate-ffmpeg.ts';
import { openTestDb } from '#engine/db/test-db.ts';
import type { GenerationRecord, PreviewImage } from '#engine/jobs/types.ts';
import { generatorCall } from '#engine/providers/provider-call.ts';
import type { GeneratorCall } from '#engine/providers/types.ts';
import { openArtifactStore } from '#engine/storage/artifact-store.ts';
import { createComfyGenerator } from '../generator.ts';
import type { ComfyGenerator } from '../generator.ts';

export interface TestCall {
  readonly call: GeneratorCall;
  readonly notes: string[];
  readonly progress: number[];
  readonly previews: PreviewImage[];
  readonly records: GenerationRecord[];
  /** Cancels the step. */
  abort(): void;
}

export type GeneratorBench = Awaited<ReturnType<typeof openGeneratorBench>>;

export async function openGeneratorBench(options: Partial<FakeOptions> = {}) {
  const db = openTestDb();
  const store = openArtifactStore(db.dataDir);
  const server: FakeServer = await startFakeServer({ folder: join(db.dataDir, 'fake'), stepMs: 3, steps: 4, rebootMs: 50, ...options });
  const { path: ffmpegPath } = await locateFfmpeg();
  const generators: ComfyGenerator[] = [];
  return {
    db, store, server, ffmpegPath,
    /** Folder of the user's own workflows. */
    workflowsDir: join(db.dataDir, 'workflows'),
    async generator({ access = externalSidecar(server.url), limits = {} }: { access?: SidecarAccess; limits?: Partial<ClientLimits> } = {}): Promise<ComfyGenerator> {
      const generator = await createComfyGenerator({ access, db, limits: { ...QUICK, answerMs: 5000, ...limits }, ffmpegPath: async () => ffmpegPath, tempPath: (extension) => store.tempPath(extension) });
      generators.push(generator);
      return generator;
    },
    call(name: string): TestCall {
      const ending = new AbortController();
      const notes: string[] = [];
      const progress: number[] = [];
      const previews: PreviewImage[] = [];
      const records: GenerationRecord[] = [];
      const step = { key: createHash('sha256').update(name).digest('hex'), kind: 'backdrop', stage: 'GENERATING_SCENES', name, lane: 'gpu', deps: [], params: {} } as const;
      const call = generatorCall({ store }, {
        step, runId: 'run', attempt: 1, isLastAttempt: true, signal: ending.signal,
        input: () => { throw new Error('this step depends on nothing'); },
        report: (value, note) => {
          progress.push(value);
          if (note !== undefined) notes.push(note);
        },
        preview: (image) => void previews.push(image),
      }, records);
      return { call, notes, progress, previews, records, abort: () => ending.abort(Object.assign(new Error('canceled'), { name: 'AbortError' })) };
    },
    async close(): Promise<void> {
      await Promise.all(generators.map((generator) => generator.close()));
      await server.close();
      await db.close();
    },
  };
}
