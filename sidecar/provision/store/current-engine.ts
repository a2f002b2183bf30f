/** `current.json`: which engine is used and which one was before it. Replaced in one step, so there is always exactly one answer. */
import { z } from 'zod';
import type { CurrentEngine } from '../types.ts';
import { makeFolder } from '../make-folder.ts';
import { withProcessLock } from '../process-lock.ts';
import { readJson, writeJson } from './durable-text.ts';
import { engineIdSchema } from './engine-lock.ts';
import type { StorePaths } from './store-paths.ts';

const currentEngineSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('managed'), engineId: engineIdSchema }),
  z.strictObject({ kind: z.literal('adopted'), folder: z.string().min(1), pythonPath: z.string().min(1) }),
  z.strictObject({ kind: z.literal('external'), url: z.string().min(1) }),
]);
const choiceSchema = z.object({ current: currentEngineSchema.optional(), previous: currentEngineSchema.optional() });
export type EngineChoice = z.infer<typeof choiceSchema>;

/** A change takes a moment, so whoever comes second waits. */
const WAIT_MS = 10_000;

export async function readChoice(paths: StorePaths): Promise<EngineChoice> {
  return (await readJson(paths.current, choiceSchema)) ?? {};
}

/** Reads, changes and writes the choice; processes do so one after the other. */
export async function changeChoice(paths: StorePaths, change: (choice: EngineChoice) => EngineChoice): Promise<EngineChoice> {
  await makeFolder(paths.folder);
  return await withProcessLock(`${paths.current}.lock`, { waitMs: WAIT_MS, what: 'The choice of the engine is being changed' }, async () => {
    const choice = change(await readChoice(paths));
    await writeJson(paths.current, choice);
    return choice;
  });
}

const nameOf = (engine: CurrentEngine | undefined): string => {
  if (engine === undefined) return '';
  return engine.kind === 'managed' ? engine.engineId : engine.kind === 'adopted' ? `${engine.folder}\n${engine.pythonPath}` : engine.url;
};

const isSameEngine = (a: CurrentEngine | undefined, b: CurrentEngine | undefined): boolean => a?.kind === b?.kind && nameOf(a) === nameOf(b);

/** Makes `engine` current. Choosing the same again forgets nothing. */
export const choosing = (engine: CurrentEngine) => (choice: EngineChoice): EngineChoice =>
  isSameEngine(choice.current, engine) ? choice : { current: engine, previous: choice.current ?? choice.previous };

/** Takes an engine that is gone out of the choice; what was before it is current again. */
export const without = (engineId: string) => ({ current, previous }: EngineChoice): EngineChoice => {
  const isGone = (engine?: CurrentEngine): boolean => engine?.kind === 'managed' && engine.engineId === engineId;
  const kept = [current, previous].filter((engine) => !isGone(engine));
  return { current: kept[0], previous: kept[1] };
};
