/**
 * What stands beside a graph as `manifest.json`: what the workflow does, which of its fields may be set under which name,
 * what it gives back, and what it needs. A field that the manifest does not name is never touched.
 */
import { z } from 'zod';

export const CAPABILITIES = ['backdrop-clip', 'backdrop-still', 'music', 'cutout', 'upscale', 'interpolate', 'smoke'] as const;

/** GPU memory classes, nominal GB; 0 = runs without a GPU. */
export const VRAM_TIERS_GB = [0, 8, 12, 16, 24] as const;

/** Seeds go up to the largest whole number that JSON keeps exact in every language. */
const MAX_SEED = Number.MAX_SAFE_INTEGER;

const name = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/, 'a name is 1–40 letters and digits and starts with a small letter');
const nodeId = z.string().min(1).max(100);
const version = z.string().regex(/^\d{1,4}\.\d{1,4}\.\d{1,4}$/, 'a version is written 0.26.0');

const target = z.strictObject({ node: nodeId, field: z.string().min(1).max(100) });

/** `targets`: all fields that take the value; `isRequired`: there is no sensible default (a prompt, a picture). */
const common = { targets: z.array(target).min(1).max(12), isRequired: z.boolean().default(false), note: z.string().max(300).default('') };

const range = { min: z.number(), max: z.number(), step: z.number().positive().optional() };

/** `step` counts from `min`. A default stands in the graph as well; a test holds both equal. */
export const workflowInputSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), maxLength: z.number().int().positive().max(20_000), default: z.string().optional(), ...common }),
  z.strictObject({ type: z.literal('int'), default: z.number().int().optional(), ...range, ...common }),
  z.strictObject({ type: z.literal('float'), default: z.number().optional(), ...range, ...common }),
  z.strictObject({ type: z.literal('seed'), max: z.number().int().positive().max(MAX_SEED).default(MAX_SEED), ...common }),
  z.strictObject({ type: z.literal('choice'), options: z.array(z.string()).min(1).max(200), default: z.string().optional(), ...common }),
  z.strictObject({ type: z.literal('boolean'), default: z.boolean().optional(), ...common }),
  /** The name under which the server stored an uploaded file. */
  z.strictObject({ type: z.enum(['image', 'video', 'audio']), ...common }),
]);

export const workflowOutputSchema = z.strictObject({
  node: nodeId,
  kind: z.enum(['image', 'video', 'audio']),
  /** Of the file that the node writes, without the dot. */
  extension: z.string().regex(/^[a-z0-9]{2,5}$/),
  /** The field that takes the file name prefix. */
  prefixField: z.string().min(1).default('filename_prefix'),
});

export const manifestSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/, 'an id is 1–80 small letters, digits and -'),
  title: z.string().min(1).max(120),
  capability: z.enum(CAPABILITIES),
  inputs: z.record(name, workflowInputSchema),
  outputs: z.record(name, workflowOutputSchema).refine((outputs) => Object.keys(outputs).length > 0, 'a workflow has an output'),
  /** Every class of the graph, sorted: what the server must know. */
  nodeClasses: z.array(z.string().min(1).max(200)).max(500),
  /** Ids in the model catalogue. */
  models: z.array(z.string().min(1).max(100)).max(50).default([]),
  vram: z.strictObject({
    /** Runs without moving weights to main memory. */
    tierGb: z.literal(VRAM_TIERS_GB),
    /** Runs, but slower, with weights in main memory. */
    offloadTierGb: z.literal(VRAM_TIERS_GB),
    note: z.string().max(400),
  }).refine((vram) => vram.offloadTierGb <= vram.tierGb, 'offloading never needs more memory'),
  timeNote: z.string().max(300).default(''),
  /** Among workflows that fit the same GPU, the higher one is tried first. */
  quality: z.number().int().min(0).max(100),
  minServerVersion: version,
  /** What a clip comes out as. */
  clip: z.strictObject({ fps: z.number().positive().max(120), frames: z.number().int().positive() }).optional(),
});

export type Capability = (typeof CAPABILITIES)[number];
export type VramTierGb = (typeof VRAM_TIERS_GB)[number];
export type WorkflowInput = z.infer<typeof workflowInputSchema>;
export type WorkflowOutput = z.infer<typeof workflowOutputSchema>;
export type Manifest = z.infer<typeof manifestSchema>;
