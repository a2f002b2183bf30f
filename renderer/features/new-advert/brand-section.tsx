import { useQuery, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState } from 'react';
import type { BrandKit } from '#core/project/schema.ts';
import { engine } from '../../api/connection.ts';
import { useStrings } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { messageOf } from '../../strings/say.ts';
import { toast } from '../../ui/toast.ts';
import { LogoField } from '../brands/logo-field.tsx';
import { changeDraft, draftNow, useDraft } from './draft-store.ts';
import { EMPTY_KIT, withLogoColors } from './brand-kit.ts';

const NONE = 'none';
const COLORS = ['primary', 'secondary', 'accent', 'background', 'text'] as const;

/** Whose look the advert has: a kept kit, or what is put together here. */
export function BrandSection() {
  const { newAdvert } = useStrings();
  const brand = useDraft((state) => state.draft.brand);
  const brandId = useDraft((state) => state.draft.brandId);
  const { data: kits = [] } = useQuery({ queryKey: ['brands'], queryFn: () => engine.brands.list() });
  const choose = (id: string): void => changeDraft({ brandId: id === NONE ? '' : id, brand: kits.find((kit) => kit.id === id)?.kit ?? EMPTY_KIT });
  return (
    <div className="flex flex-col gap-3">
      <div className="grid grid-cols-2 gap-3">
        <Select label={newAdvert.brandKit} value={kits.some(({ id }) => id === brandId) ? brandId : NONE} options={[{ value: NONE, label: newAdvert.noKit }, ...kits.map(({ id, kit }) => ({ value: id, label: kit.name || newAdvert.unnamedKit }))]} onChange={choose} />
        <LogoField logo={brand.logo} brandName={brand.name} onChange={setLogo} />
      </div>
      <Colors brand={brand} />
      <Fonts brand={brand} />
      <Keep brand={brand} />
    </div>
  );
}

function change(kit: Partial<BrandKit>): void {
  changeDraft({ brand: { ...draftNow().draft.brand, ...kit } });
}

function setLogo(logo: BrandKit['logo'], colors: readonly string[]): void {
  const { logo: _before, ...rest } = draftNow().draft.brand;
  changeDraft({ brand: logo ? withLogoColors({ ...rest, logo }, colors) : rest });
}

function Colors({ brand }: { readonly brand: BrandKit }) {
  const { newAdvert } = useStrings();
  return (
    <div role="group" aria-label={newAdvert.colors} className="grid grid-cols-5 gap-2">
      {COLORS.map((name) => {
        const color = brand.colors[name];
        return (
          <div key={name} className="relative min-w-0">
            <label className="flex h-8 items-center gap-1.5 rounded-md border border-line bg-field px-1.5 hover:border-line-strong focus-within:outline-2 focus-within:outline-focus">
              <span aria-hidden className="size-4 shrink-0 rounded border border-line-strong" style={{ background: color ?? 'linear-gradient(135deg, transparent 46%, var(--line-strong) 46% 54%, transparent 54%)' }} />
              <span className="truncate text-xs text-muted">{newAdvert.colorNames[name]}</span>
              <input type="color" value={color ?? '#808080'} onChange={({ target }) => change({ colors: { ...brand.colors, [name]: target.value } })} className="absolute inset-0 size-full opacity-0" />
            </label>
            {color && <button type="button" aria-label={newAdvert.clearColor(newAdvert.colorNames[name])} onClick={() => { const { [name]: _gone, ...rest } = brand.colors; change({ colors: rest }); }} className="absolute -top-1.5 -right-1.5 flex size-4 items-center justify-center rounded-full border border-line-strong bg-raised text-muted hover:text-text"><X aria-hidden className="size-2.5" /></button>}
          </div>
        );
      })}
    </div>
  );
}

function Fonts({ brand }: { readonly brand: BrandKit }) {
  const { newAdvert } = useStrings();
  const { data: fonts = [] } = useQuery({ queryKey: ['fonts'], queryFn: () => engine.brands.fonts(), staleTime: Infinity });
  const options = [{ value: NONE, label: newAdvert.fontAuto }, ...fonts.map(({ family }) => ({ value: family, label: family }))];
  const set = (role: 'heading' | 'body', family: string): void => {
    const { [role]: _before, ...rest } = brand.fonts;
    change({ fonts: family === NONE ? rest : { ...rest, [role]: family } });
  };
  return (
    <div className="grid grid-cols-2 gap-3">
      <Select label={newAdvert.headingFont} value={brand.fonts.heading ?? NONE} options={options} onChange={(family) => set('heading', family)} />
      <Select label={newAdvert.bodyFont} value={brand.fonts.body ?? NONE} options={options} onChange={(family) => set('body', family)} />
    </div>
  );
}

/** Keeping what stands here as a kit for later adverts. */
function Keep({ brand }: { readonly brand: BrandKit }) {
  const { newAdvert, common } = useStrings();
  const queries = useQueryClient();
  const brandId = useDraft((state) => state.draft.brandId);
  const [isBusy, setBusy] = useState(false);
  const isEmpty = !brand.logo && Object.keys(brand.colors).length === 0 && Object.keys(brand.fonts).length === 0;
  const keep = async (): Promise<void> => {
    setBusy(true);
    try {
      const { id } = await engine.brands.save({ kit: { ...brand, name: brand.name.trim() }, ...(brandId ? { id: brandId } : {}) });
      await queries.invalidateQueries({ queryKey: ['brands'] });
      changeDraft({ brandId: id });
      toast.success(newAdvert.kitKept(brand.name.trim()));
    } catch (error) {
      toast.error(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  if (isEmpty) return null;
  return (
    <div className="flex items-end gap-2">
      <TextField className="flex-1" label={newAdvert.kitName} value={brand.name} maxLength={120} placeholder={newAdvert.kitNameExample} onChange={({ target }) => change({ name: target.value })} />
      <Button isBusy={isBusy} disabled={brand.name.trim() === ''} onClick={() => void keep()}>{brandId ? common.save : newAdvert.keepKit}</Button>
    </div>
  );
}
