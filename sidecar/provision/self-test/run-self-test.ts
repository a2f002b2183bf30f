/**
 * Runs `sidecar/python/self_test.py` with an engine's Python in a process that is thrown away, because a driver can crash or hang it.
 * Time is given by activity: the script tells each phase, and that it is using the processor in between.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { engineEnvironment } from '#sidecar/supervisor/environment.ts';
import { type EngineProcess, spawnEngine } from '#sidecar/supervisor/spawn-engine.ts';
import type { SelfTestResult, Variant } from '../types.ts';
import { whenGone } from '../when-gone.ts';
import { judgeSelfTest, type Observed, parseSelfTestLine, type SelfTestEnding } from './judge-self-test.ts';

export interface SelfTestOptions {
  /** Of the environment that holds PyTorch. */
  readonly pythonPath: string;
  readonly variant: Variant;
  readonly signal: AbortSignal;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Without any activity; the first start after an installation reads gigabytes. */
  readonly silenceMs?: number;
  /** In any case. */
  readonly limitMs?: number;
  readonly scriptPath?: string;
}

const SCRIPT = join(import.meta.dirname, '..', '..', 'python', 'self_test.py');
const SILENCE_MS = 90_000;
const LIMIT_MS = 900_000;
/** Errors are followed by advice for developers. */
const ERROR_WORDS = /^(?:[\w.]*(?:Error|Exception)\b|Fatal Python error)/;

/** Never rejects for what the process does; with the signal's reason when cancelled. All processes are gone in either case. */
export async function runSelfTest(options: SelfTestOptions): Promise<SelfTestResult> {
  options.signal.throwIfAborted();
  const observed = await observe(options);
  options.signal.throwIfAborted();
  return judgeSelfTest(options.variant, observed);
}

function observe({ pythonPath, variant, signal, env = process.env, silenceMs = SILENCE_MS, limitMs = LIMIT_MS, scriptPath = SCRIPT }: SelfTestOptions): Promise<Observed> {
  return new Promise((resolve, reject) => {
    const run = randomUUID();
    const seen: { -readonly [K in 'report' | 'phase' | 'lastWords']?: Observed[K] } = {};
    let child: EngineProcess | undefined;
    let given: SelfTestEnding | undefined;
    const stop = (ending: SelfTestEnding): void => {
      given ??= ending;
      child?.killTree();
    };
    const limit = setTimeout(() => stop({ kind: 'too-long', seconds: limitMs / 1000 }), limitMs);
    const silence = setTimeout(() => stop({ kind: 'silence', seconds: silenceMs / 1000 }), silenceMs);
    const cancel = (): void => stop({ kind: 'too-long', seconds: 0 }); // the caller hears the signal's reason instead
    signal.addEventListener('abort', cancel, { once: true });
    const end = (ending: SelfTestEnding): void => {
      clearTimeout(limit);
      clearTimeout(silence);
      signal.removeEventListener('abort', cancel);
      const result = { ...seen, ending: given ?? ending };
      if (child === undefined) resolve(result);
      else whenGone(child).then(() => resolve(result), reject);
    };
    child = spawnEngine({ file: pythonPath, args: ['-s', scriptPath, '--variant', variant], cwd: process.cwd(), env: engineEnvironment(env, run), run }, {
      onLines(lines) {
        for (const line of lines) {
          const said = parseSelfTestLine(line);
          if (said?.selfTest === 'result') seen.report = said;
          else if (said?.selfTest === 'phase') seen.phase = said.phase;
          else if (said === undefined && (ERROR_WORDS.test(line) || !ERROR_WORDS.test(seen.lastWords ?? ''))) seen.lastWords = line;
          if (said !== undefined) silence.refresh();
        }
      },
      onExit: (code, name) => end({ kind: 'exit', code, signal: name }),
      onFailure: (error) => end({ kind: 'no-start', message: error.code ?? error.message }),
    });
  });
}
