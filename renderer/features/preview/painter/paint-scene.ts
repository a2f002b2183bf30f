/** Draws the layers of one scene with Canvas 2D, back to front. Positions are the film's; the context carries the scale. */
import type { Layer, Rect, SceneFrame } from '#core/composition/layer.ts';
import type { Size } from '#core/project/ratio.ts';

/** The 2D context of a page's canvas or of a worker's. */
export type Brush = OffscreenCanvasRenderingContext2D;

/** A picture that can be drawn, and which part of it. */
export interface DrawablePicture {
  readonly image: CanvasImageSource;
  readonly width: number;
  readonly height: number;
  readonly crop?: Rect;
}

/** How a frame is drawn. */
export interface PaintTools {
  /** Canvas pixels per pixel of the film. */
  readonly scale: number;
  /** What a layer shows; undefined while it is not there. */
  pictureOf(layer: Layer): DrawablePicture | undefined;
}

const BLENDS = { normal: 'source-over', multiply: 'multiply', screen: 'screen' } as const;

/** Paints a scene over all of the canvas; black where nothing is. */
export function paintScene(brush: Brush, scene: SceneFrame, canvas: Size, tools: PaintTools): void {
  brush.setTransform(tools.scale, 0, 0, tools.scale, 0, 0);
  brush.globalAlpha = 1;
  brush.globalCompositeOperation = 'source-over';
  brush.fillStyle = '#000000';
  brush.fillRect(0, 0, canvas.width, canvas.height);
  for (const layer of scene.layers) {
    if (layer.opacity <= 0 || isOutside(layer, canvas)) continue;
    const picture = tools.pictureOf(layer);
    if (picture) paintLayer(brush, layer, picture, tools.scale);
  }
  brush.globalAlpha = 1;
  brush.globalCompositeOperation = 'source-over';
}

function paintLayer(brush: Brush, layer: Layer, picture: DrawablePicture, scale: number): void {
  brush.globalAlpha = Math.min(1, layer.opacity);
  brush.globalCompositeOperation = BLENDS[layer.blend];
  chooseSampling(brush, layer, picture, scale);
  if (layer.rotationDeg === 0) return drawInto(brush, picture, layer.rect);
  const { x, y, width, height } = layer.rect;
  brush.save();
  brush.translate(x + width / 2, y + height / 2);
  brush.rotate((layer.rotationDeg * Math.PI) / 180);
  drawInto(brush, picture, { x: -width / 2, y: -height / 2, width, height });
  brush.restore();
}

function drawInto(brush: Brush, { image, crop }: DrawablePicture, { x, y, width, height }: Rect): void {
  if (crop) brush.drawImage(image, crop.x, crop.y, crop.width, crop.height, x, y, width, height);
  else brush.drawImage(image, x, y, width, height);
}

/** Pictures with many more pixels than they are drawn with shimmer under plain bilinear sampling. */
const DENSE = 1.6;

function chooseSampling(brush: Brush, { rect, rotationDeg, sampling }: Layer, { width, height }: DrawablePicture, scale: number): void {
  const [across, down] = [rect.width * scale, rect.height * scale];
  const isCopy = rotationDeg === 0 && across === width && down === height && Number.isInteger(rect.x * scale) && Number.isInteger(rect.y * scale);
  brush.imageSmoothingEnabled = !isCopy;
  const density = Math.max(width / across, height / down);
  brush.imageSmoothingQuality = density > DENSE ? 'medium' : sampling === 'exact' && density > 1.05 ? 'high' : 'low';
}

/** Whether no part of a layer can be on the canvas; turned ones are given the circle round them. */
function isOutside({ rect, rotationDeg }: Layer, canvas: Size): boolean {
  const reach = rotationDeg === 0 ? 0 : Math.hypot(rect.width, rect.height) / 2;
  return rect.x - reach >= canvas.width || rect.y - reach >= canvas.height || rect.x + rect.width + reach <= 0 || rect.y + rect.height + reach <= 0;
}
