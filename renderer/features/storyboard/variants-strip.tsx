import { Columns2 } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { useQueries } from '@tanstack/react-query';
import type { Ratio } from '#core/project/ratio.ts';
import { engine } from '../../api/connection.ts';
import { mediaUrl, thumbnailUrl } from '../../api/media-url.ts';
import { to } from '../../app/routes.ts';
import { useStrings } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Dialog } from '../../ui/dialog.tsx';
import type { Sibling } from './use-siblings.ts';

/** The variants of this advert: go to one, or see all side by side. */
export function VariantsStrip({ siblings, projectId, ratio }: { readonly siblings: readonly Sibling[]; readonly projectId: string; readonly ratio: Ratio }) {
  const { storyboard } = useStrings();
  const [isComparing, setComparing] = useState(false);
  return (
    <nav aria-label={storyboard.variants} className="flex items-center gap-2 overflow-x-auto border-b border-line px-4 py-2">
      <h2 className="mr-1 shrink-0 text-xs font-semibold text-muted">{storyboard.variants}</h2>
      {siblings.map(({ card, letter }) => (
        <Link key={card.id} href={to.project(card.id, 'storyboard')} aria-current={card.id === projectId ? 'page' : undefined} title={card.name} className={cx('flex max-w-56 shrink-0 items-center gap-2 rounded-md border py-0.5 pr-2.5 pl-0.5', card.id === projectId ? 'border-accent bg-accent-soft' : 'border-line hover:border-line-strong')}>
          <span className="flex size-7 items-center justify-center overflow-hidden rounded bg-sunken">{poster(card) && <img src={thumbnailUrl(poster(card) ?? '', 160)} alt="" className="size-full object-cover" />}</span>
          <b>{letter}</b>
          <span className="min-w-0 truncate text-muted">{card.name}</span>
        </Link>
      ))}
      <Button kind="quiet" size="small" icon={<Columns2 aria-hidden className="size-3.5" />} onClick={() => setComparing(true)}>{storyboard.sideBySide}</Button>
      <Dialog title={storyboard.sideBySide} isWide isOpen={isComparing} onOpenChange={setComparing}>{isComparing && <SideBySide siblings={siblings} ratio={ratio} />}</Dialog>
    </nav>
  );
}

/** The newest film of each, or what there is to show before one is rendered. */
function SideBySide({ siblings, ratio }: { readonly siblings: readonly Sibling[]; readonly ratio: Ratio }) {
  const { storyboard } = useStrings();
  const films = useQueries({ queries: siblings.map(({ card }) => ({ queryKey: ['runs', card.runId, 'document', card.runState, 'film'], queryFn: () => engine.runs.show({ runId: card.runId ?? '' }), enabled: card.runId !== null })) });
  return (
    <ul className="flex gap-4 overflow-x-auto pb-3">
      {siblings.map(({ card, letter }, index) => {
        const film = films[index]?.data?.renditions.find((rendition) => rendition.kind === 'video' && rendition.ratio === ratio);
        const still = poster(card);
        return (
          <li key={card.id} className="flex min-w-0 shrink-0 flex-col gap-1.5" style={{ width: { '9:16': 250, '1:1': 300, '16:9': 430 }[ratio] }}>
            <div className="overflow-hidden rounded-lg border border-line bg-sunken" style={{ aspectRatio: ratio.replace(':', '/') }}>
              {film ? <video src={mediaUrl(film.asset.hash, film.file)} controls playsInline preload="metadata" aria-label={`${letter} ${card.name}`} className="size-full" /> : still ? <img src={thumbnailUrl(still, 640)} alt="" className="size-full object-contain" /> : null}
            </div>
            <p className="flex items-baseline gap-2"><b>{letter}</b><span className="min-w-0 flex-1 truncate">{card.name}</span></p>
            <Link href={to.project(card.id, 'storyboard')} className="text-accent hover:underline">{storyboard.open}</Link>
          </li>
        );
      })}
    </ul>
  );
}

function poster({ poster: still, product }: Sibling['card']): string | undefined {
  return still?.hash ?? product?.hash;
}
