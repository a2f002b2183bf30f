/**
 * What each tone family looks, moves and sounds like: one table, so that two tones differ in sets, palette scheme,
 * fonts, rhythm, transitions, camera, music and grade at once. The planner picks within a profile by seed.
 */
import type { Camera, Caption, Placement, SetKind, Soundtrack, StyleSpec, Transition } from '../../project/schema.ts';

/** Every tone a brief can have ends in one of these. */
export const TONE_FAMILIES = ['bold', 'playful', 'elegant', 'warm', 'minimal', 'natural', 'tech', 'calm'] as const;
/** One of the tone families. */
export type ToneFamily = (typeof TONE_FAMILIES)[number];

/** How backdrop colours relate to the product's own. */
export type PaletteScheme = 'complement' | 'splitComplement' | 'triad' | 'deepOwn' | 'paleOwn' | 'analogous' | 'cream' | 'night' | 'pastel' | 'neutral' | 'earth';

/** Everything that a tone family decides; lists are picked from by seed. */
export interface ToneProfile {
  readonly fonts: readonly StyleSpec['fonts'][];
  readonly moods: readonly Soundtrack['mood'][];
  readonly tempoBpm: readonly [number, number];
  /** Best first; sets that are missing are used only when these run out. */
  readonly sets: readonly SetKind[];
  readonly schemes: readonly PaletteScheme[];
  /** OKLCH hues that answer a product without a hue of its own, degrees. */
  readonly greyHues: readonly [number, number];
  readonly transitions: readonly { readonly kind: Transition['kind']; readonly seconds: number }[];
  /** 0 = all scenes equally long, 1 = strongly uneven. */
  readonly rhythm: number;
  /** Share of a scene's even part that the opening scene takes; under 1 opens fast. */
  readonly opening: number;
  readonly cameras: readonly Camera['move'][];
  readonly cameraAmount: readonly [number, number];
  readonly entrances: readonly Placement['entrance'][];
  readonly captionAnimation: Caption['animation'];
  readonly endCardAnimation: Caption['animation'];
  readonly reflection: number;
  readonly grade: StyleSpec['grade'];
  readonly words: { readonly lighting: string; readonly cameraStyle: string; readonly texture: string; readonly mood: string };
}

const PROFILES: Readonly<Record<ToneFamily, ToneProfile>> = {
  bold: {
    fonts: [{ heading: 'Space Grotesk', body: 'Inter' }, { heading: 'Outfit', body: 'Inter' }],
    moods: ['bold'], tempoBpm: [122, 140],
    sets: ['split', 'spotlight', 'mesh', 'gobo', 'podium', 'waves', 'cyclorama'],
    schemes: ['complement', 'triad', 'night', 'splitComplement'], greyHues: [0, 360],
    transitions: [{ kind: 'pushLeft', seconds: 0.27 }, { kind: 'wipeRight', seconds: 0.27 }, { kind: 'zoom', seconds: 0.3 }, { kind: 'cut', seconds: 0 }, { kind: 'pushUp', seconds: 0.27 }],
    rhythm: 0.5, opening: 0.85, cameras: ['pushIn', 'panLeft', 'panRight', 'pullOut', 'rise'], cameraAmount: [0.7, 1],
    entrances: ['slideLeft', 'slideRight', 'rise'], captionAnimation: 'slide', endCardAnimation: 'pop', reflection: 0.2,
    grade: { contrast: 0.3, warmth: 0, vignette: 0.25, grain: 0.15 },
    words: { lighting: 'hard directional key with strong falloff', cameraStyle: 'fast decisive moves', texture: 'clean lacquer and crisp edges', mood: 'confident and energetic' },
  },
  playful: {
    fonts: [{ heading: 'Outfit', body: 'Outfit' }, { heading: 'Outfit', body: 'Inter' }],
    moods: ['upbeat'], tempoBpm: [108, 126],
    sets: ['paper', 'waves', 'mesh', 'split', 'arch', 'tabletop', 'podium'],
    schemes: ['pastel', 'triad', 'pastel'], greyHues: [0, 360],
    transitions: [{ kind: 'pushUp', seconds: 0.33 }, { kind: 'wipeUp', seconds: 0.33 }, { kind: 'pushLeft', seconds: 0.33 }, { kind: 'zoom', seconds: 0.37 }],
    rhythm: 0.4, opening: 0.9, cameras: ['drift', 'pushIn', 'panRight', 'rise', 'pullOut'], cameraAmount: [0.5, 0.85],
    entrances: ['rise', 'slideRight', 'slideLeft', 'settle'], captionAnimation: 'pop', endCardAnimation: 'pop', reflection: 0.05,
    grade: { contrast: 0.08, warmth: 0.12, vignette: 0.05, grain: 0.1 },
    words: { lighting: 'bright even light with cheerful shadows', cameraStyle: 'bouncy, light-footed moves', texture: 'cut paper and soft plastics', mood: 'cheerful and light' },
  },
  elegant: {
    fonts: [{ heading: 'Playfair Display', body: 'Inter' }, { heading: 'Playfair Display', body: 'Outfit' }],
    moods: ['elegant'], tempoBpm: [66, 84],
    sets: ['spotlight', 'bokeh', 'arch', 'cyclorama', 'podium', 'gobo', 'waves'],
    schemes: ['night', 'deepOwn', 'night', 'cream'], greyHues: [250, 320],
    transitions: [{ kind: 'dissolve', seconds: 0.8 }, { kind: 'dissolve', seconds: 0.93 }, { kind: 'zoom', seconds: 0.8 }],
    rhythm: 0.18, opening: 1.15, cameras: ['drift', 'pushIn', 'static', 'rise'], cameraAmount: [0.25, 0.5],
    entrances: ['fade', 'settle'], captionAnimation: 'fade', endCardAnimation: 'fade', reflection: 0.45,
    grade: { contrast: 0.15, warmth: 0.08, vignette: 0.4, grain: 0.2 },
    words: { lighting: 'low-key light with long soft falloff', cameraStyle: 'slow, composed moves', texture: 'satin, dark stone and brushed metal', mood: 'refined and quiet' },
  },
  warm: {
    fonts: [{ heading: 'Playfair Display', body: 'Outfit' }, { heading: 'Outfit', body: 'Inter' }],
    moods: ['calm', 'upbeat'], tempoBpm: [86, 102],
    sets: ['gobo', 'tabletop', 'arch', 'paper', 'bokeh', 'cyclorama', 'podium'],
    schemes: ['earth', 'cream', 'analogous', 'paleOwn'], greyHues: [40, 78],
    transitions: [{ kind: 'dissolve', seconds: 0.57 }, { kind: 'pushUp', seconds: 0.5 }, { kind: 'dissolve', seconds: 0.67 }],
    rhythm: 0.25, opening: 1, cameras: ['drift', 'pushIn', 'panRight', 'rise'], cameraAmount: [0.35, 0.6],
    entrances: ['settle', 'fade', 'rise'], captionAnimation: 'rise', endCardAnimation: 'rise', reflection: 0.05,
    grade: { contrast: 0.05, warmth: 0.35, vignette: 0.2, grain: 0.25 },
    words: { lighting: 'late-afternoon window light', cameraStyle: 'unhurried handheld-like drift', texture: 'linen, plaster and wood', mood: 'honest and inviting' },
  },
  minimal: {
    fonts: [{ heading: 'Inter', body: 'Inter' }, { heading: 'Space Grotesk', body: 'Inter' }],
    moods: ['calm'], tempoBpm: [90, 104],
    sets: ['cyclorama', 'podium', 'split', 'arch', 'tabletop', 'spotlight'],
    schemes: ['neutral', 'paleOwn', 'deepOwn'], greyHues: [60, 260],
    transitions: [{ kind: 'dissolve', seconds: 0.4 }, { kind: 'cut', seconds: 0 }, { kind: 'wipeLeft', seconds: 0.4 }],
    rhythm: 0.1, opening: 1, cameras: ['static', 'drift', 'pushIn'], cameraAmount: [0.15, 0.35],
    entrances: ['settle', 'fade', 'none'], captionAnimation: 'fade', endCardAnimation: 'fade', reflection: 0.15,
    grade: { contrast: 0, warmth: 0, vignette: 0.05, grain: 0.05 },
    words: { lighting: 'large soft box, even and clear', cameraStyle: 'locked off, barely moving', texture: 'matt seamless paper', mood: 'clear and reduced' },
  },
  natural: {
    fonts: [{ heading: 'Outfit', body: 'Inter' }, { heading: 'Playfair Display', body: 'Inter' }],
    moods: ['calm', 'upbeat'], tempoBpm: [82, 100],
    sets: ['gobo', 'tabletop', 'paper', 'bokeh', 'waves', 'arch', 'podium'],
    schemes: ['analogous', 'cream', 'paleOwn', 'earth'], greyHues: [128, 165],
    transitions: [{ kind: 'dissolve', seconds: 0.5 }, { kind: 'wipeUp', seconds: 0.5 }, { kind: 'pushUp', seconds: 0.5 }],
    rhythm: 0.25, opening: 1.05, cameras: ['drift', 'rise', 'pushIn', 'panLeft'], cameraAmount: [0.3, 0.6],
    entrances: ['rise', 'settle', 'fade'], captionAnimation: 'rise', endCardAnimation: 'rise', reflection: 0,
    grade: { contrast: 0.05, warmth: 0.18, vignette: 0.12, grain: 0.3 },
    words: { lighting: 'dappled daylight through leaves', cameraStyle: 'gentle drift', texture: 'raw clay, leaves and washed cotton', mood: 'fresh and grounded' },
  },
  tech: {
    fonts: [{ heading: 'Space Grotesk', body: 'Space Grotesk' }, { heading: 'Space Grotesk', body: 'Inter' }],
    moods: ['bold', 'upbeat'], tempoBpm: [112, 128],
    sets: ['mesh', 'spotlight', 'waves', 'podium', 'bokeh', 'split', 'cyclorama'],
    schemes: ['night', 'deepOwn', 'deepOwn', 'neutral'], greyHues: [210, 290],
    transitions: [{ kind: 'zoom', seconds: 0.37 }, { kind: 'wipeLeft', seconds: 0.33 }, { kind: 'cut', seconds: 0 }, { kind: 'pushLeft', seconds: 0.33 }],
    rhythm: 0.35, opening: 0.9, cameras: ['pushIn', 'pullOut', 'panLeft', 'drift'], cameraAmount: [0.45, 0.8],
    entrances: ['fade', 'slideRight', 'rise'], captionAnimation: 'slide', endCardAnimation: 'rise', reflection: 0.5,
    grade: { contrast: 0.22, warmth: -0.25, vignette: 0.3, grain: 0.05 },
    words: { lighting: 'cool rim light on a dark stage', cameraStyle: 'precise motorised moves', texture: 'glass, anodised metal and light', mood: 'precise and forward' },
  },
  calm: {
    fonts: [{ heading: 'Outfit', body: 'Outfit' }, { heading: 'Inter', body: 'Inter' }],
    moods: ['calm'], tempoBpm: [60, 78],
    sets: ['waves', 'cyclorama', 'bokeh', 'arch', 'gobo', 'tabletop', 'podium'],
    schemes: ['paleOwn', 'analogous', 'pastel', 'cream'], greyHues: [185, 250],
    transitions: [{ kind: 'dissolve', seconds: 0.73 }, { kind: 'dissolve', seconds: 0.87 }],
    rhythm: 0.12, opening: 1.1, cameras: ['drift', 'static', 'rise'], cameraAmount: [0.2, 0.45],
    entrances: ['fade', 'settle'], captionAnimation: 'fade', endCardAnimation: 'fade', reflection: 0.2,
    grade: { contrast: -0.08, warmth: 0.06, vignette: 0.1, grain: 0.12 },
    words: { lighting: 'soft morning light', cameraStyle: 'floating, slow', texture: 'water, silk and mist', mood: 'peaceful and airy' },
  },
};

/** The profile of a family. */
export function toneProfile(family: ToneFamily): ToneProfile {
  return PROFILES[family];
}
