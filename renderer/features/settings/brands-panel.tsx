import { useQuery } from '@tanstack/react-query';
import { Palette, Plus } from 'lucide-react';
import { useState } from 'react';
import type { z } from 'zod';
import type { brandSchema } from '#core/contract/brands.ts';
import { engine } from '../../api/connection.ts';
import { thumbnailUrl } from '../../api/media-url.ts';
import { useLanguage, useStrings } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { BrandDialog } from './brand-dialog.tsx';
import { COLOR_NAMES } from './brand-draft.ts';
import { Card, Section } from './section.tsx';

type Brand = z.infer<typeof brandSchema>;

/** Kept brand kits. */
export function BrandsPanel() {
  const { brands: words, settings } = useStrings();
  const { data, error, refetch } = useQuery({ queryKey: ['brands'], queryFn: () => engine.brands.list() });
  const [open, setOpen] = useState<Brand | 'new'>();
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingState />;
  const add = <Button kind={data.length === 0 ? 'primary' : 'secondary'} icon={<Plus aria-hidden className="size-3.5" />} onClick={() => setOpen('new')}>{words.add}</Button>;
  return (
    <Section title={words.title} text={settings.brandsHint} actions={data.length > 0 ? add : undefined}>
      {data.length === 0
        ? <Card className="h-64"><EmptyState icon={<Palette aria-hidden className="size-7" />} title={words.none} text={words.noneText} action={add} /></Card>
        : <ul className="grid grid-cols-[repeat(auto-fill,minmax(240px,1fr))] gap-3">{data.map((brand) => <li key={brand.id}><BrandCard brand={brand} onOpen={() => setOpen(brand)} /></li>)}</ul>}
      {open && <BrandDialog key={open === 'new' ? 'new' : open.id} brand={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} />}
    </Section>
  );
}

function BrandCard({ brand: { kit, updatedMs }, onOpen }: { readonly brand: Brand; onOpen(): void }) {
  const { brands: words } = useStrings();
  const language = useLanguage();
  const colors = COLOR_NAMES.flatMap((name) => kit.colors[name] ?? []);
  const fonts = [...new Set([kit.fonts.heading, kit.fonts.body].filter((font) => font !== undefined && font !== ''))];
  return (
    <button type="button" onClick={onOpen} className="flex w-full flex-col overflow-hidden rounded-lg border border-line bg-surface text-left hover:border-line-strong">
      <span aria-hidden className="flex h-20 w-full items-center justify-center" style={{ background: kit.colors.background ?? 'var(--surface-sunken)' }}>
        {kit.logo ? <img src={thumbnailUrl(kit.logo.hash, 320)} alt="" className="max-h-14 max-w-[70%] object-contain" /> : <span className="text-2xl font-semibold" style={{ color: kit.colors.primary ?? 'var(--text-muted)' }}>{kit.name.slice(0, 1).toLocaleUpperCase(language)}</span>}
      </span>
      <span aria-hidden className="flex h-2 w-full">{colors.map((color, index) => <span key={`${color}-${index}`} className="flex-1" style={{ background: color }} />)}</span>
      <span className="flex w-full flex-col gap-0.5 px-3 py-2">
        <span className="truncate font-medium">{kit.name || words.unnamed}</span>
        <span className="truncate text-xs text-muted">{fonts.length > 0 ? fonts.join(', ') : words.changed(new Date(updatedMs).toLocaleDateString(language))}</span>
      </span>
    </button>
  );
}
