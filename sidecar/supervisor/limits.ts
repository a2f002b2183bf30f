/** How long anything may take. Times by activity rather than by the clock: a start takes 15 s on a quiet machine and minutes on a slow disk. */
export interface Limits {
  /** The first word of the boot script; Python starts in well under a second. */
  readonly helloMs: number;
  /** When a user is first told that the start takes long, and then how often. */
  readonly noteMs: number;
  readonly stillWorkingMs: number;
  readonly stillWorkingAgainMs: number;
  /** Without a line of output and without processor time. */
  readonly silenceMs: number;
  readonly hardFirstRunMs: number;
  readonly hardMs: number;
  /** One HTTP request, and the pause before it is asked again. */
  readonly httpMs: number;
  readonly identityRetryMs: number;
  /** 633 nodes are 0.74 MB; an engine that still imports takes its time. */
  readonly objectInfoMs: number;
  readonly probeMs: number;
  /** After a refused probe; so many in a row mean that nobody is there. */
  readonly probeAgainMs: number;
  readonly deadRefusals: number;
  /** The stop sequence; together they must stay under 16 s, with the shorter asking under 15 s when the program quits. */
  readonly askMs: number;
  readonly askQuitMs: number;
  readonly terminateMs: number;
  readonly goneMs: number;
  readonly restartDelaysMs: readonly number[];
  /** So many restarts as there are delays, within this time. */
  readonly restartWindowMs: number;
  /** Crashes with the same job on board until it is held. */
  readonly poisonCrashes: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

export const DEFAULT_LIMITS: Limits = {
  helloMs: 30 * SECOND,
  noteMs: 45 * SECOND,
  stillWorkingMs: 120 * SECOND,
  stillWorkingAgainMs: 60 * SECOND,
  silenceMs: 180 * SECOND,
  hardFirstRunMs: 15 * MINUTE,
  hardMs: 6 * MINUTE,
  httpMs: 5 * SECOND,
  identityRetryMs: SECOND,
  objectInfoMs: 60 * SECOND,
  probeMs: 20 * SECOND,
  probeAgainMs: 2 * SECOND,
  deadRefusals: 3,
  askMs: 8 * SECOND,
  askQuitMs: 7 * SECOND,
  terminateMs: 3 * SECOND,
  goneMs: 5 * SECOND,
  restartDelaysMs: [SECOND, 5 * SECOND, 20 * SECOND],
  restartWindowMs: 10 * MINUTE,
  poisonCrashes: 2,
};
