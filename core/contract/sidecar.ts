import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { base } from './base.ts';

/** The ComfyUI that this program looks after, as a user sees it. */
export const sidecarStatusSchema = z.object({
  /** `absent`: nothing is installed; `external`: somebody else's, only used. */
  state: z.enum(['absent', 'stopped', 'installing', 'starting', 'running', 'busy', 'stopping', 'failed', 'external']),
  /** A sentence for the user: what is going on, and what to do if anything is wrong. */
  message: z.string(),
  /** While it starts: what it is doing, in its own words; see `activityOf` of the supervisor. */
  activity: z.string().nullable(),
  /** The name of what went wrong; see `nameOfError`. */
  problem: z.string().nullable(),
  version: z.string().nullable(),
  device: z.string().nullable(),
  vramTotalBytes: z.number().nullable(),
  vramFreeBytes: z.number().nullable(),
  url: z.string().nullable(),
  folder: z.string().nullable(),
  /** Whose it is: installed by this program, a folder or a server of the user's, or one that another window or terminal of this program runs. */
  origin: z.enum(['none', 'managed', 'adopted', 'external', 'shared']),
  /** Bytes of an installed engine. */
  sizeBytes: z.number().nullable(),
  /** What is wrong with what is installed, and what was cut off; one sentence each. */
  problems: z.array(z.string()),
  canInstall: z.boolean(),
  canGoBack: z.boolean(),
});

/** Something of an installation, a download or a repair that is under way. `fraction` is 0..1, null while unknown. */
export const sidecarTaskSchema = z.object({
  id: z.string(),
  kind: z.enum(['install', 'repair', 'uninstall', 'adopt', 'pull', 'goBack']),
  state: z.enum(['running', 'succeeded', 'failed', 'canceled']),
  label: z.string(),
  /** Of an installation or a repair: which part of it. */
  stage: z.enum(['look', 'space', 'uv', 'python', 'source', 'packages', 'self-test', 'lock', 'switch']).nullable(),
  fraction: z.number().min(0).max(1).nullable(),
  doneBytes: z.number().nullable(),
  totalBytes: z.number().nullable(),
  bytesPerSecond: z.number().nullable(),
  remainingSeconds: z.number().nullable(),
  message: z.string().nullable(),
  /** The name of what went wrong; see `nameOfError`. */
  problem: z.string().nullable(),
});

/** A model of the catalogue. */
export const modelSchema = z.object({
  id: z.string(),
  name: z.string(),
  use: z.string(),
  sizeBytes: z.number(),
  license: z.string(),
  /** Its publisher's page. */
  licenseUrl: z.string().nullable(),
  /** Null: only under conditions. */
  allowsCommercialUse: z.boolean().nullable(),
  /** Of the licence, in a sentence; empty where there are none. */
  conditions: z.string(),
  /** The user has to read and accept them first. */
  needsConsent: z.boolean(),
  isPresent: z.boolean(),
  state: z.enum(['present', 'missing', 'partial', 'damaged']),
  /** Of a download that was begun. */
  doneBytes: z.number(),
  problem: z.string().nullable(),
  /** Smallest GPU, nominal GB; 0 = none needed. */
  vramTierGb: z.number(),
  /** This program fetches it; others come from their publisher by hand. */
  canPull: z.boolean(),
  needsToken: z.boolean(),
});

/** A workflow as a user sees it. `missing`: names of models; `missingModels`: ids that `models.pull` would fetch; `problem`: a sentence, where it is not only models. */
export const workflowSchema = z.object({
  id: z.string(), title: z.string(), capability: z.string(), license: z.string(), missing: z.array(z.string()), problem: z.string().nullable(), isReady: z.boolean(),
  vramTierGb: z.number(), isOwn: z.boolean(), missingModels: z.array(z.string()), missingBytes: z.number(),
});

const started = z.object({ taskId: z.string() });

/** The host owns the sidecar; the engine hands these on to it. */
export const sidecar = {
  status: base.route({ method: 'GET', path: '/sidecar' }).output(sidecarStatusSchema),
  /** The status and the tasks, then each change of either. */
  watch: base.route({ method: 'GET', path: '/sidecar/events' }).output(eventIterator(z.object({ status: sidecarStatusSchema, tasks: z.array(sidecarTaskSchema) }))),
  start: base.route({ method: 'POST', path: '/sidecar/start' }).output(sidecarStatusSchema),
  stop: base.route({ method: 'POST', path: '/sidecar/stop' }).output(sidecarStatusSchema),
  /** The last lines of the server's log. */
  log: base.route({ method: 'GET', path: '/sidecar/log' }).input(z.object({ lines: z.coerce.number().int().min(1).max(2000).default(200) })).output(z.object({ lines: z.array(z.string()), path: z.string().nullable() })),
  /** What an installation would fetch and need, before it is begun. */
  plan: base.route({ method: 'GET', path: '/sidecar/plan' }).output(z.object({ downloadBytes: z.number(), diskBytes: z.number(), freeBytes: z.number().nullable(), variant: z.string(), version: z.string(), folder: z.string(), notes: z.array(z.string()), problems: z.array(z.string()) })),
  install: base.route({ method: 'POST', path: '/sidecar/install' }).output(started),
  repair: base.route({ method: 'POST', path: '/sidecar/repair' }).output(started),
  /** Removes what was installed; of what was adopted only the choice is forgotten. */
  uninstall: base.route({ method: 'POST', path: '/sidecar/uninstall' }).output(started),
  /** A folder with a ComfyUI of the user's (`python`: its interpreter, where that is elsewhere), or the address of a running one; nothing in it is changed. */
  adopt: base.route({ method: 'POST', path: '/sidecar/adopt' }).input(z.object({ folder: z.string().max(4096).optional(), python: z.string().max(4096).optional(), url: z.string().max(500).optional() })).output(started),
  goBack: base.route({ method: 'POST', path: '/sidecar/go-back' }).output(started),
  cancel: base.route({ method: 'POST', path: '/sidecar/cancel' }).input(z.object({ taskId: z.string().max(80) })).output(z.object({ changed: z.number().int() })),
  models: base.route({ method: 'GET', path: '/models' }).output(z.array(modelSchema)),
  pull: base.route({ method: 'POST', path: '/models/pull' }).input(z.object({ ids: z.array(z.string().max(120)).min(1).max(50), acceptsLicenses: z.boolean() })).output(started),
  workflows: base.route({ method: 'GET', path: '/workflows' }).output(z.array(workflowSchema)),
};
