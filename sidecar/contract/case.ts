/** What the contract is made of: named cases, each true or false for a server, whichever it is. */
import type { ObjectInfo } from '#sidecar/protocol/object-info.ts';
import type { EngineChoice } from './engine-choice.ts';
import type { ProcessKit } from './process-kit.ts';
import type { ServedKit } from './served-kit.ts';

/** A server that answers. */
export interface ServedTarget {
  readonly label: string;
  readonly url: string;
  readonly nonce?: string;
  readonly version: string;
  readonly nodes: ObjectInfo;
  /** How long the work of a job takes that has to be caught in the middle. */
  readonly workSeconds: number;
}

/** A server that can be started, stopped and killed here. */
export interface ProcessTarget {
  readonly label: string;
  readonly choice: EngineChoice;
  readonly workSeconds: number;
  /** Start-stop cycles of the case that looks for leaks. */
  readonly cycles: number;
}

interface Case<Target, Kit> {
  /** A whole sentence about the server and us. */
  readonly name: string;
  /** Why this server cannot show it, if so. */
  lacks?(target: Target): string | undefined;
  /** Throws when it is not true. */
  run(kit: Kit): Promise<void>;
}

export type ServedCase = Case<ServedTarget, ServedKit>;
export type ProcessCase = Case<ProcessTarget, ProcessKit>;

/** Measured on the way, e.g. `gone: 41 ms`, or what was used in place of something that a version lacks. */
export type Note = (text: string) => void;

export interface CaseResult {
  readonly name: string;
  readonly outcome: 'held' | 'broken' | 'not here';
  readonly ms: number;
  readonly notes: readonly string[];
  /** Of `broken` what was thrown, of `not here` the reason. */
  readonly error?: unknown;
  readonly reason?: string;
}

/** One case after the other: they share the server. Never throws. */
export async function runCases<Target, Kit extends { close(): Promise<void> }>(cases: readonly Case<Target, Kit>[], target: Target, openKit: (note: Note) => Promise<Kit>, onResult: (result: CaseResult) => void): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const each of cases) {
    const result = await runCase(each, target, openKit);
    results.push(result);
    onResult(result);
  }
  return results;
}

async function runCase<Target, Kit extends { close(): Promise<void> }>(each: Case<Target, Kit>, target: Target, openKit: (note: Note) => Promise<Kit>): Promise<CaseResult> {
  const reason = each.lacks?.(target);
  if (reason !== undefined) return { name: each.name, outcome: 'not here', ms: 0, notes: [], reason };
  const notes: string[] = [];
  const startedMs = performance.now();
  const end = (outcome: 'held' | 'broken', error?: unknown): CaseResult => ({ name: each.name, outcome, ms: Math.round(performance.now() - startedMs), notes, ...(error === undefined ? {} : { error }) });
  let kit: Kit | undefined;
  try {
    kit = await openKit((text) => void notes.push(text));
    await each.run(kit);
    await kit.close();
    return end('held');
  } catch (error) {
    // What the case left behind is cleared as far as possible; its own failure is the one that is told.
    await kit?.close().catch(() => {});
    return end('broken', error);
  }
}
