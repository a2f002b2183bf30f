/** Which lock serves which platform and variant (`locks/index.json`, written by `scripts/lock-engine.ts`). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AdgenError } from '#core/contract/errors.ts';
import { PLATFORMS, VARIANTS, type Platform, type Variant } from '../types.ts';
import { parseLock, type LockedPackage, type Wheel } from './lock-text.ts';

const bytes = z.number().int().positive();

const lockIndexSchema = z.strictObject({
  version: z.literal(1),
  comfyui: z.string(),
  python: z.string(),
  /** No package is newer than this day. */
  frozenAt: z.iso.date(),
  locks: z.array(z.strictObject({
    platform: z.enum(PLATFORMS),
    variant: z.enum(VARIANTS),
    files: z.array(z.string().regex(/^[a-z0-9-]+\.txt$/)).min(1),
    /** Every package has a hash and an address. */
    isComplete: z.boolean(),
    reason: z.string().optional(),
    /** Asked before PyPI for what has no address. */
    indexUrls: z.array(z.url({ protocol: /^https$/ })),
    torchVersion: z.string(),
    /** What the packages without an address take, roughly. */
    forecast: z.strictObject({ downloadBytes: bytes, unpackedBytes: bytes }).optional(),
  })),
});
export type LockIndex = z.infer<typeof lockIndexSchema>;

export interface EngineLock {
  readonly platform: Platform;
  readonly variant: Variant;
  /** Requirement files to hand to uv, all of them. */
  readonly files: readonly string[];
  readonly isComplete: boolean;
  /** Why it is not complete; one sentence. */
  readonly reason?: string;
  readonly indexUrls: readonly string[];
  readonly torchVersion: string;
  readonly packages: readonly LockedPackage[];
  /** What can be fetched before uv is started, which then needs no network if the lock is complete. */
  readonly wheels: readonly Wheel[];
  /** Exact for a complete lock, else with a rough figure for PyTorch. */
  readonly downloadBytes: number;
  readonly unpackedBytes: number;
}

const FOLDER = join(import.meta.dirname, 'locks');

/** What the locks were made for and when, and which there are. */
export const lockIndex = (folder: string = FOLDER): LockIndex => lockIndexSchema.parse(JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')));

/** Throws BAD_INPUT in one sentence for a combination that does not exist. */
export function lockFor(platform: Platform, variant: Variant, folder: string = FOLDER): EngineLock {
  const { locks } = lockIndex(folder);
  const entry = locks.find((each) => each.platform === platform && each.variant === variant);
  if (entry === undefined) throw refuseCombination(platform, variant, locks.filter((each) => each.platform === platform).map((each) => each.variant));
  const packages = entry.files.flatMap((file) => parseLock(readFileSync(join(folder, file), 'utf8'), file));
  const wheels = packages.flatMap(({ wheel }) => wheel ?? []);
  const sum = (key: 'bytes' | 'unpackedBytes'): number => wheels.reduce((total, wheel) => total + wheel[key], 0);
  const { isComplete, reason, indexUrls, torchVersion, forecast } = entry;
  return {
    platform, variant, isComplete, indexUrls, torchVersion, packages, wheels, ...(reason === undefined ? {} : { reason }),
    files: entry.files.map((file) => join(folder, file)),
    downloadBytes: sum('bytes') + (forecast?.downloadBytes ?? 0),
    unpackedBytes: sum('unpackedBytes') + (forecast?.unpackedBytes ?? 0),
  };
}

/** The variants that can be installed on a platform. */
export function variantsFor(platform: Platform, folder: string = FOLDER): Variant[] {
  return lockIndex(folder).locks.filter((each) => each.platform === platform).map(({ variant }) => variant);
}

function refuseCombination(platform: Platform, variant: Variant, others: readonly Variant[]): AdgenError {
  const data = { reason: 'PLATFORM', platform, variant };
  if (platform === 'macos-x64') return new AdgenError('BAD_INPUT', 'PyTorch is no longer built for Macs with Intel processors, so ComfyUI cannot be installed here. Use a ComfyUI on another machine by its address.', { data });
  return new AdgenError('BAD_INPUT', `There is no PyTorch "${variant}" for ${platform}. Choose one of: ${others.join(', ')}.`, { data });
}
