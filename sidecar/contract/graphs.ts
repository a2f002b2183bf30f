/** The graphs of the contract. Where a version lacks a node, what it has takes its place, and that is said. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Graph } from '#sidecar/protocol/graph.ts';
import type { ObjectInfo } from '#sidecar/protocol/object-info.ts';
import type { Note } from './case.ts';

type SmokeName = 'smoke-all-outputs' | 'smoke-product-composite' | 'smoke-slow-interruptible';

const FIXTURES = join(import.meta.dirname, '..', 'fake', 'fixtures');

export const hasNode = (nodes: ObjectInfo, name: string): boolean => Object.hasOwn(nodes, name);

/** One picture of one colour. */
export function pictureGraph(color: number): Graph {
  return { base: emptyImage(color), still: save('base') };
}

/** The same after so many seconds of work: of the probe node where there is one, else of whatever takes about as long on a CPU. */
export function workGraph(nodes: ObjectInfo, color: number, seconds: number, steps = 10): Graph {
  if (hasNode(nodes, 'AdgenProbeWork')) return { base: emptyImage(color), work: { class_type: 'AdgenProbeWork', inputs: { image: ['base', 0], seconds, steps } }, still: save('work') };
  const big = { class_type: 'EmptyImage', inputs: { width: 640, height: 360, batch_size: Math.ceil(seconds * 16), color } };
  const blur = (from: string) => ({ class_type: 'ImageBlur', inputs: { image: [from, 0], blur_radius: 8, sigma: 3 } });
  const chain = Array.from({ length: steps }, (_, i) => [`work${i}`, blur(i === 0 ? 'base' : `work${i - 1}`)] as const);
  return { base: big, ...Object.fromEntries(chain), first: { class_type: 'ImageFromBatch', inputs: { image: [`work${steps - 1}`, 0], batch_index: 0, length: 1 } }, still: save('first') };
}

/** A picture, by way of a node that goes wrong (or behaves badly) in one way. */
export function failGraph(kind: 'exception' | 'out-of-memory' | 'abort' | 'noise' | 'hold', color = 0x336699): Graph {
  return { base: emptyImage(color), work: { class_type: 'AdgenProbeFail', inputs: { image: ['base', 0], kind } }, still: save('work') };
}

/** A graph without weights as it stands in the fixtures, brought to the nodes that this server has. */
export async function smokeGraph(name: SmokeName, nodes: ObjectInfo, note: Note): Promise<Graph> {
  const graph = JSON.parse(await readFile(join(FIXTURES, `${name}.json`), 'utf8')) as Graph;
  const replaced = new Set<string>();
  const adapted = Object.fromEntries(Object.entries(graph).map(([id, node]) => {
    const stand = hasNode(nodes, node.class_type) ? undefined : STAND_INS[node.class_type];
    if (stand === undefined) return [id, node];
    replaced.add(`no ${node.class_type} in this version, ${stand(node.inputs).class_type} in its place`);
    return [id, stand(node.inputs)];
  }));
  replaced.forEach(note);
  return adapted;
}

const STAND_INS: Readonly<Record<string, (inputs: Readonly<Record<string, unknown>>) => Graph[string]>> = {
  ColorTransfer: ({ image_target }) => ({ class_type: 'ImageBlur', inputs: { image: image_target, blur_radius: 2, sigma: 1 } }),
  SaveAudioAdvanced: ({ audio, filename_prefix }) => ({ class_type: 'SaveAudioMP3', inputs: { audio, filename_prefix, quality: 'V0' } }),
};

function emptyImage(color: number): Graph[string] {
  return { class_type: 'EmptyImage', inputs: { width: 64, height: 48, batch_size: 1, color } };
}

function save(from: string): Graph[string] {
  return { class_type: 'SaveImage', inputs: { images: [from, 0], filename_prefix: 'still' } };
}
