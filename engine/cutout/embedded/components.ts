/** Connected regions of a labelled picture. */

export interface Component {
  /** Pixel indices. */
  readonly pixels: Int32Array;
  readonly touchesFrame: boolean;
}

/** All connected sets of pixels with `isMember` 1; `diagonal` joins over corners too. */
export function findComponents(isMember: Uint8Array, width: number, height: number, diagonal: boolean): Component[] {
  const isSeen = new Uint8Array(isMember.length);
  const stack = new Int32Array(isMember.length);
  const found: Component[] = [];
  for (let start = 0; start < isMember.length; start++) {
    if (isMember[start] === 0 || isSeen[start] === 1) continue;
    let read = 0;
    let write = 0;
    let touchesFrame = false;
    stack[write++] = start;
    isSeen[start] = 1;
    while (read < write) {
      const at = stack[read++]!;
      const x = at % width;
      const y = (at - x) / width;
      if (x === 0 || y === 0 || x === width - 1 || y === height - 1) touchesFrame = true;
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          if ((dx === 0 && dy === 0) || (!diagonal && dx !== 0 && dy !== 0)) continue;
          if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue;
          const next = at + dy * width + dx;
          if (isMember[next] === 0 || isSeen[next] === 1) continue;
          isSeen[next] = 1;
          stack[write++] = next;
        }
      }
    }
    found.push({ pixels: stack.slice(0, write), touchesFrame });
  }
  return found;
}
