/** How often something may be started again: `most` times at once, and one time more for every `regainMs` that pass. */
export function createRestartBudget({ most, regainMs }: { readonly most: number; readonly regainMs: number }) {
  let left = most;
  let countedMs: number | undefined;
  return {
    /** Takes one restart; false when there is none left. `nowMs` from a clock that only goes forward. */
    take(nowMs: number): boolean {
      left = Math.min(most, left + (nowMs - (countedMs ?? nowMs)) / regainMs);
      countedMs = nowMs;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
