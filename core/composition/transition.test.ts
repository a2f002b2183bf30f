import { describe, expect, it } from 'vitest';
import type { SceneFrame } from './layer.ts';
import { leavingScene, mixShare, pushDistance, smoothstep, WIPE_EDGE, wipeShare } from './transition.ts';

const canvas = { width: 1080, height: 1920 };

describe('transitions', () => {
  it('begin with the leaving scene alone and end with the coming one alone', () => {
    for (const kind of ['cut', 'dissolve', 'zoom'] as const) expect([mixShare(kind, 0), mixShare(kind, 1)]).toEqual([0, 1]);
    for (const position of [0, 0.3, 1]) expect([wipeShare(position, 0), wipeShare(position, 1)]).toEqual([0, 1]);
    expect([pushDistance(0, 1080), pushDistance(1, 1080)]).toEqual([0, 1080]);
  });
  it('run in one direction only', () => {
    for (let n = 1; n <= 50; n++) {
      const [before, now] = [(n - 1) / 50, n / 50];
      expect(smoothstep(now)).toBeGreaterThan(smoothstep(before));
      expect(wipeShare(0.5, now)).toBeGreaterThanOrEqual(wipeShare(0.5, before));
      expect(pushDistance(now, 1080)).toBeGreaterThanOrEqual(pushDistance(before, 1080));
    }
  });
  it('a wipe has an edge as wide as it says, behind which everything is new', () => {
    const at = 0.5 * (1 + WIPE_EDGE);
    expect(wipeShare(at - WIPE_EDGE, 0.5)).toBe(1);
    expect(wipeShare(at - WIPE_EDGE / 2, 0.5)).toBeCloseTo(0.5);
    expect(wipeShare(at, 0.5)).toBe(0);
  });
  it('a push moves by even pixels', () => {
    for (let n = 0; n <= 30; n++) expect(pushDistance(n / 30, 1919) % 2).toBe(0);
  });
  it('a zoom grows the leaving scene round the middle, the others leave it alone', () => {
    const scene: SceneFrame = { sceneId: 's', layers: [{ source: 'logo', rect: { x: 440, y: 860, width: 200, height: 200 }, rotationDeg: 0, opacity: 1, blend: 'normal', sampling: 'exact' }] };
    expect(leavingScene(scene, 'dissolve', 0.5, canvas)).toBe(scene);
    expect(leavingScene(scene, 'zoom', 0, canvas)).toBe(scene);
    const [layer] = leavingScene(scene, 'zoom', 1, canvas).layers;
    expect(layer?.rect.width).toBeCloseTo(216);
    expect((layer?.rect.x ?? 0) + (layer?.rect.width ?? 0) / 2).toBeCloseTo(540);
    expect((layer?.rect.y ?? 0) + (layer?.rect.height ?? 0) / 2).toBeCloseTo(960);
  });
});
