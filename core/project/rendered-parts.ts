/**
 * What of a document has been rendered, and what has been changed since: a fingerprint per part, kept with the run that rendered it. For telling
 * the user what a render would touch; what is really made again is decided by the keys of the steps.
 */
import type { AdProject, Scene } from './schema.ts';

/** Fingerprints by part: `scene:<id>`, `order`, `look`, `sound`, `files`. */
export type RenderedParts = Readonly<Record<string, string>>;

/** What differs between a document and what was rendered of it. */
export interface PendingChanges {
  /** Scenes whose pictures change, in the document's order; all of them when the look that they share was changed. */
  readonly sceneIds: readonly string[];
  readonly isOrderChanged: boolean;
  readonly isSoundChanged: boolean;
  readonly areFilesChanged: boolean;
  readonly isAny: boolean;
}

/** The fingerprints of a document. */
export function renderedParts(project: AdProject): RenderedParts {
  const { style, brand, products, brief, soundtrack, renditions, scenes } = project;
  const look = { style, logo: brand.logo, colors: brand.colors, language: brief.language, products: products.map(({ name: _name, ...product }) => product) };
  return {
    ...Object.fromEntries(scenes.map((scene) => [`scene:${scene.id}`, fingerprint(shownOf(scene))])),
    order: fingerprint(scenes.map((scene) => scene.id)), look: fingerprint(look), sound: fingerprint(soundtrack), files: fingerprint(renditions),
  };
}

/** @param rendered missing: nothing has been rendered yet */
export function pendingChanges(rendered: RenderedParts | undefined, project: AdProject): PendingChanges {
  const now = renderedParts(project);
  const differs = (part: string): boolean => rendered?.[part] !== now[part];
  const sceneIds = project.scenes.flatMap(({ id }) => (differs('look') || differs(`scene:${id}`) ? [id] : []));
  const changes = { sceneIds, isOrderChanged: differs('order'), isSoundChanged: differs('sound'), areFilesChanged: differs('files') };
  return { ...changes, isAny: sceneIds.length > 0 || changes.isOrderChanged || changes.isSoundChanged || changes.areFilesChanged };
}

/** A scene without what nobody sees: its name, its lock, its other takes. */
function shownOf({ name: _name, isLocked: _isLocked, takes: _takes, ...scene }: Scene): unknown {
  return scene;
}

/** Of the value, whatever the order of its keys. 53 bits (cyrb53 by bryc, public domain): it tells edits apart, it keeps no secrets. */
function fingerprint(value: unknown): string {
  const text = JSON.stringify(value, (_key, part: unknown) => (isPlain(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part));
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36);
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
