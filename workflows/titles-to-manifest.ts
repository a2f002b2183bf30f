/**
 * A manifest for a user's graph that has none. The user titles nodes in the ComfyUI editor with the names below; a title may
 * name several (`Width, Height, Frames`). Savers become the outputs; the node titled "Output" comes first.
 */
import { AdgenError } from '#core/contract/errors.ts';
import { titleOf } from './graph.ts';
import type { Graph, GraphNode } from './graph.ts';
import { manifestSchema } from './manifest.ts';
import type { Capability, Manifest } from './manifest.ts';

interface TitledInput {
  readonly name: string;
  /** Titles that mean it, in small letters. */
  readonly titles: readonly string[];
  /** Fields that may take it, best first. */
  readonly fields: readonly string[];
  readonly build: (targets: readonly { node: string; field: string }[], value: unknown) => unknown;
}

const number = (type: 'int' | 'float', min: number, max: number) => (targets: unknown, value: unknown): unknown => ({ type, min, max, targets, ...(typeof value === 'number' && value >= min && value <= max ? { default: value } : {}) });
const text = (isRequired: boolean) => (targets: unknown): unknown => ({ type: 'text', maxLength: 4000, isRequired, targets });
const file = (type: 'image' | 'video' | 'audio') => (targets: unknown): unknown => ({ type, isRequired: true, targets });

const TITLED: readonly TitledInput[] = [
  { name: 'prompt', titles: ['prompt', 'positive', 'positive prompt', 'tags'], fields: ['text', 'prompt', 'tags', 'value', 'string'], build: text(true) },
  { name: 'negativePrompt', titles: ['negative', 'negative prompt'], fields: ['text', 'prompt', 'value', 'string'], build: text(false) },
  { name: 'seed', titles: ['seed', 'noise'], fields: ['seed', 'noise_seed', 'value'], build: (targets) => ({ type: 'seed', targets }) },
  { name: 'image', titles: ['image', 'start image', 'input image'], fields: ['image'], build: file('image') },
  { name: 'video', titles: ['video', 'input video'], fields: ['file', 'video'], build: file('video') },
  { name: 'audio', titles: ['audio', 'input audio'], fields: ['audio'], build: file('audio') },
  { name: 'width', titles: ['width'], fields: ['width', 'value'], build: number('int', 16, 16_384) },
  { name: 'height', titles: ['height'], fields: ['height', 'value'], build: number('int', 16, 16_384) },
  { name: 'frames', titles: ['frames', 'length'], fields: ['length', 'frames', 'value'], build: number('int', 1, 16_384) },
  { name: 'fps', titles: ['fps', 'frame rate'], fields: ['fps', 'value'], build: number('float', 1, 240) },
  { name: 'seconds', titles: ['seconds', 'duration'], fields: ['seconds', 'duration', 'value'], build: number('float', 0.1, 1000) },
];

const SAVERS: Readonly<Record<string, { readonly kind: 'image' | 'video' | 'audio'; readonly extension: string }>> = {
  SaveImage: { kind: 'image', extension: 'png' },
  SaveImageAdvanced: { kind: 'image', extension: 'png' },
  SaveVideo: { kind: 'video', extension: 'mp4' },
  SaveWEBM: { kind: 'video', extension: 'webm' },
  SaveAudio: { kind: 'audio', extension: 'flac' },
  SaveAudioMP3: { kind: 'audio', extension: 'mp3' },
  SaveAudioOpus: { kind: 'audio', extension: 'opus' },
  SaveAudioAdvanced: { kind: 'audio', extension: 'flac' },
};

/** Throws BAD_INPUT when nothing is saved, or when it is not clear what the workflow is for. */
export function manifestFromTitles(graph: Graph, id: string, title: string): Manifest {
  const inputs = Object.fromEntries(TITLED.flatMap((titled): [string, unknown][] => {
    const places = findPlaces(graph, titled);
    const [first] = places;
    return first ? [[titled.name, titled.build(places, graph[first.node]?.inputs[first.field])]] : [];
  }));
  const outputs = findOutputs(graph);
  const main = outputs[0]?.[1].kind;
  if (main === undefined) throw new AdgenError('BAD_INPUT', `The workflow "${title}" saves nothing that can be used; end it with Save Image, Save Video or Save Audio.`);
  return manifestSchema.parse({
    id, title, capability: guessCapability(main, new Set(Object.keys(inputs)), title), inputs, outputs: Object.fromEntries(outputs),
    nodeClasses: [...new Set(Object.values(graph).map((node) => node.class_type))].sort(),
    vram: { tierGb: 0, offloadTierGb: 0, note: 'Not known: the workflow is your own.' },
    // It is used when the user names it, not because it lies there.
    quality: 0, minServerVersion: '0.3.64',
  });
}

function findPlaces(graph: Graph, { titles, fields }: TitledInput): { node: string; field: string }[] {
  return Object.entries(graph).flatMap(([node, content]) => {
    if (!titlesOf(content).some((title) => titles.includes(title))) return [];
    const field = fields.find((name) => Object.hasOwn(content.inputs, name) && !Array.isArray(content.inputs[name]));
    return field === undefined ? [] : [{ node, field }];
  });
}

function titlesOf(node: GraphNode): string[] {
  return titleOf(node).toLowerCase().split(/[,&+/]|\band\b/u).map((part) => part.trim());
}

function findOutputs(graph: Graph): [string, { node: string; kind: 'image' | 'video' | 'audio'; extension: string }][] {
  const savers = Object.entries(graph).flatMap(([node, content]) => {
    const saver = Object.hasOwn(SAVERS, content.class_type) ? SAVERS[content.class_type] : undefined;
    return saver ? [{ node, kind: saver.kind, extension: extensionOf(content) ?? saver.extension, isMain: titlesOf(content).includes('output') }] : [];
  });
  savers.sort((a, b) => Number(b.isMain) - Number(a.isMain));
  return savers.map(({ node, kind, extension }, index) => [index === 0 ? 'result' : `result${index + 1}`, { node, kind, extension }]);
}

function extensionOf(node: GraphNode): string | undefined {
  const format = node.inputs['format'];
  return typeof format === 'string' && ['mp4', 'mkv', 'webm', 'mp3', 'flac', 'opus'].includes(format) ? format : undefined;
}

function guessCapability(kind: 'image' | 'video' | 'audio', inputs: ReadonlySet<string>, title: string): Capability {
  if (kind === 'audio') return 'music';
  if (kind === 'video') return inputs.has('video') ? 'interpolate' : 'backdrop-clip';
  if (inputs.has('prompt')) return 'backdrop-still';
  if (/cut.?out|matte|background|remove|rembg/iu.test(title)) return 'cutout';
  if (/up.?scale|enlarge|restore/iu.test(title)) return 'upscale';
  throw new AdgenError('BAD_INPUT', `It is not clear what "${title}" is for; title its prompt node "Prompt", or put a manifest.json beside it.`);
}
