/** Undo and redo of brush strokes. A stroke knows what it cost to keep; the oldest go when that is too much. Pure but for the strokes themselves. */
export interface Stroke {
  /** In any unit; tiles here. */
  readonly cost: number;
  undo(): void;
  redo(): void;
}

/** A bounded history. */
export interface MaskHistory {
  push(stroke: Stroke): void;
  /** False when there is nothing to take back. */
  undo(): boolean;
  redo(): boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

/** @param maxCost of all kept strokes together; the newest is always kept */
export function createMaskHistory(maxCost: number): MaskHistory {
  const done: Stroke[] = [];
  const undone: Stroke[] = [];
  return {
    push(stroke) {
      undone.length = 0;
      done.push(stroke);
      let cost = done.reduce((sum, each) => sum + each.cost, 0);
      while (done.length > 1 && cost > maxCost) cost -= done.shift()?.cost ?? 0;
    },
    undo() {
      const stroke = done.pop();
      if (!stroke) return false;
      stroke.undo();
      undone.push(stroke);
      return true;
    },
    redo() {
      const stroke = undone.pop();
      if (!stroke) return false;
      stroke.redo();
      done.push(stroke);
      return true;
    },
    get canUndo() {
      return done.length > 0;
    },
    get canRedo() {
      return undone.length > 0;
    },
  };
}
