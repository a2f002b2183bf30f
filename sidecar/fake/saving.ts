/** What the saving nodes write, and under which key and name they report it, as the real ones do. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, posix, resolve, sep } from 'node:path';
import type { Graph } from '#sidecar/protocol/graph.ts';
import { describeNode, filmClip, paintImage, playTone } from './pictures.ts';

export interface Folders {
  readonly input: string;
  readonly output: string;
  readonly temp: string;
}

export type NodeOutput = Readonly<Record<string, readonly unknown[]>>;

const VP9 = ['-c:v', 'libvpx-vp9', '-b:v', '0', '-crf', '40', '-deadline', 'realtime', '-cpu-used', '8'];
const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast'];

/** Undefined for a node that saves nothing. Throws what becomes an execution_error. */
export async function saveNode(graph: Graph, id: string, folders: Folders): Promise<NodeOutput | undefined> {
  const node = graph[id];
  const subject = describeNode(graph, id);
  switch (node?.class_type) {
    case 'SaveImage': case 'SaveImageAdvanced': return await save(folders.output, 'output', prefixOf(node.inputs), 'png', async (path) => await writeFile(path, await paintImage(subject, folders.input)));
    case 'PreviewImage': return await save(folders.temp, 'temp', 'ComfyUI_temp_fake', 'png', async (path) => await writeFile(path, await paintImage(subject, folders.input)));
    case 'SaveAnimatedWEBP': return { ...(await save(folders.output, 'output', prefixOf(node.inputs), 'webp', async (path) => await writeFile(path, await paintImage(subject, folders.input, 'webp')))), animated: [true] };
    case 'SaveVideo': return { ...(await save(folders.output, 'output', prefixOf(node.inputs), 'mp4', async (path) => await filmClip(subject, path, folders.input, H264))), animated: [true] };
    case 'SaveWEBM': return { ...(await save(folders.output, 'output', prefixOf(node.inputs), 'webm', async (path) => await filmClip(subject, path, folders.input, VP9))), animated: [true] };
    case 'SaveAudio': case 'SaveAudioMP3': case 'SaveAudioAdvanced': return await save(folders.output, 'output', prefixOf(node.inputs), audioFormat(node.class_type, node.inputs), async (path) => await playTone(subject, path), 'audio');
    default: return undefined;
  }
}

function audioFormat(classType: string, inputs: Readonly<Record<string, unknown>>): string {
  if (classType === 'SaveAudioMP3') return 'mp3';
  return typeof inputs['format'] === 'string' ? inputs['format'] : 'flac';
}

function prefixOf(inputs: Readonly<Record<string, unknown>>): string {
  return typeof inputs['filename_prefix'] === 'string' ? inputs['filename_prefix'] : 'ComfyUI';
}

async function save(root: string, type: string, prefix: string, ext: string, write: (path: string) => Promise<void>, key = 'images'): Promise<NodeOutput> {
  const folder = resolve(root, dirname(prefix));
  if (folder !== resolve(root) && !folder.startsWith(resolve(root) + sep)) throw new Error(`Saving image outside the output folder is not allowed.\n full_output_folder: ${folder}`);
  await mkdir(folder, { recursive: true });
  const name = basename(prefix);
  const number = String((await highest(folder, name)) + 1).padStart(5, '0');
  const filename = `${name}_${number}${key === 'audio' ? '' : '_'}.${ext}`;
  await write(join(folder, filename));
  const subfolder = dirname(prefix);
  return { [key]: [{ filename, subfolder: subfolder === '.' ? '' : posix.normalize(subfolder), type }] };
}

/** The counter is shared by all files of a prefix, whatever their kind. */
async function highest(folder: string, name: string): Promise<number> {
  const numbers = (await readdir(folder)).filter((file) => file.startsWith(`${name}_`)).map((file) => Number.parseInt(file.slice(name.length + 1), 10));
  return Math.max(0, ...numbers.filter(Number.isInteger));
}
