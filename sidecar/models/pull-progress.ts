/** The progress of several downloads: each on its own and all together. */
import type { DownloadProgress } from '#sidecar/provision/download/types.ts';
import type { LoadableModel } from './choose-models.ts';

export interface FileProgress {
  readonly id: string;
  readonly name: string;
  readonly state: 'waiting' | 'loading' | 'done' | 'failed';
  readonly receivedBytes: number;
  /** From the catalogue (perhaps rounded) until the server has said it. */
  readonly totalBytes?: number;
}

export interface PullProgress {
  readonly receivedBytes: number;
  /** Of the files whose size is known. */
  readonly totalBytes: number;
  readonly bytesPerSecond: number;
  readonly files: readonly FileProgress[];
}

export interface PullBoard {
  update(id: string, progress: DownloadProgress): void;
  finish(id: string, bytes: number): void;
  fail(id: string): void;
}

export function createPullBoard(models: readonly LoadableModel[], onProgress: ((progress: PullProgress) => void) | undefined): PullBoard {
  const files = new Map<string, FileProgress>(models.map(({ id, name, bytes }) => [id, { id, name, state: 'waiting', receivedBytes: 0, ...(bytes === null ? {} : { totalBytes: bytes }) }]));
  const rates = new Map<string, number>();
  const change = (id: string, update: Partial<FileProgress>, bytesPerSecond: number): void => {
    const file = files.get(id);
    if (file === undefined) return;
    files.set(id, { ...file, ...update });
    rates.set(id, bytesPerSecond);
    onProgress?.(sumUp([...files.values()], [...rates.values()]));
  };
  return {
    update: (id, { receivedBytes, totalBytes, bytesPerSecond }) => change(id, { state: 'loading', receivedBytes, ...(totalBytes === undefined ? {} : { totalBytes }) }, bytesPerSecond),
    finish: (id, bytes) => change(id, { state: 'done', receivedBytes: bytes, totalBytes: bytes }, 0),
    fail: (id) => change(id, { state: 'failed' }, 0),
  };
}

function sumUp(files: readonly FileProgress[], rates: readonly number[]): PullProgress {
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return {
    receivedBytes: sum(files.map(({ receivedBytes }) => receivedBytes)),
    totalBytes: sum(files.map(({ totalBytes = 0 }) => totalBytes)),
    bytesPerSecond: sum(rates),
    files,
  };
}
