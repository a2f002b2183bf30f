/**
 * Files on their way from wherever they were dropped or picked to the New advert screen, which takes them when it opens. They cannot travel in
 * the address, so they wait here.
 */
/** Files, and the names of folders among what was dropped; a folder cannot be read as a file. */
export interface DroppedFiles {
  readonly files: readonly File[];
  readonly folders: readonly string[];
}

const waiting: DroppedFiles[] = [];
const listeners = new Set<() => void>();

/** Hands files to the New advert screen: to the open one at once, otherwise to the next that opens. */
export function offerFiles(files: readonly File[], folders: readonly string[] = []): void {
  waiting.push({ files, folders });
  listeners.forEach((tell) => tell());
}

/** All that wait, each only once. */
export function takeOfferedFiles(): DroppedFiles {
  const taken = waiting.splice(0);
  return { files: taken.flatMap(({ files }) => files), folders: taken.flatMap(({ folders }) => folders) };
}

/** Tells of files that come while the screen is open; returns the way to stop. */
export function onFilesOffered(tell: () => void): () => void {
  listeners.add(tell);
  return () => void listeners.delete(tell);
}

/** What a drop holds. Only some browsers tell folders; elsewhere they come as files that cannot be read. */
export function readDrop({ items }: DataTransfer): DroppedFiles {
  const entries = [...items].map((item) => ({ file: item.getAsFile(), entry: item.webkitGetAsEntry() }));
  const folders = entries.flatMap(({ entry }) => (entry?.isDirectory ? [entry.name] : []));
  return { files: entries.flatMap(({ file, entry }) => (file && !entry?.isDirectory ? [file] : [])), folders };
}
