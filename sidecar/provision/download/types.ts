/** What a download is asked for and what it tells. */

export interface Network {
  /** HTTPS_PROXY, ALL_PROXY and NO_PROXY, lower case too; default: this process's environment. Loopback is never asked through a proxy. */
  readonly proxyEnv?: Readonly<Record<string, string | undefined>>;
  /** No byte for so long: the connection is given up and the download goes on with another; 30 s. */
  readonly stallMs?: number;
  /** Tries in a row that bring nothing new before it is an error; 5. A cut after new bytes does not count. */
  readonly tries?: number;
  /** Pause before the second try; it doubles from try to try, up to 30 s. 1 s. */
  readonly retryFirstMs?: number;
  /** Certificates to trust besides those of Node and of the system, PEM. */
  readonly extraCaPem?: string;
}

export interface DownloadProgress {
  readonly receivedBytes: number;
  /** Missing while nobody has said it. */
  readonly totalBytes?: number;
  /** Over the last seconds; what was there before does not count. */
  readonly bytesPerSecond: number;
}

export interface DownloadRequest {
  /** https, or http on loopback. */
  readonly url: string;
  readonly destination: string;
  /** Where the unfinished file and its journal live; best on the destination's volume. */
  readonly partsDir: string;
  /** 64 hex digits, lower case. */
  readonly sha256?: string;
  /** Exact size; a file of another size is refused. */
  readonly bytes?: number;
  /** Sent to the origin of `url` only, never to where it redirects. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly network?: Network;
  /** What must stay free on every volume; 2 GiB. */
  readonly reserveBytes?: number;
  /** How often it is looked whether there is still room for the rest; 500 MB. */
  readonly spaceEveryBytes?: number;
  /** A kill or a power cut costs what came in so much time, and at most about 128 MB; 2 s. */
  readonly syncEveryMs?: number;
  readonly signal: AbortSignal;
  onProgress?(progress: DownloadProgress): void;
  /** Looks at the whole, hashed file before it appears at its destination; throws when it must not. */
  verify?(path: string): Promise<void>;
}

export interface DownloadResult {
  readonly sha256: string;
  readonly bytes: number;
  /** Bytes that an earlier run of the program had brought; all of them when nothing was fetched. */
  readonly resumedFrom: number;
}
