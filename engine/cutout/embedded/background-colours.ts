/** The background's colours where it is seen, smoothly continued behind everything else. */
import { fillSmoothly } from './fill-smoothly.ts';
import type { WorkingPicture } from './working-picture.ts';

export type Planes = readonly [Float32Array, Float32Array, Float32Array];

export function continueBackground(picture: WorkingPicture, isKnown: Uint8Array): Planes {
  const weight = Float32Array.from(isKnown);
  return picture.planes.map((plane) => fillSmoothly(plane, weight, picture.width, picture.height)) as unknown as Planes;
}
