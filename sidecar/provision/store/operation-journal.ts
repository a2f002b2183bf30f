/**
 * `op.json`: how far an operation has come. Written before a stage begins and after it has ended, so that the next start goes on at
 * the stage that was cut off. It is gone when the operation is complete.
 */
import { rm } from 'node:fs/promises';
import { z } from 'zod';
import { INSTALL_STAGES, VARIANTS } from '../types.ts';
import type { InstallStage, OpenOperation } from '../types.ts';
import { readJson, writeJson } from './durable-text.ts';

const operationSchema = z.object({
  version: z.literal(1),
  op: z.enum(['install', 'repair', 'uninstall', 'bundle']),
  engineId: z.string().min(1),
  variant: z.enum(VARIANTS).optional(),
  /** Where everything comes from, when it is a bundle. */
  bundlePath: z.string().optional(),
  stage: z.enum([...INSTALL_STAGES, 'bundle']),
  /** The stages that are complete. */
  done: z.array(z.enum(INSTALL_STAGES)),
  /** How often the present stage was begun. */
  attempt: z.number().int().positive(),
  startedMs: z.number(),
});
export type Operation = z.infer<typeof operationSchema>;

export const readOperation = (path: string): Promise<Operation | undefined> => readJson(path, operationSchema);

export const writeOperation = (path: string, operation: Operation): Promise<void> => writeJson(path, operation);

export const removeOperation = (path: string): Promise<void> => rm(path, { force: true });

/** What a user sees of it. */
export const toOpenOperation = ({ op, engineId, stage, attempt, startedMs }: Operation): OpenOperation => ({ op, engineId, stage, attempt, startedMs });

/** The operation as it stands when a stage is begun (once more). */
export function beginStage(operation: Operation, stage: InstallStage): Operation {
  const isAgain = operation.stage === stage && !operation.done.includes(stage);
  return { ...operation, stage, attempt: isAgain ? operation.attempt + 1 : 1 };
}

export const endStage = (operation: Operation, stage: InstallStage): Operation => ({ ...operation, done: [...operation.done, stage] });
