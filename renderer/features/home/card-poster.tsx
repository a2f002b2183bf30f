import { ImageOff } from 'lucide-react';
import { useState } from 'react';
import { thumbnailUrl } from '../../api/media-url.ts';
import { cx } from '../../ui/cx.ts';
import type { Card } from './use-project-pages.ts';

/** The finished still, whole and uncropped; until there is one, the product. */
export function CardPoster({ card: { poster, product } }: { readonly card: Pick<Card, 'poster' | 'product'> }) {
  const picture = poster ?? product;
  const [failed, setFailed] = useState('');
  return (
    <div className="absolute inset-0 flex items-center justify-center bg-sunken">
      {picture && failed !== picture.hash
        ? <img src={thumbnailUrl(picture.hash, 320)} alt="" loading="lazy" decoding="async" draggable={false} onError={() => setFailed(picture.hash)} className={cx('size-full object-contain', poster === null && 'p-7')} />
        : <ImageOff aria-hidden className="size-6 text-muted" />}
    </div>
  );
}
