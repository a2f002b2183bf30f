/** The questions of `npm run bench:ui`: the studio's page in a real browser, on software rendering. */
import type { Question } from '../kit/question.ts';
import { question as eventToPixels } from './event-to-pixels.bench.ts';
import { question as firstLoad } from './first-load.bench.ts';
import { question as home } from './home.bench.ts';
import { question as memory } from './memory.bench.ts';
import { question as playback } from './playback.bench.ts';
import { question as timelineDrag } from './timeline-drag.bench.ts';

export const uiQuestions: readonly Question[] = [firstLoad, timelineDrag, playback, home, eventToPixels, memory];
