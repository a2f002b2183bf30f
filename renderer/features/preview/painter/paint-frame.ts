/** Draws a frame plan: one scene, or two in transition, mixed as the export mixes them (`core/composition/transition.ts`). */
import type { FramePlan } from '#core/composition/layer.ts';
import { leavingScene, mixShare, pushDistance, wipeShare } from '#core/composition/transition.ts';
import type { Size } from '#core/project/ratio.ts';
import { paintScene } from './paint-scene.ts';
import type { Brush, PaintTools } from './paint-scene.ts';

/** A second canvas of the same size, for the coming scene of a transition. */
export interface Scratch {
  readonly canvas: OffscreenCanvas;
  readonly brush: Brush;
}

/** Paints a plan over all of the canvas. `scratch` is asked for only when two scenes are mixed. */
export function paintFrame(brush: Brush, plan: FramePlan, canvas: Size, tools: PaintTools, scratch: () => Scratch): void {
  const { to, transition } = plan;
  if (!to || !transition) return paintScene(brush, plan.from, canvas, tools);
  const { kind, progress } = transition;
  const from = leavingScene(plan.from, kind, progress, canvas);
  switch (kind) {
    case 'cut':
      return paintScene(brush, mixShare(kind, progress) === 0 ? from : to, canvas, tools);
    case 'dissolve':
    case 'zoom':
      paintScene(brush, from, canvas, tools);
      return lay(brush, painted(scratch(), () => paintScene(scratch().brush, to, canvas, tools)), mixShare(kind, progress));
    case 'wipeLeft':
    case 'wipeRight':
    case 'wipeUp':
      paintScene(brush, from, canvas, tools);
      return lay(brush, painted(scratch(), () => {
        paintScene(scratch().brush, to, canvas, tools);
        cutToWipe(scratch().brush, canvas, kind, progress);
      }), 1);
    case 'pushLeft':
    case 'pushUp':
      return paintPush(brush, { ...plan, from, to }, canvas, tools, scratch());
  }
}

function painted(scratch: Scratch, paint: () => void): Scratch {
  paint();
  return scratch;
}

/** Lays the second canvas over the first, pixel on pixel. */
function lay(brush: Brush, { canvas }: Scratch, share: number, x = 0, y = 0): void {
  brush.setTransform(1, 0, 0, 1, 0, 0);
  brush.imageSmoothingEnabled = false;
  brush.globalAlpha = share;
  brush.drawImage(canvas, x, y);
  brush.globalAlpha = 1;
}

/** Stops of the gradient that stands for the soft edge of a wipe. */
const EDGE_STOPS = 96;

/** Keeps of the coming scene what the wipe has uncovered. */
function cutToWipe(brush: Brush, canvas: Size, kind: 'wipeLeft' | 'wipeRight' | 'wipeUp', progress: number): void {
  const [endX, endY] = kind === 'wipeUp' ? [0, canvas.height] : [canvas.width, 0];
  const gradient = brush.createLinearGradient(0, 0, endX, endY);
  for (let stop = 0; stop <= EDGE_STOPS; stop++) {
    const along = stop / EDGE_STOPS;
    const position = kind === 'wipeRight' ? along : 1 - along;
    gradient.addColorStop(along, `rgb(0 0 0 / ${wipeShare(position, progress).toFixed(4)})`);
  }
  brush.globalCompositeOperation = 'destination-in';
  brush.fillStyle = gradient;
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.globalCompositeOperation = 'source-over';
}

/** Both scenes move together; the film's even pixels become whole ones of a smaller canvas. */
function paintPush(brush: Brush, plan: FramePlan, canvas: Size, tools: PaintTools, scratch: Scratch): void {
  const { to, transition } = plan;
  if (!to || !transition) return;
  const isAcross = transition.kind === 'pushLeft';
  const length = isAcross ? canvas.width : canvas.height;
  const moved = Math.round(pushDistance(transition.progress, length) * tools.scale);
  const rest = Math.round(length * tools.scale) - moved;
  paintScene(scratch.brush, plan.from, canvas, tools);
  lay(brush, scratch, 1, isAcross ? -moved : 0, isAcross ? 0 : -moved);
  paintScene(scratch.brush, to, canvas, tools);
  lay(brush, scratch, 1, isAcross ? rest : 0, isAcross ? 0 : rest);
}
