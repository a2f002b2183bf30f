/**
 * Files on their way from wherever they were dropped or picked to the New advert screen, which takes them when it opens. They cannot travel in
 * the address, so they wait here.
 */
const waiting: File[] = [];
const listeners = new Set<() => void>();

/** Hands files to the New advert screen: to the open one at once, otherwise to the next that opens. */
export function offerFiles(files: readonly File[]): void {
  waiting.push(...files);
  listeners.forEach((tell) => tell());
}

/** All that wait, each only once. */
export function takeOfferedFiles(): File[] {
  return waiting.splice(0);
}

/** Tells of files that come while the screen is open; returns the way to stop. */
export function onFilesOffered(tell: () => void): () => void {
  listeners.add(tell);
  return () => void listeners.delete(tell);
}
