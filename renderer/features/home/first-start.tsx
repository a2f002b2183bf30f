import { FileText, Film, ImageDown, Plus } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { sampleUrl } from '../../api/media-url.ts';
import { to } from '../../app/routes.ts';
import { useStrings } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';

const ICONS = [ImageDown, FileText, Film] as const;

/** Home before there is any project: how it goes, and two ways to begin. `isAlone`: nothing stands above it. */
export function FirstStart({ isAlone }: { readonly isAlone: boolean }) {
  const { home } = useStrings();
  const [, go] = useLocation();
  const Title = isAlone ? 'h1' : 'h2';
  const [hasPicture, setHasPicture] = useState(true);
  return (
    <section className="flex flex-1 items-center justify-center overflow-auto p-8">
      <div className="grid w-full max-w-4xl items-center gap-12 md:grid-cols-[1fr_1.2fr]">
        {hasPicture && <img src={sampleUrl('soda-can.jpg')} alt={home.sampleAlt} onError={() => setHasPicture(false)} className="mx-auto aspect-square w-full max-w-sm rounded-2xl border border-line object-cover" />}
        <div className="flex flex-col gap-5">
          <Title className="text-2xl leading-tight font-semibold text-balance">{home.firstTitle}</Title>
          <p className="text-sm text-muted">{home.firstText}</p>
          <ol className="flex flex-col gap-2.5">
            {home.steps.map((step, index) => {
              const Icon = ICONS[index] ?? Film;
              return <li key={step} className="flex items-center gap-3"><span className="flex size-8 items-center justify-center rounded-lg border border-line bg-surface text-accent"><Icon aria-hidden className="size-4" /></span>{step}</li>;
            })}
          </ol>
          <div className="flex flex-wrap gap-2 pt-1">
            <Button kind="primary" size="large" icon={<Plus aria-hidden className="size-4" />} onClick={() => go(to.newAdvert())}>{home.newAdvert}</Button>
            <Button size="large" onClick={() => go(`${to.newAdvert()}?sample=1`)}>{home.trySample}</Button>
          </div>
        </div>
      </div>
    </section>
  );
}
