import { z } from 'zod';
import { base } from './base.ts';

const fields = {
  appearance: z.enum(['system', 'dark', 'light']),
  language: z.enum(['system', 'en', 'de']),
  /** Nothing of this program leaves this machine, whatever a run asks for. */
  isOffline: z.boolean(),
  /** Where exports go; empty = the system's folder for films. */
  exportDir: z.string().max(4096),
  /** Runs that ended longer ago keep nothing of their own. */
  keepRunsDays: z.number().int().min(1).max(3650),
  /** The user's ffmpeg; empty = found. */
  ffmpegPath: z.string().max(4096),
  /** Notifications at the end of long runs. */
  notifies: z.boolean(),
  /** An OpenAI-compatible server for planning; empty = OpenAI itself, if there is a key. */
  planUrl: z.string().max(500),
  planModel: z.string().max(120),
};

/** What a user sets and every start finds again. Keys are not among it. */
export const studioSettingsSchema = z.object({
  appearance: fields.appearance.default('system'),
  language: fields.language.default('system'),
  isOffline: fields.isOffline.default(false),
  exportDir: fields.exportDir.default(''),
  keepRunsDays: fields.keepRunsDays.default(30),
  ffmpegPath: fields.ffmpegPath.default(''),
  notifies: fields.notifies.default(true),
  planUrl: fields.planUrl.default(''),
  planModel: fields.planModel.default(''),
});

/** Some of it. Has no defaults: what is not named stays as it is. */
export const studioSettingsChangeSchema = z.object(fields).partial();

/** Services that take a key of the user's. */
export const KEY_NAMES = ['openai', 'replicate', 'huggingface'] as const;

const storageUse = z.object({
  artifactsBytes: z.number(),
  modelsBytes: z.number(),
  engineBytes: z.number(),
  databaseBytes: z.number(),
  tempBytes: z.number(),
  /** On the disk of the data folder; null when the system does not say. */
  freeBytes: z.number().nullable(),
  dataDir: z.string(),
});

/** What lies on the disk because of this program, by kind. */
export type StorageUse = z.output<typeof storageUse>;

/** The studio's own settings, keys, storage and diagnostics. */
export const settings = {
  get: base.route({ method: 'GET', path: '/settings' }).output(studioSettingsSchema),
  set: base.route({ method: 'POST', path: '/settings' }).input(studioSettingsChangeSchema).output(studioSettingsSchema),
  /** Which keys are there, never what they are. `keeper`: where they lie. */
  keys: base.route({ method: 'GET', path: '/keys' }).output(z.object({ keeper: z.enum(['keychain', 'session', 'environment']), keys: z.array(z.object({ name: z.enum(KEY_NAMES), isSet: z.boolean(), origin: z.enum(['none', 'keychain', 'session', 'environment']) })) })),
  /** Empty = forget it. BAD_INPUT for what cannot be a key. */
  setKey: base.route({ method: 'POST', path: '/keys' }).input(z.object({ name: z.enum(KEY_NAMES), value: z.string().max(400) })).output(z.object({ isSet: z.boolean() })),
  /** Asks a planning server what it offers; costs nothing. `works`: it answers, takes the key, and has the model. */
  testPlan: base.route({ method: 'POST', path: '/settings/test-plan' }).input(studioSettingsChangeSchema.pick({ planUrl: true, planModel: true })).output(z.object({ works: z.boolean(), message: z.string(), models: z.array(z.string()) })),
  storage: base.route({ method: 'GET', path: '/storage' }).output(storageUse),
  /** What cleaning up would give back, and (`isDryRun: false`) doing it. */
  clean: base.route({ method: 'POST', path: '/storage/clean' }).input(z.object({ isDryRun: z.boolean() })).output(z.object({ files: z.number().int(), bytes: z.number() })),
  /** One text file for support: versions, machine, findings, log tails; no keys, no pictures, no briefs. */
  diagnostics: base.route({ method: 'POST', path: '/diagnostics' }).output(z.object({ name: z.string(), text: z.string() })),
};
