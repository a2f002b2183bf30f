import type { StorageUse } from '#core/contract/settings.ts';
import { useLanguage, useStrings } from '../../strings/index.ts';
import { formatBytes } from './format-bytes.ts';

const COLORS = { artifacts: 'bg-track-product', models: 'bg-track-scene', engine: 'bg-track-voice', database: 'bg-track-music', temp: 'bg-track-caption' } as const;
type Kind = keyof typeof COLORS;

/** What lies on the disk, as a bar with its legend. */
export function UseBar({ use }: { readonly use: StorageUse }) {
  const { settings: words } = useStrings();
  const language = useLanguage();
  const bytes: Readonly<Record<Kind, number>> = { artifacts: use.artifactsBytes, models: use.modelsBytes, engine: use.engineBytes, database: use.databaseBytes, temp: use.tempBytes };
  const kinds = Object.keys(COLORS) as Kind[];
  const total = kinds.reduce((sum, kind) => sum + bytes[kind], 0);
  const size = (value: number): string => formatBytes(value, language);
  return (
    <div className="flex flex-col gap-3">
      <p className="text-lg font-semibold tabular-nums">{use.freeBytes === null ? words.used(size(total)) : words.usedOf(size(total), size(use.freeBytes))}</p>
      <div aria-hidden className="flex h-2.5 gap-px overflow-hidden rounded-full bg-line">
        {kinds.filter((kind) => bytes[kind] > 0).map((kind) => <div key={kind} className={COLORS[kind]} style={{ width: `${(bytes[kind] / Math.max(1, total)) * 100}%`, minWidth: 3 }} />)}
      </div>
      <dl className="grid grid-cols-[repeat(auto-fit,minmax(220px,1fr))] gap-x-8 gap-y-1.5">
        {kinds.map((kind) => (
          <div key={kind} className="flex items-center gap-2">
            <span aria-hidden className={`size-2.5 rounded-sm ${COLORS[kind]}`} />
            <dt className="flex-1 text-muted">{words.kind[kind]}</dt>
            <dd className="tabular-nums">{size(bytes[kind])}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
