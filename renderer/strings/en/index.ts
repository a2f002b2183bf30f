import { common } from './common.ts';
import { frame } from './frame.ts';
import { home } from './home.ts';
import { newAdvert } from './new-advert.ts';
import { run } from './run.ts';
import { storyboard } from './storyboard.ts';
import { timeline } from './timeline.ts';
import { preview } from './preview.ts';
import { exporting } from './exporting.ts';
import { settings } from './settings.ts';
import { sidecar } from './sidecar.ts';
import { brands } from './brands.ts';
import { edits } from './edits.ts';
import { problems } from './problems.ts';
import { findings } from './findings.ts';

/** English: the catalogue that the others follow. */
export const en = { common, frame, home, newAdvert, run, storyboard, timeline, preview, exporting, settings, sidecar, brands, edits, problems, findings };
