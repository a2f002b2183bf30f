/**
 * Pictures made once per product and drawn with it in every frame: crop, shadows, reflection, light wrap. Pure pixel functions;
 * every sprite comes with its rectangle relative to the product's box, in units of the box's height.
 */
export { castShadow } from './product-sprites/cast-shadow.ts';
export { contactShadow, type ShadowOptions } from './product-sprites/contact-shadow.ts';
export { cropToBounds } from './product-sprites/crop-to-bounds.ts';
export type { Mask } from './product-sprites/grid.ts';
export { lightWrap, type LightWrapOptions } from './product-sprites/light-wrap.ts';
export { maskOf } from './product-sprites/mask-of.ts';
export { reflection, type ReflectionOptions } from './product-sprites/reflection.ts';
export type { ProductSprite } from './product-sprites/product-sprite.ts';
