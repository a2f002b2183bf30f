import { describe, expect, it } from 'vitest';
import type { CompositionFacts } from '../../composition/facts.ts';
import type { Film } from '../../composition/film.ts';
import { sampleFacts, sampleProject, sampleScene } from '../../composition/testing/sample-film.ts';
import { findInconsistencies } from '../../project/consistency.ts';
import type { AdProject, Scene } from '../../project/schema.ts';
import { applyOrderFix, applyProjectFix, isProjectFix } from '../fixes.ts';
import { placementById } from '../placements.ts';
import { checkDocument } from './check-document.ts';
import type { CaptionContrast } from './contrast.ts';
import type { ExportOrder, Finding } from './finding.ts';

interface Case {
  readonly project?: AdProject;
  readonly placementId?: string;
  readonly order?: Partial<ExportOrder>;
  readonly facts?: (facts: CompositionFacts) => CompositionFacts;
  readonly contrasts?: readonly CaptionContrast[];
}

function check({ project = sampleProject(), placementId = 'tiktok-infeed', order = {}, facts = (same) => same, contrasts = [] }: Case): Finding[] {
  const whole: ExportOrder = { placementId, ratio: '9:16', rate: '30', encoder: 'auto', ...order };
  const film: Film = { ratio: whole.ratio, scenes: project.scenes, products: project.products, grain: 0, facts: facts(sampleFacts(project)), parts: {}, captions: {} };
  return checkDocument({ project, order: whole, placement: placementById(placementId), film, contrasts });
}

const rules = (findings: readonly Finding[]): string[] => findings.map(({ rule }) => rule);
const only = (findings: readonly Finding[], rule: string): Finding => {
  const found = findings.filter((each) => each.rule === rule);
  if (found.length === 0 || !found[0]) throw new Error(`no finding ${rule} among ${rules(findings).join(', ')}`);
  return found[0];
};

/** A film of so many seconds, from scenes without transitions. */
function filmOf(seconds: number, change: Partial<Scene> = {}): AdProject {
  const count = Math.ceil(seconds / 20);
  const frames = seconds * 30;
  const each = Math.floor(frames / count);
  const scenes = Array.from({ length: count }, (_, index) => sampleScene(`scene_${index + 1}`, { transition: { kind: 'cut', durationFrames: 0 }, durationFrames: index === 0 ? frames - each * (count - 1) : each, ...change }));
  return { ...sampleProject(scenes), durationFrames: frames };
}

describe('pre-flight of a document', () => {
  it('has nothing to say about a film that fits', () => {
    expect(rules(check({ project: filmOf(24), placementId: 'tiktok-infeed' }))).toEqual([]);
    expect(rules(check({ project: filmOf(15), placementId: 'dv360', order: { ratio: '1:1', rate: '29.97' } })).filter((rule) => rule !== 'safe-zone' && rule !== 'product-covered')).toEqual([]);
  });

  it('refuses only what a platform itself says, and warns where sources disagree, with both values', () => {
    const disputed = only(check({ project: filmOf(75) }), 'length.max');
    expect(disputed).toMatchObject({ severity: 'warn', confidence: 'official', found: '75 s' });
    expect(disputed.wanted).toMatch(/60 s \(TikTok.*600 s \(adsights/);
    expect(only(check({ project: filmOf(602) }), 'length.max').severity).toBe('refuse');
    expect(only(check({ project: filmOf(3) }), 'length.min').severity).toBe('refuse');
    expect(only(check({ project: filmOf(8), placementId: 'youtube-bumper' }), 'length.max').severity).toBe('warn');
    expect(only(check({ project: filmOf(24), placementId: 'linkedin-video' }), 'rate')).toMatchObject({ severity: 'warn', message: expect.stringContaining('disagree') });
    expect(only(check({ project: filmOf(15), placementId: 'dv360' }), 'rate').severity).toBe('refuse');
  });

  it('puts the gravest first', () => {
    const severities = check({ project: filmOf(17), placementId: 'dv360' }).map(({ severity }) => severity);
    expect(severities).toEqual([...severities].sort((a, b) => ['refuse', 'warn', 'info'].indexOf(a) - ['refuse', 'warn', 'info'].indexOf(b)));
    expect(severities[0]).toBe('refuse');
  });

  const small = (facts: CompositionFacts): CompositionFacts => ({ ...facts, captions: Object.fromEntries(Object.entries(facts.captions).map(([key, block]) => [key, { ...block, fontPx: 24 }])) });
  const low = filmOf(24, { captions: [{ id: 'c1', role: 'headline', text: 'Blood orange', startFrame: 0, endFrame: 300, animation: 'none', position: { '9:16': { x: 0.7, y: 0.9, width: 0.6 } } }] });
  const hasty = filmOf(24, { captions: [{ id: 'c1', role: 'headline', text: 'Pressed from blood oranges that ripened in the sun of Sicily', startFrame: 40, endFrame: 60, animation: 'none', position: {} }] });
  const coloured = filmOf(24, { captions: [{ id: 'c1', role: 'headline', text: 'Blood orange', startFrame: 0, endFrame: 300, animation: 'none', position: {}, look: { color: '#777777' } }] });
  const faint: CaptionContrast[] = [{ sceneId: 'scene_1', captionId: 'c1', frame: 20, ratio: 1.8 }];

  const FIXED: readonly (readonly [string, Case])[] = [
    ['length.max', { project: filmOf(75) }],
    ['length.min', { project: filmOf(3) }],
    ['length.exact', { project: filmOf(17), placementId: 'dv360', order: { rate: '29.97' } }],
    ['length.recommended', { project: filmOf(40) }],
    ['rate', { project: filmOf(15), placementId: 'dv360' }],
    ['rate', { project: filmOf(15), placementId: 'linkedin-video' }],
    ['ratio', { project: filmOf(12), placementId: 'snapchat-single', order: { ratio: '16:9' } }],
    ['loudness', { project: filmOf(15), placementId: 'dv360', order: { rate: '29.97', loudnessLufs: -14 } }],
    ['safe-zone', { project: low }],
    ['reading-time', { project: hasty }],
  ];

  it.each(FIXED)('after the fix, %s is gone and the document is sound', (rule, given) => {
    const found = only(check(given), rule);
    expect(found.fix).not.toBeNull();
    if (!found.fix) return;
    const project = given.project ?? sampleProject();
    const order: ExportOrder = { placementId: 'x', ratio: '9:16', rate: '30', encoder: 'auto', ...given.order };
    let now: Case = given;
    // A caption that stands wrong in several scenes is a finding in each.
    for (let turn = 0; turn < 40; turn++) {
      const next = check(now).find((each) => each.rule === rule)?.fix;
      if (!next) break;
      now = isProjectFix(next) ? { ...now, project: applyProjectFix(now.project ?? project, next) } : { ...now, order: applyOrderFix({ ...order, ...now.order }, next) };
    }
    expect(rules(check(now))).not.toContain(rule);
    expect(findInconsistencies(now.project ?? project)).toEqual([]);
  });

  it('sees small words, and the fix enlarges them', () => {
    const given = { project: filmOf(24), facts: small };
    const fix = only(check(given), 'text-size').fix;
    if (!fix) throw new Error('no fix');
    const after = applyProjectFix(given.project, fix);
    expect(after.scenes[0]?.captions[0]?.look?.scale).toBeGreaterThan(1.3);
  });

  it('sees words that hardly stand out, and the fix takes the colour back that somebody chose', () => {
    const found = only(check({ project: coloured, contrasts: faint }), 'contrast');
    expect(found.found).toBe('1.8 : 1');
    if (!found.fix) throw new Error('no fix');
    expect(applyProjectFix(coloured, found.fix).scenes[0]?.captions[0]?.look).toBeUndefined();
    expect(only(check({ project: filmOf(24), contrasts: faint }), 'contrast').fix).toBeNull();
  });

  it('misses words where a film starts without sound', () => {
    const late = filmOf(12, { captions: [{ id: 'c1', role: 'headline', text: 'Hello', startFrame: 120, endFrame: 300, animation: 'none', position: {} }] });
    expect(rules(check({ project: late, placementId: 'meta-reels' }))).toContain('muted-start');
    expect(rules(check({ project: filmOf(12), placementId: 'meta-reels' }))).not.toContain('muted-start');
  });

  it('sees an empty end and a film that stands still', () => {
    const bare = filmOf(12, { captions: [], placement: undefined, camera: { move: 'static', amount: 0 } });
    const found = rules(check({ project: bare, placementId: 'snapchat-single' }));
    expect(found).toEqual(expect.arrayContaining(['empty-end', 'still']));
    expect(found.filter((rule) => rule === 'empty-end')).toHaveLength(2);
  });

  it('sees a product under buttons', () => {
    const keyframes = { '9:16': [{ frame: 0, x: 0.85, y: 0.95, scale: 0.3, rotationDeg: 0, opacity: 1, shadow: 1, reflection: 0, ease: 'linear' as const }] };
    const hidden = filmOf(24, { placement: { productId: 'product_1', keyframes, intent: 'hero', entrance: 'none', shadow: 1, reflection: 0 } });
    expect(only(check({ project: hidden }), 'product-covered').severity).toBe('warn');
  });

  it('does without the film', () => {
    const findings = checkDocument({ project: filmOf(3), order: { placementId: 'tiktok-infeed', ratio: '9:16', rate: '30', encoder: 'auto' }, placement: placementById('tiktok-infeed') });
    expect(rules(findings)).toEqual(['length.min']);
  });
});

describe('fixes', () => {
  it('refuse what is none, and what lacks its data, without touching anything', () => {
    const project = sampleProject();
    expect(() => applyProjectFix(project, { kind: 'useRate', data: {} })).toThrow(/no fix "useRate"/);
    expect(() => applyProjectFix(project, { kind: 'trimTo', data: { frames: 'many' } })).toThrow(/lacks its frames/);
    expect(() => applyProjectFix(project, { kind: 'trimTo', data: { frames: 20 } })).toThrow(/cannot be made 0.7 s long/);
    expect(() => applyOrderFix({ placementId: 'x', ratio: '9:16', rate: '30', encoder: 'auto' }, { kind: 'useRate', data: { rate: '60' } })).toThrow(/lacks its rate/);
  });

  it('make a film with transitions exactly as long as asked', () => {
    const project = sampleProject();
    for (const frames of [90, 180, 275, 276, 277, 450, 900, 3600]) {
      const after = applyProjectFix(project, { kind: 'trimTo', data: { frames } });
      expect(after.durationFrames).toBe(frames);
      expect(findInconsistencies(after)).toEqual([]);
      for (const scene of after.scenes) for (const caption of scene.captions) expect(caption.endFrame).toBeLessThanOrEqual(scene.durationFrames);
    }
  });
});
