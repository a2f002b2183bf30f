/** Files that a job made. Nodes report them under many keys; whatever has a `filename` is a file, its kind follows from the extension. */

export type OutputKind = 'image' | 'video' | 'audio' | 'other';

export interface OutputFile {
  readonly nodeId: string;
  readonly filename: string;
  readonly subfolder: string;
  readonly type: 'output' | 'temp' | 'input';
  readonly kind: OutputKind;
}

const KINDS: Readonly<Record<string, OutputKind>> = {
  png: 'image', jpg: 'image', jpeg: 'image', webp: 'image', gif: 'image', tif: 'image', tiff: 'image', exr: 'image', avif: 'image',
  mp4: 'video', webm: 'video', mkv: 'video', mov: 'video', avi: 'video',
  flac: 'audio', mp3: 'audio', opus: 'audio', ogg: 'audio', wav: 'audio', m4a: 'audio', aac: 'audio',
};

/** All files of an `outputs` object, ordered by node id so that the order does not depend on the server's. A file is named once. */
export function listOutputs(outputs: unknown): OutputFile[] {
  if (!isRecord(outputs)) return [];
  const files = Object.keys(outputs).sort().flatMap((nodeId) => readNode(nodeId, outputs[nodeId]));
  const seen = new Set<string>();
  return files.filter((file) => {
    const key = JSON.stringify([file.nodeId, file.type, file.subfolder, file.filename]);
    return !seen.has(key) && seen.add(key);
  });
}

function readNode(nodeId: string, output: unknown): OutputFile[] {
  if (!isRecord(output)) return [];
  return Object.values(output).flatMap((list) => (Array.isArray(list) ? list : [])).flatMap((item: unknown) => {
    if (!isRecord(item) || typeof item['filename'] !== 'string' || item['filename'] === '') return [];
    const type = item['type'] === 'temp' || item['type'] === 'input' ? item['type'] : 'output';
    return [{ nodeId, filename: item['filename'], subfolder: typeof item['subfolder'] === 'string' ? item['subfolder'] : '', type, kind: kindOf(item['filename']) }];
  });
}

export function kindOf(filename: string): OutputKind {
  return KINDS[filename.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'other';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
