import { useQuery } from '@tanstack/react-query';
import { Columns2, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { BackdropManifest } from '#core/composition/backdrop-manifest.ts';
import type { Ratio } from '#core/project/ratio.ts';
import type { Scene, Take } from '#core/project/schema.ts';
import { engine } from '../../api/connection.ts';
import { thumbnailUrl } from '../../api/media-url.ts';
import { useStrings } from '../../strings/index.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { editProject, useProjectSelector } from '../project/project-store.ts';
import { useFilm } from '../preview/preview-session.ts';
import { BackdropPicture } from '../run/backdrop-picture.tsx';
import { SetIcon } from './set-icon.tsx';
import { dropTake, putTake } from './scene-changes.ts';

type Look = Pick<Take, 'seed' | 'backdrop'>;

/** The takes of a scene: the one in use first, then the others, newest first. Choose one, or look at two side by side. */
export function TakesStrip({ projectId, scene, ratio, runId, isLocked }: { readonly projectId: string; readonly scene: Scene; readonly ratio: Ratio; readonly runId: string | null; readonly isLocked: boolean }) {
  const { storyboard } = useStrings();
  const [comparedId, setCompared] = useState<string | null>(null);
  const palette = useProjectSelector((document) => document.style.palette);
  const { data: pictures = [] } = useQuery({ queryKey: ['takes', projectId, scene.id, ratio, runId, scene.seed], queryFn: () => engine.adverts.takes({ projectId, sceneId: scene.id, ratio }), placeholderData: (before) => before });
  const { film, state } = useFilm(ratio);
  const drawn = state === 'ready' ? film?.facts.backdrops[scene.id] : undefined;
  const pictureOf = (look: Look): BackdropManifest | undefined => pictures.find(({ seed, set }) => seed === look.seed && set === look.backdrop.set)?.manifest ?? (look === scene ? drawn : undefined);
  const takes = (scene.takes ?? []).toReversed();
  const compared = takes.find(({ id }) => id === comparedId);
  const choose = (takeId: string): void => {
    editProject('chooseTake', (project) => putTake(project, scene.id, takeId));
    setCompared(null);
  };
  if (takes.length === 0) return <p className="text-xs text-muted">{storyboard.noTakes}</p>;
  const view = (look: Look) => <TakePicture look={look} manifest={pictureOf(look)} palette={palette} />;
  return (
    <>
      <ul className="flex gap-2 overflow-x-auto p-0.5 pb-1">
        <li className="w-[72px] shrink-0">
          <div className="overflow-hidden rounded-md ring-2 ring-accent" style={{ aspectRatio: ratio.replace(':', '/') }}>{view(scene)}</div>
          <p className="mt-1 truncate text-center text-[11px] text-accent">{storyboard.takeInUse}</p>
        </li>
        {takes.map((take) => (
          <li key={take.id} className="group relative w-[72px] shrink-0">
            <button type="button" disabled={isLocked} aria-label={storyboard.useTake(numberOf(take))} onClick={() => choose(take.id)} className={cx('block w-full overflow-hidden rounded-md ring-1 ring-line hover:ring-line-strong disabled:opacity-60')} style={{ aspectRatio: ratio.replace(':', '/') }}>{view(take)}</button>
            <div className="mt-0.5 flex justify-center gap-0.5">
              <IconButton label={storyboard.compareTake(numberOf(take))} size="small" onClick={() => setCompared(take.id)}><Columns2 aria-hidden className="size-3.5" /></IconButton>
              <IconButton label={storyboard.dropTake(numberOf(take))} size="small" disabled={isLocked} onClick={() => editProject('deleteTake', (project) => dropTake(project, scene.id, take.id))}><Trash2 aria-hidden className="size-3.5" /></IconButton>
            </div>
          </li>
        ))}
      </ul>
      <Dialog title={storyboard.compareTitle} isWide isOpen={compared !== undefined} onOpenChange={() => setCompared(null)} actions={compared && !isLocked && <><Button onClick={() => setCompared(null)}>{storyboard.keepA}</Button><Button kind="primary" onClick={() => choose(compared.id)}>{storyboard.useB}</Button></>}>
        {compared && (
          <div className="flex justify-center gap-4 pb-2">
            {([['A', scene], ['B', compared]] as const).map(([letter, look]) => (
              <figure key={letter} className="min-w-0" style={{ width: { '9:16': 300, '1:1': 420, '16:9': 450 }[ratio] }}>
                <div className="overflow-hidden rounded-lg border border-line" style={{ aspectRatio: ratio.replace(':', '/') }}>{view(look)}</div>
                <figcaption className="mt-1.5 flex justify-between"><b>{letter}</b><span className="text-muted">{storyboard.sets[look.backdrop.set]}{letter === 'A' && ` · ${storyboard.takeInUse}`}</span></figcaption>
              </figure>
            ))}
          </div>
        )}
      </Dialog>
    </>
  );
}

function TakePicture({ look, manifest, palette }: { readonly look: Look; readonly manifest: BackdropManifest | undefined; readonly palette: readonly string[] }) {
  const { media } = look.backdrop;
  if (media) return <img src={thumbnailUrl(media.hash, 320)} alt="" className="size-full object-cover" />;
  if (manifest) return <BackdropPicture manifest={manifest} />;
  return <span className="flex size-full items-center bg-sunken p-1"><SetIcon kind={look.backdrop.set} palette={palette} /></span>;
}

function numberOf({ id }: Take): string {
  return id.replace(/^take_/, '');
}
