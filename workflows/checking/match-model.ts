/** Model file names: the graph's spelling against the server's. */

const WEIGHTS = /\.(?:safetensors|sft|gguf|ckpt|pth?|bin|onnx)$/i;

/** Says whether a value names a file of weights, so that its absence is a missing model and not a wrong choice. */
export function isModelFile(value: string): boolean {
  return WEIGHTS.test(value);
}

/** File name without its folder, whichever slash the server's system uses. */
export function baseName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}

/**
 * The server's own spelling of a model file, or undefined when it has none: the same path with other slashes first, then the same
 * file name in another folder (the shortest path when there are several).
 */
export function matchModel(file: string, options: readonly string[]): string | undefined {
  if (!isModelFile(file)) return undefined;
  const slashed = (path: string): string => path.replaceAll('\\', '/');
  const samePath = options.find((option) => slashed(option) === slashed(file));
  if (samePath !== undefined) return samePath;
  const sameName = options.filter((option) => baseName(option) === baseName(file));
  return sameName.sort((a, b) => a.length - b.length || (a < b ? -1 : 1))[0];
}
