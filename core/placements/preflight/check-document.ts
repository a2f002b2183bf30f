/** Pre-flight before anything is encoded: what the document, the order and (where it has been made) the film say. Pure. */
import type { Film } from '../../composition/film.ts';
import { totalFrames } from '../../composition/timeline.ts';
import type { AdProject } from '../../project/schema.ts';
import { targetLoudness } from '../placements.ts';
import type { Placement } from '../schema.ts';
import { zoneFor } from '../zones.ts';
import { checkContrast } from './contrast.ts';
import type { CaptionContrast } from './contrast.ts';
import { byWeight } from './finding.ts';
import type { ExportOrder, Finding } from './finding.ts';
import { checkPicture } from './picture.ts';
import { checkLength, checkLoudness, checkRate, checkRatio, secondsOf } from './timing.ts';
import { checkMutedStart, checkReadingTime } from './words.ts';

/** What pre-flight looks at. */
export interface DocumentFacts {
  readonly project: AdProject;
  readonly order: ExportOrder;
  readonly placement: Placement;
  /** Missing: what depends on pictures is left out. */
  readonly film?: Film;
  readonly contrasts?: readonly CaptionContrast[];
}

/** All findings, the gravest first. */
export function checkDocument({ project, order, placement, film, contrasts = [] }: DocumentFacts): Finding[] {
  const lufs = order.loudnessLufs ?? targetLoudness(placement, project.soundtrack.loudnessLufs);
  return byWeight([
    ...checkRatio(order.ratio, placement),
    ...checkRate(order.rate, order.rate, placement),
    ...checkLength(secondsOf(totalFrames(project), project.timebase), placement, project.timebase),
    ...checkLoudness(lufs, placement),
    ...checkMutedStart(project, placement),
    ...checkReadingTime(project),
    ...(film ? checkPicture(film, placement, zoneFor(placement.zones, order.ratio, project.brief.language)) : []),
    ...checkContrast(contrasts, project),
  ]);
}
