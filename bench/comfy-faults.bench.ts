/**
 * Is a result ever lost, doubled or mistaken for another's? Five hundred random courses of faults a round (dropped sockets, lost
 * replies, doubled, vanished and cut jobs, crashes of the server, a restart of ours), other ones in each round.
 */
import { runFaultSchedules } from '#sidecar/client/testing/fault-schedule.ts';
import type { Question } from './kit/question.ts';

const SCHEDULES = 500;

export const question: Question = {
  name: 'comfy-faults',
  figures: [{ id: 'lostOrDoubled', asks: `results lost, doubled or wrong over ${SCHEDULES} random fault schedules (fake server)`, unit: 'results', reach: { atMost: 0 }, isWorst: true }],
  async sample(workshop, round) {
    workshop.say(`round ${round}: ${SCHEDULES} fault schedules`);
    const first = (round - 1) * SCHEDULES + 1;
    const wrong = await runFaultSchedules(Array.from({ length: SCHEDULES }, (_, index) => first + index));
    wrong.forEach(workshop.say);
    return { lostOrDoubled: wrong.length };
  },
};
