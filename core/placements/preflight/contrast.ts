/** The rule about contrast. What it judges is measured by the engine on drawn frames; see `engine/exports/measure-contrast.ts`. */
import type { AdProject } from '../../project/schema.ts';
import { SOURCES } from '../evidence.ts';
import { finding } from './finding.ts';
import type { Finding } from './finding.ts';
import { nameOf } from './words.ts';

/** Contrast of a caption's ink with what lies round it, after WCAG 2.2. */
export interface CaptionContrast {
  readonly sceneId: string;
  readonly captionId: string;
  readonly frame: number;
  readonly ratio: number;
}

/** WCAG 2.2, 1.4.3: large text wants 3, and everything that the studio sets is large (from 18 pt). */
export const LEAST_CONTRAST = 3;

/** Captions that drown in their ground. */
export function checkContrast(contrasts: readonly CaptionContrast[], { scenes }: Pick<AdProject, 'scenes'>): Finding[] {
  return contrasts.filter(({ ratio }) => ratio < LEAST_CONTRAST).flatMap(({ sceneId, captionId, frame, ratio }) => {
    const scene = scenes.find(({ id }) => id === sceneId);
    const caption = scene?.captions.find(({ id }) => id === captionId);
    if (!scene || !caption) return [];
    return [finding({
      rule: 'contrast', severity: 'warn', message: `“${caption.text.slice(0, 40)}” in ${nameOf(scene)} hardly stands out from its ground.`, found: `${ratio.toFixed(1)} : 1`, wanted: `at least ${LEAST_CONTRAST} : 1 (WCAG 2.2)`,
      evidence: SOURCES.studio, sceneId, frame,
      ...(caption.look?.color ? { fix: { kind: 'autoColour', label: 'Let the studio choose its colour', data: { sceneId, captionId } } } : {}),
    })];
  });
}
