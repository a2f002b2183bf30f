/**
 * What `evaluate` must know besides the document: sizes and places of pictures that steps have made. JSON, so that it travels
 * to workers and previews and enters cache keys.
 */
import type { BackdropManifest } from './backdrop-manifest.ts';
import type { Rect } from './layer.ts';

/** Pictures that belong to a product besides its cut-out, back to front. `wrap` lies over the cut-out, the others under it. */
export const PRODUCT_PARTS = ['reflection', 'shadow', 'cast', 'contact', 'wrap'] as const;
export type ProductPart = (typeof PRODUCT_PARTS)[number];

/** A product's picture facts. Part rectangles are relative to the product's box, in units of its height. */
export interface ProductFacts {
  /** Width ÷ height of the tight box. */
  readonly aspect: number;
  readonly parts: Readonly<Partial<Record<ProductPart, Rect>>>;
}

/** A rasterised caption: size of its picture, and where the ink lies in it, pixels of the canvas. */
export interface CaptionBlock {
  readonly width: number;
  readonly height: number;
  readonly ink: Rect;
  readonly fontPx: number;
}

/** Everything about pictures that one ratio of a film needs. */
export interface CompositionFacts {
  readonly products: Readonly<Record<string, ProductFacts>>;
  /** By scene id. */
  readonly backdrops: Readonly<Record<string, BackdropManifest>>;
  /** By `captionKey`. */
  readonly captions: Readonly<Record<string, CaptionBlock>>;
  /** Width ÷ height of the brand logo, if there is one. */
  readonly logoAspect?: number;
}

/** Key of a caption in `CompositionFacts.captions`. */
export function captionKey(sceneId: string, captionId: string): string {
  return `${sceneId}/${captionId}`;
}

/** Names of source pictures in frame plans; `parseSource` is the reverse. */
export const sourceOf = {
  backdrop: (sceneId: string, layer: number) => `backdrop/${sceneId}/${layer}`,
  clip: (sceneId: string) => `clip/${sceneId}`,
  product: (productId: string, sceneId: string) => `product/${productId}/${sceneId}`,
  part: (productId: string, part: ProductPart, sceneId: string) => `part/${productId}/${part}/${sceneId}`,
  caption: (sceneId: string, captionId: string) => `caption/${sceneId}/${captionId}`,
  logo: () => 'logo',
};

/** A source name taken apart. */
export type SourceName =
  | { readonly kind: 'backdrop'; readonly sceneId: string; readonly layer: number }
  | { readonly kind: 'clip'; readonly sceneId: string }
  | { readonly kind: 'product'; readonly productId: string; readonly sceneId: string }
  | { readonly kind: 'part'; readonly productId: string; readonly part: ProductPart; readonly sceneId: string }
  | { readonly kind: 'caption'; readonly sceneId: string; readonly captionId: string }
  | { readonly kind: 'logo' };

/** Takes a source name apart. Ids hold no slashes (schema), so this cannot be fooled. */
export function parseSource(source: string): SourceName {
  const [kind, a = '', b = '', c = ''] = source.split('/');
  switch (kind) {
    case 'backdrop':
      return { kind, sceneId: a, layer: Number(b) };
    case 'clip':
      return { kind, sceneId: a };
    case 'product':
      return { kind, productId: a, sceneId: b };
    case 'part':
      return { kind, productId: a, part: b as ProductPart, sceneId: c };
    case 'caption':
      return { kind, sceneId: a, captionId: b };
    case 'logo':
      return { kind };
    default:
      throw new RangeError(`unknown source ${source}`);
  }
}
