import { z } from 'zod';
import { assetRefSchema, brandKitSchema } from '../project/schema.ts';
import { base } from './base.ts';

/** A kept brand kit. */
export const brandSchema = z.object({ id: z.string(), kit: brandKitSchema, createdMs: z.number(), updatedMs: z.number() });

/** Brand kits that are reused across projects. */
export const brands = {
  list: base.route({ method: 'GET', path: '/brands' }).output(z.array(brandSchema)),
  /** A new one without `id`. */
  save: base.route({ method: 'POST', path: '/brands' }).input(z.object({ id: z.string().max(80).optional(), kit: brandKitSchema })).output(brandSchema),
  remove: base.route({ method: 'DELETE', path: '/brands/{id}' }).input(z.object({ id: z.string().max(80) })).output(z.object({ changed: z.number().int() })),
  /** The strongest colours of a logo, strongest first. */
  colorsOf: base.route({ method: 'POST', path: '/brands/colors' }).input(z.object({ logo: assetRefSchema })).output(z.object({ colors: z.array(z.string()) })),
  /** Families that words can be set in, bundled ones first. */
  fonts: base.route({ method: 'GET', path: '/brands/fonts' }).output(z.array(z.object({ family: z.string(), isBundled: z.boolean() }))),
};
