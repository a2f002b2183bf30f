import { describe, expect, it } from 'vitest';
import { isInsideZone, safeZone } from '../composition/safe-zones.ts';
import { canvasSize, RATIOS } from '../project/ratio.ts';
import { PLACEMENTS, placementById, preferredRate, targetBitrate } from './placements.ts';
import { outputFrameCount, projectFrameAt, rateName, timebaseOf } from './rates.ts';
import { EXPORT_RATE_NAMES, placementSchema, zoneSchema } from './schema.ts';
import { zoneById, zoneFor, ZONES } from './zones.ts';
import { framesToSeconds } from '../time/frames.ts';

describe('placements', () => {
  it.each(PLACEMENTS.map((placement) => [placement.id, placement] as const))('%s is what the schema says', (_id, placement) => {
    expect(placementSchema.parse(placement)).toEqual(placement);
    for (const id of Object.values(placement.zones)) expect(zoneById(id).id).toBe(id);
  });

  it('have ids of their own, and all of the platforms that are named are there', () => {
    expect(new Set(PLACEMENTS.map(({ id }) => id)).size).toBe(PLACEMENTS.length);
    expect(new Set(PLACEMENTS.map(({ platform }) => platform)).size).toBe(9);
    expect(() => placementById('myspace')).toThrow(/There is no placement "myspace"/);
  });

  it('choose a rate that every source takes', () => {
    expect(preferredRate(placementById('dv360'))).toBe('29.97');
    expect(preferredRate(placementById('linkedin-video'))).toBe('29.97');
    expect(preferredRate(placementById('tiktok-infeed'))).toBe('30');
  });

  it('ask the encoder for bits only where the master would have too few', () => {
    expect(targetBitrate(placementById('tiktok-infeed'))).toBeUndefined();
    expect(targetBitrate(placementById('youtube-bumper'))).toBeUndefined();
    expect(targetBitrate(placementById('dv360'))).toBe(24_000_000);
    expect(targetBitrate(placementById('amazon-streaming-tv'))).toBe(50_000_000);
  });
});

describe('zones', () => {
  it.each(ZONES.map((zone) => [zone.id, zone] as const))('%s lies on its canvas', (_id, zone) => {
    expect(zoneSchema.parse(zone)).toEqual(zone);
    const { width, height } = canvasSize(zone.ratio);
    expect(zone.rect.x + zone.rect.width).toBeLessThanOrEqual(width);
    expect(zone.rect.y + zone.rect.height).toBeLessThanOrEqual(height);
  });

  it.each(RATIOS)('the layout of %s keeps to one of them', (ratio) => {
    expect(ZONES).toContain(safeZone(ratio));
  });

  it('are mirrored for words that run from right to left', () => {
    const { zones } = placementById('tiktok-infeed');
    expect(zoneFor(zones, '9:16', 'ar')?.id).toBe('tiktok-9x16-rtl');
    expect(zoneFor(zones, '9:16', 'en')?.id).toBe('tiktok-9x16');
    expect(zoneFor(placementById('meta-reels').zones, '9:16', 'ar')?.id).toBe('meta-9x16');
  });

  it('end further left below their rail', () => {
    const zone = zoneById('tiktok-9x16');
    expect(isInsideZone(zone, { x: 700, y: 700, width: 200, height: 100 })).toBe(true);
    expect(isInsideZone(zone, { x: 700, y: 900, width: 200, height: 100 })).toBe(false);
  });
});

describe('rates', () => {
  const project = { num: 30, den: 1 };

  it.each(EXPORT_RATE_NAMES)('at %s the film lasts the same seconds, to half a frame', (name) => {
    const rate = timebaseOf(name);
    for (const frames of [30, 179, 180, 181, 450, 1799]) {
      const count = outputFrameCount(frames, rate, project);
      expect(Math.abs(framesToSeconds(count, rate) - framesToSeconds(frames, project))).toBeLessThanOrEqual(framesToSeconds(1, rate) / 2 + 1e-9);
      expect(projectFrameAt(count - 1, rate, project)).toBeLessThan(frames);
      expect(rateName(rate)).toBe(name);
    }
  });

  it('takes every moment from the project’s clock', () => {
    expect(projectFrameAt(5, timebaseOf('25'), project)).toBe(6);
    expect(projectFrameAt(1000, timebaseOf('29.97'), project)).toBe(1001);
    expect(projectFrameAt(7, timebaseOf('30'), project)).toBe(7);
  });
});
