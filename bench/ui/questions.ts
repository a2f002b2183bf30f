/** The questions of `npm run bench:ui`: the studio's page in a real browser, on software rendering. */
import type { Question } from '../kit/question.ts';
import { question as firstLoad } from './first-load.bench.ts';

export const uiQuestions: readonly Question[] = [firstLoad];
