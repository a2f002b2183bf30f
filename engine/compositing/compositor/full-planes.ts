/** Y, U, V and alpha all at canvas resolution: what sprites are built in before their chroma is halved. */
import type { KernelModule } from './kernel-module.ts';
import { allocateBlankPlane, allocatePlane, freePlane, type WorkPlane } from './work-plane.ts';

export const PLANE_NAMES = ['y', 'u', 'v', 'alpha'] as const;

export type FullPlanes = Readonly<Record<(typeof PLANE_NAMES)[number], WorkPlane>>;

/** Clear (transparent) planes of one size. */
export function allocateFullPlanes(module: KernelModule, width: number, height: number): FullPlanes {
  const plane = (): WorkPlane => allocatePlane(module, width, height);
  return { y: plane(), u: plane(), v: plane(), alpha: plane() };
}

/** Planes of one size with arbitrary contents, for who writes every sample. */
export function allocateBlankPlanes(module: KernelModule, width: number, height: number): FullPlanes {
  const plane = (): WorkPlane => allocateBlankPlane(module, width, height);
  return { y: plane(), u: plane(), v: plane(), alpha: plane() };
}

export function freeFullPlanes(module: KernelModule, planes: FullPlanes): void {
  for (const name of PLANE_NAMES) freePlane(module, planes[name]);
}

/** Whole planes as one area starting at (0, 0); colour out of reach of alpha is pulled back. */
export function repairPlanes({ kernels }: KernelModule, { y, u, v, alpha }: FullPlanes): void {
  kernels.repairBand(y.address, u.address, v.address, alpha.address, y.strideBytes, y.width, y.height);
}
