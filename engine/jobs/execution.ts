/** One execution of a step's handler, shared by all runs of this process that need the step. Calls the handler; writes nothing. */
import { AdgenError } from '#core/contract/errors.ts';
import { collectAssetHashes } from '../storage/asset-hashes.ts';
import { canceledError, isCanceled } from './canceled-error.ts';
import type { RunNode } from './run-graph.ts';
import type { PreviewImage, StepHandler, StepOutput, StepSpec } from './types.ts';

export type ExecutionEnd =
  | { readonly kind: 'succeeded'; readonly output: StepOutput }
  | { readonly kind: 'failed'; readonly error: Error }
  | { readonly kind: 'transient'; readonly error: Error }
  | { readonly kind: 'canceled' };

export interface ExecutionEnvironment {
  readonly handlers: Readonly<Record<string, StepHandler>>;
  readonly hasArtifact: (hash: string) => boolean;
  readonly loadOutput: (key: string) => StepOutput;
  readonly onReport: (execution: Execution) => void;
  readonly onPreview: (execution: Execution, image: PreviewImage) => void;
}

/** Twice a second is enough to see something grow. */
const PREVIEW_MS = 500;
/** It travels as text, to every watcher. */
const PREVIEW_MOST_BYTES = 512 * 1024;

export class Execution {
  readonly spec: StepSpec;
  readonly slot: number;
  readonly attempt: number;
  /** The runs that want its result; empty after all of them were canceled. */
  readonly nodes: Set<RunNode>;
  /** Runs that asked for the step while it was being aborted: it starts again for them. */
  readonly followers: RunNode[] = [];
  readonly ended = Promise.withResolvers<void>();
  readonly #controller = new AbortController();
  #previewedMs = -Infinity;
  progress = 0;
  note: string | undefined;
  /** The part of `progress` that its runs have counted already. */
  countedProgress = 0;

  constructor(node: RunNode, slot: number, attempt: number) {
    this.spec = node.spec;
    this.slot = slot;
    this.attempt = attempt;
    this.nodes = new Set([node]);
  }

  get isAborting(): boolean {
    return this.#controller.signal.aborted;
  }

  abort(): void {
    this.#controller.abort(canceledError());
  }

  async run(runId: string, environment: ExecutionEnvironment): Promise<ExecutionEnd> {
    try {
      const output = await this.#callHandler(runId, environment);
      return { kind: 'succeeded', output: checkOutput(this.spec, output, environment.hasArtifact) };
    } catch (thrown) {
      if (this.isAborting) return { kind: 'canceled' };
      const error = toError(thrown);
      // An AbortError that nobody asked for is a failure of the handler's own; it must not pass for a cancel.
      if (isCanceled(error)) return { kind: 'failed', error: new AdgenError('INTERNAL', `Step "${this.spec.name}" gave up by itself: ${error.message}`, { cause: error }) };
      const isTransient = error instanceof AdgenError && error.isTransient && this.attempt < maxAttemptsOf(this.spec);
      return { kind: isTransient ? 'transient' : 'failed', error };
    }
  }

  async #callHandler(runId: string, { handlers, loadOutput, onReport, onPreview }: ExecutionEnvironment): Promise<StepOutput> {
    const { spec, attempt } = this;
    const handler = handlers[spec.kind];
    if (handler === undefined) throw new AdgenError('INTERNAL', `Nothing here can do a step of kind "${spec.kind}".`);
    return await handler({
      runId,
      step: spec,
      attempt,
      isLastAttempt: attempt >= maxAttemptsOf(spec),
      signal: this.#controller.signal,
      input: loadOutput,
      report: (progress, note) => {
        if (this.isAborting || !(progress >= 0)) return;
        this.progress = Math.max(this.progress, Math.min(1, progress));
        if (note !== undefined) this.note = note;
        onReport(this);
      },
      preview: (image) => {
        if (this.isAborting || image.bytes.length > PREVIEW_MOST_BYTES || performance.now() - this.#previewedMs < PREVIEW_MS) return;
        this.#previewedMs = performance.now();
        onPreview(this, image);
      },
    });
  }
}

function maxAttemptsOf(spec: StepSpec): number {
  return spec.maxAttempts ?? 3;
}

/** A result that names an artifact which is not in the store would be a lie at the next start. */
function checkOutput(spec: StepSpec, output: StepOutput, hasArtifact: (hash: string) => boolean): StepOutput {
  for (const hash of collectAssetHashes([output.artifacts, output.data])) {
    if (!hasArtifact(hash)) throw new AdgenError('INTERNAL', `Step "${spec.name}" names an artifact that is not in the store (${hash.slice(0, 12)}…).`);
  }
  return output;
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
