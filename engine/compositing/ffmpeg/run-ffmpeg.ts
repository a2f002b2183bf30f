/**
 * The one module that runs ffmpeg, built and started through fluent-ffmpeg. A job is data, and ends in one value with
 * every field present; nobody matches on message text. Outputs appear whole or not at all, a canceled or killed run
 * leaves neither a process nor a file. It knows nothing of projects, filters or codecs.
 *
 * fluent-ffmpeg is archived, so its quirks are met here and nowhere else; each is named where it is overridden.
 */
import type { ChildProcess } from 'node:child_process';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { threadId } from 'node:worker_threads';
import ffmpeg from 'fluent-ffmpeg';
import { isWriteError } from './assert-succeeded.ts';
import { childJournal } from './child-journal.ts';
import { formatCommand, formatFileUrl, formatInputSource, inputOptions } from './ffmpeg-arguments.ts';
import type { FfmpegJob, FfmpegResult } from './ffmpeg-job.ts';
import { createProgressParser } from './ffmpeg-progress.ts';
import { createFramePipe, isBrokenPipe } from './frame-pipe.ts';
import { dyingWithParent, type Launcher } from './parent-death.ts';

const TAIL_LINES = 40;

/**
 * Runs one ffmpeg to its end. Rejects only with what `feed` or `read` threw (ffmpeg is killed first); everything that
 * happens to ffmpeg itself is told by the result, see `assertSucceeded`.
 */
export async function runFfmpeg(job: FfmpegJob): Promise<FfmpegResult> {
  const startedMs = performance.now();
  const target = openTarget(job.output);
  const ffmpegPath = job.ffmpegPath ?? (await findFfmpeg());
  const command = buildCommand(job, target.url);
  const launcher = await dyingWithParent(ffmpegPath, [...globalOptions(job), ...command.arguments()]);
  const run: Run = { tail: [], timedOut: false, isCanceled: false, hasWriteError: false, exitCode: null, signal: null };
  let isKept = false;
  try {
    if (job.signal?.aborted) run.isCanceled = true;
    else await superviseCommand(command, launcher, job, run);
    isKept = run.exitCode === 0 && !run.isCanceled && !run.timedOut && !run.hasWriteError;
    if (isKept) await target.keep();
  } finally {
    if (!isKept) await target.discard();
  }
  return {
    exitCode: run.exitCode, signal: run.signal, timedOut: run.timedOut, isCanceled: run.isCanceled, hasWriteError: run.hasWriteError, stderrTail: run.tail.join('\n'),
    durationMs: performance.now() - startedMs, command: formatCommand(ffmpegPath, [...globalOptions(job), ...command.arguments()]),
  };
}

/** Loaded only when nobody has said where ffmpeg is: workers are always told. */
async function findFfmpeg(): Promise<string> {
  const { locateFfmpeg } = await import('./locate-ffmpeg.ts');
  return (await locateFfmpeg()).path;
}

interface Run {
  readonly tail: string[];
  timedOut: boolean;
  isCanceled: boolean;
  hasWriteError: boolean;
  exitCode: number | null;
  signal: NodeJS.Signals | null;
}

interface Target {
  readonly url: string;
  keep(): Promise<void>;
  discard(): Promise<void>;
}

let targetCount = 0;

/** A file is written beside its final place under a name of ours: no user text in it, and `-y` can hurt nobody. */
function openTarget(output: FfmpegJob['output']): Target {
  const nothing = async (): Promise<void> => {};
  if (output === 'null') return { url: '-', keep: nothing, discard: nothing };
  if (output === 'pipe') return { url: 'pipe:1', keep: nothing, discard: nothing };
  const extension = /\.[a-z0-9]{1,8}$/i.exec(output.path)?.[0] ?? '';
  const temporary = path.join(path.dirname(output.path), `.adgen-${process.pid}-${threadId}-${targetCount++}${extension}`);
  return {
    url: formatFileUrl(temporary),
    keep: () => rename(temporary, output.path),
    discard: () => rm(temporary, { force: true }),
  };
}

function globalOptions(job: FfmpegJob): string[] {
  const hasPipe = job.inputs.some((input) => 'pipe' in input);
  const progress = job.onProgress ? ['-progress', 'pipe:2', '-stats_period', '0.25'] : [];
  return ['-hide_banner', '-nostats', '-loglevel', job.logLevel ?? 'warning', ...(hasPipe ? [] : ['-nostdin']), '-y', ...progress];
}

/** The private side of fluent-ffmpeg that we rely on (2.1.3, final). */
interface FluentInternals {
  ffmpegProc?: ChildProcess;
  _getArguments(): string[];
  _checkCapabilities(done: (error?: unknown) => void): void;
  _getFfmpegPath(done: (error: unknown, file: string) => void): void;
  _spawnFfmpeg(args: string[], options: object, onProcess: unknown, onEnd: (...ended: unknown[]) => void): void;
}

interface Command {
  readonly fluent: ffmpeg.FfmpegCommand & FluentInternals;
  arguments(): string[];
}

function buildCommand(job: FfmpegJob, url: string): Command {
  const fluent = ffmpeg({ stdoutLines: 1 }) as Command['fluent'];
  for (const input of job.inputs) {
    fluent.input(formatInputSource(input));
    const options = inputOptions(input);
    if (options.length > 0) fluent.inputOptions(...withoutSplitting(options));
  }
  if (job.filterGraph !== undefined) fluent.complexFilter(job.filterGraph);
  const options = job.output === 'null' ? [...job.outputOptions, '-f', 'null'] : job.outputOptions;
  fluent.output(url);
  if (options.length > 0) fluent.outputOptions(...withoutSplitting(options));
  return { fluent, arguments: () => fluent._getArguments() };
}

/** fluent-ffmpeg splits a lone option at its space; several arguments at once are left as they are. */
function withoutSplitting(options: readonly string[]): [string, ...string[]] {
  if (options.length === 1 && options[0]?.includes(' ')) throw new RangeError(`ffmpeg option "${options[0]}": pass name and value separately`);
  return options as unknown as [string, ...string[]];
}

/** Starts the command and stays until ffmpeg is gone and both ends of its pipes are done. */
async function superviseCommand(command: Command, launcher: Launcher, job: FfmpegJob, run: Run): Promise<void> {
  overrideQuirks(command.fluent, launcher);
  const scope = createScope(job, run);
  const transfers: Promise<void>[] = [];
  await new Promise<void>((resolve) => {
    command.fluent.on('stderr', (line: string) => scope.onLine(line));
    command.fluent.on('start', () => {
      const child = command.fluent.ffmpegProc;
      if (child) transfers.push(...scope.attach(child));
    });
    command.fluent.on('end', () => resolve());
    command.fluent.on('error', (error: Error) => {
      if (run.exitCode === null && run.signal === null) run.tail.push(error.message);
      resolve();
    });
    command.fluent.run();
  });
  const ended = await Promise.allSettled(transfers);
  scope.dispose();
  const failures = ended.filter((outcome) => outcome.status === 'rejected').map((outcome) => outcome.reason as unknown);
  const fault = failures.find((reason) => !isBrokenPipe(reason));
  if (fault !== undefined && !run.isCanceled && !run.timedOut) throw fault;
}

function overrideQuirks(fluent: Command['fluent'], launcher: Launcher): void {
  // It would run `ffmpeg -formats` and `-encoders` once per process (0.2 s CPU) to check names that we know.
  fluent._checkCapabilities = (done) => done();
  Object.assign(fluent, { availableEncoders: (done: (error: unknown, encoders: object) => void) => done(null, {}) });
  // Its path is one variable for the whole process, found by `which`; ours belongs to the job.
  fluent._getFfmpegPath = (done) => done(null, launcher.file);
  const spawn = fluent._spawnFfmpeg.bind(fluent);
  const emptyRing = { get: () => '' };
  fluent._spawnFfmpeg = (_args, options, onProcess, onEnd) =>
    // It would collect stdout as text, even raw frames, and it trips over its own missing rings when the spawn fails.
    spawn([...launcher.args], { ...options, captureStdout: false }, onProcess, (error, out, err) => onEnd(error, out ?? emptyRing, err ?? emptyRing));
}

/** Everything that lives as long as one child: its timer, its abort listener, its journal entry. */
function createScope(job: FfmpegJob, run: Run) {
  let child: ChildProcess | undefined;
  let timer: NodeJS.Timeout | undefined;
  const progress = createProgressParser(job.totalFrames, job.onProgress ?? (() => {}));
  // SIGKILL at once: what ffmpeg would finalise is thrown away anyway, and x264 may take seconds to react to SIGTERM.
  const kill = (): void => {
    child?.kill('SIGKILL');
    // What it wrote before its end may wait unread, and would keep the pipe open.
    child?.stdout?.destroy();
  };
  const onAbort = (): void => {
    run.isCanceled = true;
    kill();
  };
  return {
    onLine: (line: string): void => {
      if (line === '' || progress.push(line)) return;
      run.tail.push(line);
      if (run.tail.length > TAIL_LINES) run.tail.shift();
      if (job.output !== 'pipe' && isWriteError(line)) run.hasWriteError = true;
      job.onLogLine?.(line);
    },
    attach: (started: ChildProcess): Promise<void>[] => {
      child = started;
      if (started.pid !== undefined) childJournal()?.add(started.pid);
      started.once('exit', (code, signal) => {
        run.exitCode = code;
        run.signal = signal;
      });
      job.signal?.addEventListener('abort', onAbort, { once: true });
      if (job.signal?.aborted) onAbort();
      if (job.timeoutMs !== undefined) {
        timer = setTimeout(() => {
          run.timedOut = true;
          kill();
        }, job.timeoutMs);
      }
      return startTransfers(started, job, kill);
    },
    dispose: (): void => {
      clearTimeout(timer);
      job.signal?.removeEventListener('abort', onAbort);
      if (child?.pid !== undefined) childJournal()?.remove(child.pid);
    },
  };
}

/** The feeding and the reading side; when either throws, ffmpeg has nothing left to live for. */
function startTransfers(child: ChildProcess, job: FfmpegJob, kill: () => void): Promise<void>[] {
  const killAndRethrow = (error: unknown): never => {
    kill();
    throw error;
  };
  const transfers = [feedStdin(child, job).catch(killAndRethrow), readStdout(child, job).catch(killAndRethrow)];
  // They are awaited after the child's end; a failure before it must not count as unhandled.
  for (const transfer of transfers) transfer.catch(() => {});
  return transfers;
}

async function feedStdin(child: ChildProcess, job: FfmpegJob): Promise<void> {
  const stdin = child.stdin;
  if (!stdin) return;
  // A broken pipe is told by the failing write, and its cause by ffmpeg's exit.
  stdin.on('error', () => {});
  if (job.feed) await job.feed(createFramePipe(stdin)).catch(endOnBrokenPipe);
  stdin.end();
}

/** ffmpeg closed its stdin first: because it had enough, or because it failed. Its exit code says which. */
function endOnBrokenPipe(error: unknown): void {
  if (!isBrokenPipe(error)) throw error;
}

async function readStdout(child: ChildProcess, job: FfmpegJob): Promise<void> {
  if (!child.stdout) return;
  if (job.read) await Promise.race([job.read(child.stdout), failWhenCut(child.stdout)]);
  else child.stdout.resume();
}

/** Rejects when the stream is closed before its end, which not every reader notices: `readline` would wait for ever. */
async function failWhenCut(stdout: Readable): Promise<never> {
  await finished(stdout, { writable: false });
  return new Promise<never>(() => {}); // at its end the reader decides
}
