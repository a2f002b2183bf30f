/** A brand kit while it is edited: every field is text until it is kept. Pure. */
import type { BrandKit } from '#core/project/schema.ts';

/** The roles of a brand's colours, in the order in which they are shown. */
export const COLOR_NAMES = ['primary', 'secondary', 'accent', 'background', 'text'] as const;
export type ColorName = (typeof COLOR_NAMES)[number];

/** What the fields hold. */
export interface BrandDraft {
  readonly name: string;
  readonly colors: Readonly<Record<ColorName, string>>;
  readonly heading: string;
  readonly body: string;
  readonly logo: BrandKit['logo'];
  readonly guidelines: string;
}

/** The fields of a kit, or of a new one. */
export function draftOf(kit: BrandKit | undefined): BrandDraft {
  const colors = Object.fromEntries(COLOR_NAMES.map((name) => [name, kit?.colors[name] ?? ''])) as Record<ColorName, string>;
  return { name: kit?.name ?? '', colors, heading: kit?.fonts.heading ?? '', body: kit?.fonts.body ?? '', logo: kit?.logo, guidelines: kit?.guidelines ?? '' };
}

/** A colour as documents hold it; undefined for what is none. A missing `#` and the short form are understood. */
export function parseHex(text: string): string | undefined {
  const digits = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(text.trim())?.[1]?.toLowerCase();
  if (digits === undefined) return undefined;
  return `#${digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits}`;
}

/** Which fields are wrong: colours by name, and a missing name. */
export function mistakesIn(draft: BrandDraft): { readonly name: boolean; readonly colors: readonly ColorName[] } {
  return { name: draft.name.trim() === '', colors: COLOR_NAMES.filter((name) => draft.colors[name].trim() !== '' && parseHex(draft.colors[name]) === undefined) };
}

/** The kit that a draft without mistakes stands for. */
export function kitOf(draft: BrandDraft): BrandKit {
  const colors = Object.fromEntries(COLOR_NAMES.flatMap((name) => {
    const color = parseHex(draft.colors[name]);
    return color === undefined ? [] : [[name, color]];
  }));
  return {
    name: draft.name.trim(), colors, guidelines: draft.guidelines.trim(),
    fonts: { ...(draft.heading ? { heading: draft.heading } : {}), ...(draft.body ? { body: draft.body } : {}) },
    ...(draft.logo ? { logo: draft.logo } : {}),
  };
}

/** The strongest colours of a logo into the first three roles; what the user has set already stays. */
export function withLogoColors(draft: BrandDraft, found: readonly string[]): BrandDraft {
  const free = (['primary', 'secondary', 'accent'] as const).filter((name) => draft.colors[name].trim() === '');
  const fresh = found.filter((color) => !Object.values(draft.colors).includes(color));
  return { ...draft, colors: { ...draft.colors, ...Object.fromEntries(free.flatMap((name, index) => (fresh[index] === undefined ? [] : [[name, fresh[index]]]))) } };
}
