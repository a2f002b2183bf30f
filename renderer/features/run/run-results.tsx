import { Download, ShieldAlert, ShieldCheck } from 'lucide-react';
import type { RunRendition } from '#core/contract/runs.ts';
import { canvasSize } from '#core/project/ratio.ts';
import { mediaUrl, thumbnailUrl } from '../../api/media-url.ts';
import { useLanguage, useStrings } from '../../strings/index.ts';
import { worstFidelity } from './worst-fidelity.ts';

interface RunResultsProps {
  readonly renditions: readonly RunRendition[];
}

/** The finished files: films side by side, stills under them, and how true the product is. */
export function RunResults({ renditions }: RunResultsProps) {
  const { run } = useStrings();
  const films = renditions.filter((rendition) => rendition.kind === 'video');
  const stills = renditions.filter((rendition) => rendition.kind === 'still');
  return (
    <>
      {films.length > 0 && <Strip label={run.films} renditions={films} stills={stills} />}
      <Fidelity films={films} />
      {stills.length > 0 && <Strip label={run.stills} renditions={stills} stills={stills} />}
    </>
  );
}

/** Files of different ratios at one height. */
function Strip({ label, renditions, stills }: { readonly label: string; readonly renditions: readonly RunRendition[]; readonly stills: readonly RunRendition[] }) {
  const total = renditions.reduce((sum, { ratio }) => sum + shapeOf(ratio), 0);
  const height = renditions[0]?.kind === 'video' ? 460 : 240;
  return (
    <section aria-label={label}>
      <h2 className="mb-2 text-xs font-semibold text-muted">{label}</h2>
      <ul className="flex gap-4" style={{ maxWidth: total * height + (renditions.length - 1) * 16 }}>
        {renditions.map((rendition) => (
          <li key={rendition.id} className="flex min-w-0 flex-col gap-1.5" style={{ flex: `${shapeOf(rendition.ratio)} 1 0` }}>
            <div className="overflow-hidden rounded-lg border border-line bg-black" style={{ aspectRatio: rendition.ratio.replace(':', '/') }}>
              {rendition.kind === 'video' ? <Film rendition={rendition} still={stills.find(({ ratio }) => ratio === rendition.ratio)} /> : <img src={thumbnailUrl(rendition.asset.hash, 640)} alt={rendition.file} className="size-full object-cover" />}
            </div>
            <Caption rendition={rendition} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Film({ rendition, still }: { readonly rendition: RunRendition; readonly still: RunRendition | undefined }) {
  const { run } = useStrings();
  return <video src={mediaUrl(rendition.asset.hash, rendition.file)} poster={still ? thumbnailUrl(still.asset.hash, 640) : undefined} controls preload="metadata" playsInline aria-label={run.film(rendition.ratio)} className="size-full" />;
}

function Caption({ rendition: { asset, file, ratio, probe } }: { readonly rendition: RunRendition }) {
  const { run, common } = useStrings();
  const language = useLanguage();
  const size = probe ? `${(probe.sizeBytes / 1e6).toLocaleString(language, { maximumFractionDigits: 1 })} MB` : null;
  return (
    <p className="flex min-w-0 items-center gap-2 text-xs">
      <span className="font-medium">{ratio}</span>
      <span className="min-w-0 flex-1 truncate text-muted tabular-nums">{[probe ? common.seconds(probe.durationSeconds) : null, size].filter(Boolean).join(' · ')}</span>
      <a href={mediaUrl(asset.hash, file)} download={file} aria-label={run.download(file)} title={run.download(file)} className="flex size-6 shrink-0 items-center justify-center rounded-md text-muted hover:bg-raised hover:text-text"><Download aria-hidden className="size-3.5" /></a>
    </p>
  );
}

function Fidelity({ films }: { readonly films: readonly RunRendition[] }) {
  const { run } = useStrings();
  const worst = worstFidelity(films);
  if (!worst) return null;
  const isTrue = worst.verdict === 'faithful';
  return (
    <section aria-label={run.fidelity} className="flex max-w-3xl items-start gap-3 rounded-lg border border-line bg-surface px-4 py-3">
      {isTrue ? <ShieldCheck aria-hidden className="mt-0.5 size-5 shrink-0 text-success" /> : <ShieldAlert aria-hidden className="mt-0.5 size-5 shrink-0 text-warning" />}
      <div className="min-w-0">
        <h2 className="font-medium">{run.fidelityVerdict[worst.verdict]}</h2>
        {worst.verdict !== 'unmeasured' && <p className="text-muted tabular-nums">{run.fidelityFigures(worst.deltaE2000, worst.ssim)}</p>}
        {worst.reasons.map((reason) => <p key={reason} className="text-warning">{reason}</p>)}
      </div>
    </section>
  );
}

function shapeOf(ratio: RunRendition['ratio']): number {
  const { width, height } = canvasSize(ratio);
  return width / height;
}
