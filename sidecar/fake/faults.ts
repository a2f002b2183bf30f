/** What can be made to go wrong in the fake server, each a number of times or for good. */

export const FAULTS = {
  slow: 'answers late',
  silent: 'takes a request and never answers it',
  'drop-ws': 'cuts all WebSockets when a job begins',
  'lose-reply': 'takes a prompt and cuts the connection instead of answering',
  duplicate: 'puts a prompt into the queue twice',
  'jobs-404': 'does not know a job at /api/jobs/{id} that it has',
  'truncated-json': 'sends the first half of a JSON answer',
  'huge-preview': 'sends a preview of many megabytes',
  'wrong-nonce': 'is another server than the one that was started',
  'node-errors': 'takes a prompt with 200 and says that parts of it are invalid',
  oom: 'runs out of GPU memory in a job',
  'die-mid-job': 'crashes in the middle of a job; queue and history are gone',
  'die-at-boot': 'ends before it serves',
  'dead-worker': 'its worker thread dies in a job; HTTP goes on answering',
  'old-version': 'is a ComfyUI from before 0.3.64',
  'history-gone': 'is restarted right after a job has ended',
  'cut-file': 'cuts the download of a result in the middle',
  'file-gone': 'has lost the file of a result',
  'short-file': 'has only the first half of a result, and takes that for the whole',
} as const;

export type FaultName = keyof typeof FAULTS;

export function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(FAULTS, name);
}

export type Faults = ReturnType<typeof createFaults>;

export function createFaults() {
  const left = new Map<FaultName, number>();
  return {
    /** The next `times` chances, or every one from now on. */
    arm(name: FaultName, times = Number.POSITIVE_INFINITY): void {
      left.set(name, times);
    },
    /** True when it is to happen now. */
    take(name: FaultName): boolean {
      const count = left.get(name) ?? 0;
      if (count > 0) left.set(name, count - 1);
      return count > 0;
    },
    disarm(): void {
      left.clear();
    },
  };
}
