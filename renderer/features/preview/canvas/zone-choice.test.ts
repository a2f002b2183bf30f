import { describe, expect, it } from 'vitest';
import { RATIOS } from '#core/project/ratio.ts';
import { chosenZone, zoneOutline, zonesOf } from './zone-choice.ts';

describe('the safe zone that is drawn', () => {
  it('is the chosen one, and the usual one in other ratios', () => {
    expect(chosenZone('tiktok-9x16', '9:16')?.id).toBe('tiktok-9x16');
    expect(chosenZone('tiktok-9x16', '1:1')?.id).toBe('google-1x1');
    expect(chosenZone('gone', '16:9')?.id).toBe('google-16x9');
    expect(chosenZone('off', '9:16')).toBeUndefined();
  });
  it('can be chosen in every ratio', () => {
    for (const ratio of RATIOS) expect(zonesOf(ratio).length).toBeGreaterThan(1);
  });
  it('is L-shaped where a column of buttons stands', () => {
    expect(zoneOutline({ rect: { x: 10, y: 20, width: 100, height: 200 } })).toBe('M10 20H110V220H10Z');
    expect(zoneOutline({ rect: { x: 10, y: 20, width: 100, height: 200 }, rail: { fromY: 150, right: 80 } })).toBe('M10 20H110V150H80V220H10Z');
  });
});
